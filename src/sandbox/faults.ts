import { createHash } from 'node:crypto';
import { AlipassError, quote, usageError } from '../errors';
import { nearWords } from '../nearness';
import { parseWord } from '../parse';
import type { CallFacts, Effects, FaultPlan } from './effects';
import { type Act, type Condition, CONDITIONS, FAULTS, faultSyntax, suggest } from './fault-table';

/** A fault as it was asked for, and what it does. */
export interface Fault extends Act {
  /** As it was written: `NAME[=VALUE][@CONDITION[,CONDITION…]]`. */
  readonly text: string;
  /** All of them must hold; without any, the fault strikes every call. */
  readonly conditions: readonly Condition[];
}

/** Reads `NAME[=VALUE][@CONDITION[,CONDITION…]]`; `where` says in errors where it stands. @throws usage */
export function parseFault(text: string, where: string): Fault {
  const place = `${where} ${quote(text)}:`;
  const [, name = '', value, conditions] = /^([^=@]*)(?:=([^@]*))?(?:@(.*))?$/s.exec(text)!;
  const fact = Object.hasOwn(FAULTS, name) ? FAULTS[name]! : undefined;
  if (!fact) throw unknownFault(text === name ? where : `${place} fault`, name);
  if (value !== undefined && fact.value === undefined) throw wrongFault(`${place} ${name} takes no value`);
  if (value === undefined && fact.value !== undefined && fact.default === undefined)
    throw usageError(`${place} the value of ${name}`, undefined, faultSyntax(name));
  return {
    text,
    ...fact.parse(`${place} ${name}`, value ?? fact.default ?? ''),
    conditions: conditions === undefined ? [] : parseConditions(place, conditions),
  };
}

function unknownFault(place: string, name: string): AlipassError {
  const names = Object.keys(FAULTS);
  return usageError(place, name, `one of ${names.join(', ')}${suggest(nearWords(name, names))}`);
}

function parseConditions(place: string, text: string): Condition[] {
  const parts = text.split(',').map(part => /^([^=]*)(?:=(.*))?$/s.exec(part)!);
  const names = parts.map(([, name = '']) => parseWord(`${place} condition`, name, Object.keys(CONDITIONS)));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw wrongFault(`${place} ${twice} stands twice, and all conditions must hold`);
  return parts.map(([, , value], i) => {
    const name = names[i]!;
    const fact = CONDITIONS[name]!;
    if (value === undefined)
      throw usageError(`${place} the value of ${name}`, undefined, `${name}=${fact.value}`);
    return fact.parse(`${place} ${name}`, value);
  });
}

function wrongFault(message: string): AlipassError {
  return new AlipassError('usage', 'usage.invalid', message);
}

/** Reads a scenario: one fault a line, `#` starts a comment. @throws usage naming every line that is wrong */
export function parseScenario(text: string, path: string): Fault[] {
  const faults: Fault[] = [];
  const wrong: AlipassError[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const written = line.replace(/(^|\s)#.*/, '').trim();
    if (written === '') continue;
    try {
      faults.push(parseFault(written, `${path}:${i + 1}`));
    } catch (error) {
      if (!(error instanceof AlipassError)) throw error;
      wrong.push(error);
    }
  }
  if (wrong.length === 0) return faults;
  if (wrong.length === 1) throw wrong[0]!;
  throw new AlipassError('usage', 'usage.invalid', `${path}: ${wrong.length} faults can’t be read`, {
    details: wrong.map(({ message }) => message),
  });
}

export interface FaultWorld {
  /** Decides which calls conditions of probability mean. */
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Puts faults into force. Effects merge in the order of the faults: the first that sets one wins. */
export function createFaultPlan(faults: readonly Fault[], { seed, now }: FaultWorld): FaultPlan {
  const armed = faults.map(({ effects, conditions, sparedPerSecond }, index) => {
    const isSpared = sparedPerSecond === undefined ? () => false : createAllowance(sparedPerSecond, now);
    const strikes = (call: CallFacts): boolean =>
      conditions.every(holds => holds(call, () => chanceOf(seed, index, call.number))) && !isSpared();
    return { effects, strikes };
  });
  return call =>
    armed
      .filter(({ strikes }) => strikes(call))
      .reduceRight<Effects>((merged, { effects }) => ({ ...merged, ...effects }), {});
}

/** A number of its own for each seed, fault and call: the order in which calls come plays no part. */
function chanceOf(seed: number, index: number, call: number): number {
  return createHash('sha256').update(`${seed}/${index}/${call}`).digest().readUInt32BE() / 2 ** 32;
}

/**
 * Lets through `most` calls in any second. Only those that were let through count, so whoever backs off gets on.
 * A clock that was set back begins anew.
 */
function createAllowance(most: number, now: () => number): () => boolean {
  const times: number[] = [];
  let count = 0;
  return () => {
    const nowMs = now();
    const sinceMs = nowMs - (times[count % most] ?? -Infinity);
    if (sinceMs >= 0 && sinceMs < 1000) return false;
    times[count++ % most] = nowMs;
    return true;
  };
}
