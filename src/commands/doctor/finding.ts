import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import type { Finding } from '../../render/findings';
import type { Conversation } from '../../terminal/conversation';
import type { ConnectionOptions } from '../flags';

export type { Finding };

/** What is examined. */
export interface Patient {
  readonly context: Context;
  readonly connection: ConnectionOptions;
  readonly conversation: Conversation;
}

/** Examines one thing; `before` is what was found so far. Throws nothing that is the patient's fault. */
export type Check = (patient: Patient, before: readonly Finding[]) => Promise<readonly Finding[]>;

export function pass(check: string, says: string): Finding {
  return { check, status: 'pass', says };
}

export function warn(check: string, says: string, remedy: string): Finding {
  return { check, status: 'warn', says, remedy };
}

export function fail(check: string, says: string, remedy: string): Finding {
  return { check, status: 'fail', says, remedy };
}

export function skip(check: string, says: string): Finding {
  return { check, status: 'skip', says };
}

/** The user has had enough: no finding. */
const STOPPED: ReadonlySet<string> = new Set(['interrupted', 'terminated']);

/** Runs an examination; what it throws on purpose becomes a failed finding with the error's own remedy. */
export async function examine(
  check: string,
  run: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AlipassError) || STOPPED.has(error.kind)) throw error;
    return [fail(check, error.message, error.hint ?? '')];
  }
}

/** Whether a check found nothing that the later ones could not live with. */
export function passed(before: readonly Finding[], check: string): boolean {
  return (
    before.some(it => it.check === check) && !before.some(it => it.check === check && it.status === 'fail')
  );
}
