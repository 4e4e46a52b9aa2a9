import type { Context } from '../../context';
import { AlipassError, usageError } from '../../errors';
import { EXIT } from '../../exit';
import { parseSpan, parseWord } from '../../parse';
import { GROUPS, isUserId, PASS_STATUS, type PassStatus } from '../../protocol/api';
import type { Argument, CommandDeclaration, Flag, Input, Verb } from '../command';
import { REPORT_FLAGS, reportFormatOf, TALK_FLAGS, talkOf } from '../flags';
import { readInput } from '../input';
import { writeReport } from '../report';
import { AT_FLAG, askSandbox, type ControlRequest, controlUrlOf } from './control-client';
import { FAULT_OFFER } from './fault-flags';

type Flags = Input['flags'];

/** A verb that asks a running sandbox for something. */
interface Steering extends Verb {
  readonly args?: NonNullable<CommandDeclaration['args']>;
  readonly flags?: readonly Flag[];
  readonly example: { readonly line: string; readonly does: string };
  readonly ask: (input: Input, context: Context) => ControlRequest | Promise<ControlRequest>;
}

const USER_FLAG: Flag = { syntax: '--user <id>', help: 'who holds it (required)', heading: 'Options' };
const GROUP_FLAG: Flag = {
  syntax: '--group <word>',
  help: 'card, voucher, ticket or cert (required)',
  heading: 'Options',
  choices: GROUPS,
};
const WHICH_GROUP_FLAG: Flag = {
  syntax: '--group <word>',
  help: 'card, voucher, ticket or cert: needed when the user holds the id in several',
  heading: 'Options',
  choices: GROUPS,
};
const NONE_FLAG: Flag = { syntax: '--none', help: 'end all faults', heading: 'Options' };
const STATUS_ARGUMENT: Argument = {
  syntax: '<status>',
  help: 'can_use, used, expired or closed',
  choices: Object.keys(PASS_STATUS),
};
const PASS_ARGUMENT: Argument = { syntax: '<pass-id>', help: 'a pass of the user' };

const change = (body: unknown): ControlRequest => ({ method: 'POST', path: '/changes', body });

const STEERINGS: readonly Steering[] = [
  {
    name: 'state',
    summary: 'show how a running sandbox stands: its time, changes and faults',
    example: { line: 'alipass sandbox state -o json', does: 'for a script' },
    ask: () => ({ method: 'GET', path: '' }),
  },
  {
    name: 'set',
    summary: 'change the status of a pass: can_use, used, expired or closed',
    args: [PASS_ARGUMENT, STATUS_ARGUMENT],
    flags: [USER_FLAG, WHICH_GROUP_FLAG],
    example: { line: 'alipass sandbox set 7000790003 used --user 2088888888888888', does: 'use the voucher' },
    ask: ({ args, flags }) =>
      change({
        do: 'status',
        ...passOf(args, flags),
        status: parseWord('status', args[1], Object.keys(PASS_STATUS) as PassStatus[]),
      }),
  },
  {
    name: 'put',
    summary: 'add a pass, or put it in the place of the one with its id',
    args: [{ syntax: '<file>', help: 'the pass as JSON; - reads stdin', completes: 'file' }],
    flags: [USER_FLAG, GROUP_FLAG],
    example: {
      line: 'alipass sandbox put pass.json --user 2088888888888888 --group card',
      does: '{"pass_id":"1","logo_text":"…"} is enough of a pass',
    },
    ask: async ({ args, flags }, context) =>
      change({
        do: 'put',
        user: userOf(flags),
        group: parseWord('--group', requireFlag(flags, 'group'), GROUPS),
        pass: await readPass(context, args[0]!),
      }),
  },
  {
    name: 'remove',
    summary: 'take a pass away',
    args: [PASS_ARGUMENT],
    flags: [USER_FLAG, WHICH_GROUP_FLAG],
    example: { line: 'alipass sandbox remove 7000790003 --user 2088888888888888', does: 'as if never given' },
    ask: ({ args, flags }) => change({ do: 'remove', ...passOf(args, flags) }),
  },
  {
    name: 'advance',
    summary: 'move the time that passes live by, so that they expire',
    args: [{ syntax: '<time>', help: 'such as 90m, 36h or 7d' }],
    example: { line: 'alipass sandbox advance 30d', does: 'half of the vouchers expire' },
    ask: ({ args }) => {
      parseSpan('time', args[0]!);
      return change({ do: 'advance', by: args[0] });
    },
  },
  {
    name: 'inject',
    summary: 'put faults in the place of those in force; calls are counted anew',
    args: [{ syntax: '[faults...]', help: 'as alipass sandbox faults lists them', ...FAULT_OFFER }],
    flags: [NONE_FLAG],
    example: { line: 'alipass sandbox inject http=503@call=1 latency=2s@page=2', does: 'two faults' },
    ask: ({ args, flags }) => ({ method: 'PUT', path: '/faults', body: faultsOf(args, flags) }),
  },
  {
    name: 'reset',
    summary: 'start anew: the passes and faults of the start, and the time it is',
    example: { line: 'alipass sandbox reset', does: 'between two tests' },
    ask: () => change({ do: 'reset' }),
  },
];

/** The verbs that steer a sandbox which `sandbox serve` runs. Each prints how it stands then. */
export const STEERING_COMMANDS: readonly (Verb & CommandDeclaration)[] = STEERINGS.map(
  ({ name, summary, args = [], flags = [], example, ask }) => ({
    name,
    summary,
    args,
    flags: [...flags, AT_FLAG, ...REPORT_FLAGS, ...TALK_FLAGS],
    examples: [example],
    run: async (context, input) => {
      const format = reportFormatOf(input.flags);
      const talk = talkOf(input.flags);
      const url = controlUrlOf(context, input.flags);
      const request = await ask(input, context);
      const status = await askSandbox(url, request, context.signal);
      // A change was made or is an error; whoever wants the status as well says in which form.
      if (talk.quiet && request.method !== 'GET' && format === 'table') return EXIT.done;
      await writeReport(context, talk, format, {
        json: status,
        head: ['What', 'How it stands'],
        rows: [
          ['time', status.now],
          ['advanced', formatSpan(status.advanced_ms)],
          ['put or changed', String(status.put)],
          ['gone', String(status.gone)],
          ...faultRows(status.faults),
        ],
        labelled: true,
        empty: '',
      });
      return EXIT.done;
    },
  }),
);

/** A row for each, so that no terminal is too narrow for one. */
function faultRows(faults: readonly string[]): string[][] {
  if (faults.length === 0) return [['faults', 'none']];
  return faults.map((fault, i) => [i === 0 ? 'faults' : '', fault]);
}

const HOUR_MS = 3_600_000;

function formatSpan(ms: number): string {
  return `${Math.floor(ms / 24 / HOUR_MS)} days ${Math.round(((ms / HOUR_MS) % 24) * 100) / 100} hours`;
}

/** JSON has no group where none is given. */
function passOf(args: readonly string[], flags: Flags): object {
  return { user: userOf(flags), pass_id: args[0], group: flags['group'] };
}

function userOf(flags: Flags): string {
  const user = requireFlag(flags, 'user');
  if (isUserId(user)) return user;
  throw usageError('--user', user, '16 digits that begin with 2088');
}

function requireFlag(flags: Flags, name: string): string {
  const value = flags[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AlipassError('usage', 'usage.missing', `--${name} is required`);
}

function faultsOf(args: readonly string[], flags: Flags): readonly string[] {
  const none = flags['none'] === true;
  if (args.length > 0 !== none) return args;
  if (none)
    throw new AlipassError('usage', 'usage.invalid', 'Name faults, or give --none to end all; not both');
  throw new AlipassError('usage', 'usage.missing', 'Name the faults, or give --none to end them all', {
    hint: '`alipass sandbox faults` lists them.',
  });
}

/** Reads a pass that the sandbox takes. @throws usage naming the file */
async function readPass(context: Context, path: string): Promise<unknown> {
  const pass = parseJson(await readInput(context, path), path);
  if (typeof pass !== 'object' || pass === null || Array.isArray(pass))
    throw noPass(`${path} is no JSON object`);
  const { parsePass } = await import('../../sandbox/pass-rules');
  return parsePass(pass as Readonly<Record<string, unknown>>, path);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noPass(`${path} is no JSON`, cause);
  }
}

function noPass(message: string, cause?: unknown): AlipassError {
  const hint = 'A pass is an object such as {"pass_id":"1","logo_text":"满99减20","status":"can_use"}.';
  return new AlipassError('usage', 'usage.invalid', message, { hint, cause });
}
