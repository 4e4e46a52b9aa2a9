import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import type { CommandDeclaration, Flag, Input, Verb } from '../command';
import { REPORT_FLAGS, reportFormatOf, TALK_FLAGS, talkOf } from '../flags';
import { readInput } from '../input';
import { writeReport } from '../report';
import { AT_FLAG, askSandbox, type ControlRequest, controlUrlOf } from './control-client';

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
};
const NONE_FLAG: Flag = { syntax: '--none', help: 'end all faults', heading: 'Options' };
const PASS_ARGUMENT = { syntax: '<pass-id>', help: 'a pass of the user' };

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
    args: [PASS_ARGUMENT, { syntax: '<status>', help: 'can_use, used, expired or closed' }],
    flags: [USER_FLAG],
    example: { line: 'alipass sandbox set 7000790003 used --user 2088888888888888', does: 'use the voucher' },
    ask: ({ args, flags }) =>
      change({ do: 'status', user: userOf(flags), pass_id: args[0], status: args[1] }),
  },
  {
    name: 'put',
    summary: 'add a pass, or put it in the place of the one with its id',
    args: [{ syntax: '<file>', help: 'the pass as JSON; - reads stdin' }],
    flags: [USER_FLAG, GROUP_FLAG],
    example: {
      line: 'alipass sandbox put pass.json --user 2088888888888888 --group card',
      does: '{"pass_id":"1","logo_text":"…"} is enough of a pass',
    },
    ask: async ({ args, flags }, context) =>
      change({
        do: 'put',
        user: userOf(flags),
        group: requireFlag(flags, 'group'),
        pass: parsePassText(await readInput(context, args[0]!), args[0]!),
      }),
  },
  {
    name: 'remove',
    summary: 'take a pass away',
    args: [PASS_ARGUMENT],
    flags: [USER_FLAG],
    example: { line: 'alipass sandbox remove 7000790003 --user 2088888888888888', does: 'as if never given' },
    ask: ({ args, flags }) => change({ do: 'remove', user: userOf(flags), pass_id: args[0] }),
  },
  {
    name: 'advance',
    summary: 'move the time that passes live by, so that they expire',
    args: [{ syntax: '<time>', help: 'such as 90m, 36h or 7d' }],
    example: { line: 'alipass sandbox advance 30d', does: 'half of the vouchers expire' },
    ask: ({ args }) => change({ do: 'advance', by: args[0] }),
  },
  {
    name: 'inject',
    summary: 'put faults in the place of those in force; calls are counted anew',
    args: [{ syntax: '[faults...]', help: 'as alipass sandbox faults lists them' }],
    flags: [NONE_FLAG],
    example: { line: 'alipass sandbox inject http=503@call=1 latency=2s@page=2', does: 'two faults' },
    ask: ({ args, flags }) => ({ method: 'PUT', path: '/faults', body: faultsOf(args, flags) }),
  },
  {
    name: 'reset',
    summary: 'back to how the sandbox started: passes, time and faults',
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
      const status = await askSandbox(url, await ask(input, context), context.signal);
      await writeReport(context, talk, format, {
        json: { schema: 'alipass.sandbox-status/1', ...status },
        head: ['What', 'How it stands'],
        rows: [
          ['time', status.now],
          ['advanced', formatSpan(status.advanced_ms)],
          ['put or changed', String(status.put)],
          ['gone', String(status.gone)],
          ['faults', status.faults.join(' ') || 'none'],
        ],
        empty: '',
      });
      return EXIT.done;
    },
  }),
);

const HOUR_MS = 3_600_000;

function formatSpan(ms: number): string {
  return `${Math.floor(ms / 24 / HOUR_MS)} days ${Math.round(((ms / HOUR_MS) % 24) * 100) / 100} hours`;
}

function userOf(flags: Flags): string {
  return requireFlag(flags, 'user');
}

function requireFlag(flags: Flags, name: string): string {
  const value = flags[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AlipassError('usage', 'usage.missing', `--${name} is required`);
}

function faultsOf(args: readonly string[], flags: Flags): readonly string[] {
  if (args.length > 0 !== (flags['none'] === true)) return args;
  throw new AlipassError('usage', 'usage.missing', 'Name the faults, or --none to end them all', {
    hint: '`alipass sandbox faults` lists them.',
  });
}

function parsePassText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AlipassError('usage', 'usage.invalid', `${path} is no JSON`, {
      hint: 'A pass is an object such as {"pass_id":"1","logo_text":"满99减20","status":"can_use"}.',
      cause,
    });
  }
}
