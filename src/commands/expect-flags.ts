import type { Context } from '../context';
import { usageError } from '../errors';
import { type Expectation, parseExpectation, parseExpectations } from '../passes/expectations';
import type { Flag, Input } from './command';
import { readInput } from './input';

/** A flag, and the expectation that it stands for. */
interface Shorthand {
  readonly flag: string;
  readonly value: string;
  readonly help: string;
  readonly says: (value: string) => string;
}

const SHORTHANDS: readonly Shorthand[] = [
  {
    flag: '--expect',
    value: '<text...>',
    help: "such as 'count>=1', 'count(used)==0', 'pass ID is used'; may be repeated",
    says: text => text,
  },
  {
    flag: '--expect-pass',
    value: '<id...>',
    help: 'this pass is listed; may be repeated',
    says: id => `pass ${id}`,
  },
  {
    flag: '--expect-status',
    value: '<status...>',
    help: 'each listed pass has it; ID=used: that pass has it',
    says: text => {
      const [, id, status] = /^(.+)=(.*)$/.exec(text) ?? [];
      return id === undefined ? `all ${text}` : `pass ${id} is ${status}`;
    },
  },
  {
    flag: '--expect-merchant',
    value: '<text...>',
    help: 'a pass of a merchant whose name holds this is listed',
    says: text => `merchant ${text}`,
  },
  {
    flag: '--max-latency',
    value: '<time>',
    help: 'no page takes longer, such as 800ms; retries count',
    says: time => `latency<=${time}`,
  },
];

/** The flags that say what is expected of a listing. */
export const EXPECT_FLAGS: readonly Flag[] = [
  ...SHORTHANDS.map(({ flag, value, help }): Flag => {
    return { syntax: `${flag} ${value}`, help, heading: 'Expectations' };
  }),
  {
    syntax: '--expectations <file>',
    help: 'a file of them, one a line, # for comments, or a JSON array; - reads stdin',
    heading: 'Expectations',
  },
  {
    syntax: '--strict-schema',
    help: 'the passes are as the API page says, field by field',
    heading: 'Expectations',
  },
];

/** Reads the flags of {@link EXPECT_FLAGS}, then the file. @throws usage, also when there is none */
export async function expectationsOf(
  context: Pick<Context, 'stdin' | 'signal'>,
  flags: Input['flags'],
): Promise<Expectation[]> {
  const path = flags['expectations'] as string | undefined;
  const expectations = [
    ...SHORTHANDS.flatMap(({ flag, says }) =>
      textsOf(flags, flag).map(text => parseExpectation(says(text), flag)),
    ),
    ...(flags['strictSchema'] === true ? [parseExpectation('schema', '--strict-schema')] : []),
    ...(path === undefined ? [] : parseExpectations(await readInput(context, path), path)),
  ];
  if (expectations.length > 0) return expectations;
  if (path !== undefined) throw usageError('--expectations', path, 'a file with an expectation in it');
  throw usageError('--expect', undefined, "what is to hold, such as --expect 'count>=1'");
}

function textsOf(flags: Input['flags'], flag: string): readonly string[] {
  const name = flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const value = flags[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : (value as readonly string[]);
}
