import { once } from 'node:events';
import type { Context } from '../../context';
import { EXIT } from '../../exit';
import { parseCount } from '../../parse';
import { SETTING_NAMES, settingOf } from '../../profile/settings';
import { shellQuote } from '../../render/shell';
import type { Sandbox } from '../../sandbox/open';
import type { CommandDeclaration, Verb } from '../command';
import { converse } from '../converse';
import { type Talk, TALK_FLAGS, talkOf } from '../flags';

/** All that `sandbox serve` needs to know. */
export interface ServeOptions {
  readonly port: number;
  /** Which settings to print; the gateway takes every mode at any time. */
  readonly certificates: boolean;
  readonly encrypt: boolean;
  readonly talk: Talk;
}

const DEFAULT_PORT = 8788;

export const serve: Verb & CommandDeclaration = {
  name: 'serve',
  summary: 'serve the built-in gateway on a port, for clients of any language, until stopped',
  flags: [
    { syntax: '--port <n>', help: `0 takes a free one (default: ${DEFAULT_PORT})`, heading: 'Options' },
    { syntax: '--certificates', help: 'print the settings of certificate mode', heading: 'Options' },
    { syntax: '--encrypt', help: 'print the settings of content encryption as well', heading: 'Options' },
    ...TALK_FLAGS,
  ],
  examples: [
    {
      line: 'alipass sandbox serve --port 8788 > sandbox.env',
      does: 'settings as shell exports, one a line',
    },
    { line: '. ./sandbox.env && alipass list --user 2088888888888888 --group voucher', does: 'call it' },
  ],
  run: (context, { flags }) =>
    runServe(context, {
      port: parseCount('--port', flags['port'] as string | undefined, 0, 65_535) ?? DEFAULT_PORT,
      certificates: flags['certificates'] === true,
      encrypt: flags['encrypt'] === true,
      talk: talkOf(flags),
    }),
};

/** Serves until SIGINT or SIGTERM, which is its normal end. Prints what a client needs as shell exports. */
export async function runServe(context: Context, options: ServeOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const [{ openSandbox }, { serveSandbox }] = await Promise.all([
    import('../../sandbox/open'),
    import('../../sandbox/server'),
  ]);
  const opened = await openSandbox(context);
  const server = await serveSandbox(opened.gateway, options.port);
  try {
    await context.stdout.write(formatExports(server.url, opened, options));
    conversation.remark(`The sandbox gateway listens at ${server.url}; Ctrl-C stops it.`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await server.close();
  }
  return EXIT.done;
}

function formatExports(
  url: string,
  { appId, files }: Sandbox,
  { certificates, encrypt }: ServeOptions,
): string {
  const settings = {
    ALIPASS_GATEWAY: url,
    ALIPASS_APP_ID: appId,
    ALIPASS_PRIVATE_KEY_FILE: files.appPrivateKey,
    ...(certificates
      ? {
          ALIPASS_APP_CERT_FILE: files.appCert,
          ALIPASS_ALIPAY_CERT_FILE: files.alipayCert,
          ALIPASS_ALIPAY_ROOT_CERT_FILE: files.alipayRootCert,
        }
      : { ALIPASS_ALIPAY_PUBLIC_KEY_FILE: files.alipayPublicKey }),
    ...(encrypt ? { ALIPASS_ENCRYPT_KEY_FILE: files.encryptKey } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `export ${name}=${shellQuote(value)}\n`);
  return `unset ${RIVALS.filter(name => !(name in settings)).join(' ')}\n${lines.join('')}`;
}

/** Variables that would contradict these settings, or decide instead of them. */
const RIVALS: readonly string[] = SETTING_NAMES.map(settingOf).flatMap(({ identity, env }) =>
  identity && env ? [env] : [],
);
