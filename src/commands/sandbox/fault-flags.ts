import type { Context } from '../../context';
import type { Fault } from '../../sandbox/faults';
import type { Flag, Input, Offer } from '../command';
import { readInput } from '../input';

/** The names of faults, `=` after each that needs a value. */
export const FAULT_OFFER: Offer = {
  choices: async () => {
    const { FAULTS } = await import('../../sandbox/fault-table');
    return Object.entries(FAULTS).map(([name, { value, default: without }]) =>
      value !== undefined && without === undefined ? `${name}=` : name,
    );
  },
};

/** The flags that say how the sandbox misbehaves. */
export const FAULT_FLAGS: readonly Flag[] = [
  {
    syntax: '--fault <text...>',
    help: 'NAME[=VALUE][@CONDITION,…], may be repeated; alipass sandbox faults lists them',
    heading: 'Options',
    ...FAULT_OFFER,
  },
  {
    syntax: '--faults <file>',
    help: 'a scenario: one fault a line, # for comments; - reads stdin',
    heading: 'Options',
    completes: 'file',
  },
];

/**
 * The faults that the flags ask for; those of `--fault` come first, so that they win over the scenario's.
 * @throws usage
 */
export async function readFaults(
  context: Pick<Context, 'stdin' | 'signal'>,
  flags: Input['flags'],
): Promise<Fault[]> {
  const texts = (flags['fault'] ?? []) as readonly string[];
  const path = flags['faults'] as string | undefined;
  if (texts.length === 0 && path === undefined) return [];
  const { parseFault, parseScenario } = await import('../../sandbox/faults');
  const faults = texts.map(text => parseFault(text, '--fault'));
  return path === undefined ? faults : [...faults, ...parseScenario(await readInput(context, path), path)];
}
