import { usageError } from '../errors';
import type { SandboxPass } from './holding';

/** Reads a pass. @throws usage */
export function parsePass(fields: Readonly<Record<string, unknown>>, where: string): SandboxPass {
  if (typeof fields['pass_id'] === 'string') return { status: 'can_use', ...fields } as SandboxPass;
  throw usageError(`${where}.pass_id`, undefined, 'text');
}
