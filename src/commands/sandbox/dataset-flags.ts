import { basename } from 'node:path';
import { AlipassError } from '../../errors';
import { parseCount } from '../../parse';
import { MAX_SEED } from '../../sandbox/dice';
import type { GeneratorOrder } from '../../sandbox/generator';
import type { DatasetAt } from '../../sandbox/holding';
import type { Flag, Input } from '../command';

type Flags = Input['flags'];

/** How much is generated where nobody says how much. */
interface GeneratorDefaults {
  readonly users: number;
  readonly passes: number;
}

const SERVED: GeneratorDefaults = { users: 1_000, passes: 100 };
/** Small enough for a file, also when one of them is given as {@link SERVED} has it. */
export const PRINTED: GeneratorDefaults = { users: 10, passes: 5 };
const DEFAULT_SEED = 1;

/** How much to generate, but for the seed. */
const amountFlags = (defaults: GeneratorDefaults): readonly Flag[] => [
  {
    syntax: '--users <n>',
    help: `generate so many users, from 2088100000000000 on (default: ${defaults.users})`,
    heading: 'Options',
  },
  {
    syntax: '--passes <n>',
    help: `generate so many passes for each in every group, current and past alike (default: ${defaults.passes})`,
    heading: 'Options',
  },
];

function seedFlag(what: string): Flag {
  return { syntax: '--seed <n>', help: `${what} (default: ${DEFAULT_SEED})`, heading: 'Options' };
}

/** How much to generate into a file. */
export const GENERATOR_FLAGS: readonly Flag[] = [
  ...amountFlags(PRINTED),
  seedFlag('generate the same passes for the same number'),
];

/** What a sandbox serves: a file, generated passes, or the sample when none is given. */
export const DATA_FLAGS: readonly Flag[] = [
  {
    syntax: '--data <file>',
    help: 'serve the passes of a JSON, NDJSON or CSV file',
    heading: 'Options',
    completes: 'file',
  },
  ...amountFlags(SERVED),
  seedFlag('seed of what faults leave to chance, and of generated passes'),
];

/** What the flags say of an order: all but when the sandbox starts. */
export type GeneratorFlags = Omit<GeneratorOrder, 'startMs'>;

/** What is served, and a line that says it. */
export interface ServedData {
  readonly datasetAt: DatasetAt;
  readonly says: string;
}

/**
 * Opens what the flags of {@link DATA_FLAGS} ask for; a seed alone is for what faults leave to chance.
 * @throws usage; config `sandbox.data` for the file's faults
 */
export async function openDataset(flags: Flags): Promise<ServedData> {
  const path = flags['data'] as string | undefined;
  const generates = flags['users'] !== undefined || flags['passes'] !== undefined;
  const order = generates ? await generatorOf(flags, SERVED) : undefined;
  if (path !== undefined && order) throw twoSources();
  if (path !== undefined) return openFile(path);
  return order ? openGenerated(order) : openSample();
}

/** Reads how much to generate; undefined when no flag says so. @throws usage */
export async function generatorOf(
  flags: Flags,
  defaults: GeneratorDefaults,
): Promise<GeneratorFlags | undefined> {
  const { users, passes, seed } = flags as Readonly<Record<string, string | undefined>>;
  if (users === undefined && passes === undefined && seed === undefined) return undefined;
  const { MAX_PASSES, MAX_USERS } = await import('../../sandbox/generator');
  return {
    users: parseCount('--users', users, 1, MAX_USERS) ?? defaults.users,
    passes: parseCount('--passes', passes, 0, MAX_PASSES) ?? defaults.passes,
    seed: parseCount('--seed', seed, 0, MAX_SEED) ?? DEFAULT_SEED,
  };
}

function twoSources(): AlipassError {
  const message = '--data and --users or --passes both say what is served';
  return new AlipassError('usage', 'sandbox.two_sources', message, {
    hint: 'Give the file, or how much to generate.',
  });
}

async function openFile(path: string): Promise<ServedData> {
  const { readDataset } = await import('../../sandbox/data-file');
  const { datasetAt, users, passes } = await readDataset(path);
  return { datasetAt, says: `${count(users, 'user')}, ${count(passes, 'pass')} from ${basename(path)}` };
}

async function openGenerated(order: GeneratorFlags): Promise<ServedData> {
  const { createGeneratedDataset, userIdAt } = await import('../../sandbox/generator');
  const first = userIdAt(0);
  const range = order.users === 1 ? first : `${first} to ${userIdAt(order.users - 1)}`;
  const held = `${count(order.passes, 'pass')} each in every group, current and past alike`;
  return {
    datasetAt: startMs => createGeneratedDataset({ ...order, startMs }),
    says: `${count(order.users, 'user')} ${range}, ${held} (seed ${order.seed})`,
  };
}

async function openSample(): Promise<ServedData> {
  const { AWKWARD_USER, createSampleDataset, PAGE_USER } = await import('../../sandbox/dataset');
  const says = `a few passes for every user: the API page’s for ${PAGE_USER}, awkward ones for ${AWKWARD_USER}`;
  return { datasetAt: createSampleDataset, says };
}

/** `1 pass`, `1,000 passes`. */
function count(number: number, noun: 'user' | 'pass'): string {
  const plural = noun === 'pass' ? 'passes' : 'users';
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${number === 1 ? noun : plural}`;
}
