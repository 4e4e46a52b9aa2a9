import { parseBeijingTime } from '../protocol/time';
import type { Holding, SandboxPass } from './holding';

/** Passes at hand as a holding, in the order that {@link Holding} asks for; equals keep their order. */
export function createListedHolding(passes: readonly SandboxPass[], startMs: number): Holding {
  const usable = passes
    .filter(isUsable)
    .map(pass => ({ pass, rank: rankOf(pass, startMs) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ pass }) => pass);
  const ordered = [...usable, ...passes.filter(pass => !isUsable(pass))];
  const places = new Map(ordered.map((pass, index) => [pass['pass_id'], index]));
  return {
    length: ordered.length,
    usable: usable.length,
    at: index => ordered[index]!,
    indexOf: passId => places.get(passId) ?? -1,
  };
}

function isUsable(pass: SandboxPass): boolean {
  return pass['status'] === 'can_use';
}

/** Above all dates. */
const NEVER = Number.MAX_SAFE_INTEGER - 1;
const OVER = Number.MAX_SAFE_INTEGER;

/** The later it expires the higher; what has ended already, or never ends, does not expire. */
function rankOf(pass: SandboxPass, startMs: number): number {
  const end = pass['end_date'];
  const endMs = typeof end === 'string' ? parseBeijingTime(end) : undefined;
  if (endMs === undefined) return NEVER;
  return endMs < startMs ? OVER : endMs;
}
