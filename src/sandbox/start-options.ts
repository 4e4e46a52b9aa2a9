import { AlipassError, quote, usageError } from '../errors';
import { MAX_SEED } from './dice';
import { MAX_PASSES, MAX_USERS } from './generator';

/** What a sandbox for a test may be told; all of it may be left out. */
export interface StartOptions {
  /** 0, the default, takes a free port of the loopback interface. */
  readonly port?: number;
  /** A JSON, NDJSON or CSV file with the passes to serve (docs/sandbox.md, "Data"). */
  readonly data?: string;
  /** So many users hold so many passes each in every group, current and past alike, made from the seed. */
  readonly generate?: { readonly users: number; readonly passes: number };
  /** Faults as `alipass sandbox faults` lists them: `http=503@call=1`. */
  readonly faults?: readonly string[];
  /** Decides what is left to chance; 1 when left out. */
  readonly seed?: number;
  /** Checks the timestamp's age, and refuses parameters that no document names. */
  readonly strict?: boolean;
  /** Keeps changes in this file, over restarts. */
  readonly stateFile?: string;
  /** Milliseconds since the epoch; the clock when left out. */
  readonly now?: () => number;
}

interface Rule {
  readonly fits: (value: unknown) => boolean;
  readonly allowed: string;
}

const TEXT: Rule = {
  fits: value => typeof value === 'string' && value !== '',
  allowed: 'the path of a file',
};
const RULES: Readonly<Record<keyof StartOptions, Rule>> = {
  port: wholeNumber(0, 65_535),
  data: TEXT,
  generate: {
    fits: value => typeof value === 'object' && value !== null,
    allowed: 'an object: { users, passes }',
  },
  faults: {
    fits: value => Array.isArray(value) && value.every(it => typeof it === 'string'),
    allowed: 'an array of texts such as "http=503@call=1"',
  },
  seed: wholeNumber(0, MAX_SEED),
  strict: { fits: value => typeof value === 'boolean', allowed: 'true or false' },
  stateFile: TEXT,
  now: { fits: value => typeof value === 'function', allowed: 'a function' },
};

const GENERATE_RULES: Readonly<Record<keyof NonNullable<StartOptions['generate']>, Rule>> = {
  users: wholeNumber(1, MAX_USERS),
  passes: wholeNumber(0, MAX_PASSES),
};

function wholeNumber(least: number, most: number): Rule {
  return {
    fits: value => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    allowed: `a whole number from ${least} to ${most}`,
  };
}

/** Checks what a test says, which may be JavaScript. @throws usage `usage.invalid`, `usage.missing`, `sandbox.two_sources` */
export function parseStartOptions(options: StartOptions): StartOptions {
  const given = withoutUndefined(options);
  checkAll(given, RULES, '');
  if (given.generate) {
    checkAll(given.generate, GENERATE_RULES, 'generate.');
    requireAll(given.generate, Object.keys(GENERATE_RULES), 'generate.');
  }
  if (given.data !== undefined && given.generate) {
    throw new AlipassError('usage', 'sandbox.two_sources', 'data and generate both say what is served', {
      hint: 'Give the file, or how much to generate.',
    });
  }
  return given;
}

function withoutUndefined(options: StartOptions): StartOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function checkAll(values: object, rules: Readonly<Record<string, Rule>>, prefix: string): void {
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (!Object.hasOwn(rules, name)) throw unknownOption(prefix + name, Object.keys(rules));
    const { fits, allowed } = rules[name]!;
    if (!fits(value)) throw usageError(prefix + name, textOf(value), allowed);
  }
}

function requireAll(values: object, names: readonly string[], prefix: string): void {
  const missing = names.find(name => !(name in values));
  if (missing) throw usageError(prefix + missing, undefined, GENERATE_RULES[missing as 'users'].allowed);
}

function unknownOption(name: string, known: readonly string[]): AlipassError {
  const message = `There is no option ${quote(name)}; there are ${known.join(', ')}`;
  return new AlipassError('usage', 'usage.invalid', message);
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
