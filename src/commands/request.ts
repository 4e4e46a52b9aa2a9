import type { Context } from '../context';
import { AlipassError } from '../errors';
import { EXIT } from '../exit';
import { requestParams, signRequest } from '../gateway/request';
import { parseWord } from '../parse';
import { pageRequest, type PassQuery } from '../passes/query';
import type { ResolvedSetting, ResolvedSettings } from '../profile/resolve';
import { settingOf } from '../profile/settings';
import {
  REQUEST_FORM_NAMES,
  REQUEST_FORMS,
  type RequestFormName,
  type SecretSource,
  type ShownRequest,
} from '../render/request-form';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration, Flag } from './command';
import { openCaller } from './connect';
import { converse, phrasebookOf } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  ONE_PAGE_FLAGS,
  queryOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
  TIMESTAMP_FLAG,
  timestampOf,
} from './flags';

/** All that `request` needs to know. */
export interface RequestOptions {
  readonly query: PassQuery;
  readonly connection: ConnectionOptions;
  readonly form: RequestFormName;
  /** The instant to sign for, in milliseconds since the epoch; now when undefined. */
  readonly timestampMs: number | undefined;
  readonly talk: Talk;
}

const REQUEST_FLAGS: readonly Flag[] = [
  ...ONE_PAGE_FLAGS,
  { ...TIMESTAMP_FLAG, help: `${TIMESTAMP_FLAG.help}; SDK code stamps its own` },
];

const FORM_FLAG: Flag = {
  syntax: '--as <form>',
  help: `${REQUEST_FORM_NAMES.join(', ')} (default: text)`,
  heading: 'Output',
  choices: REQUEST_FORM_NAMES,
};

export const request: CommandDeclaration = {
  flags: [...REQUEST_FLAGS, ...CONNECTION_FLAGS, FORM_FLAG, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass request --sandbox --user 2088888888888888 --group voucher',
      does: 'what would be sent, and what is signed',
    },
    {
      line: 'alipass request --user 2088102122458832 --group voucher --as curl | sh',
      does: 'send it with curl, as your profile says',
    },
    {
      line: 'alipass request --sandbox --user 2088888888888888 --group voucher --as java > PassQuery.java',
      does: 'the same call as a program for Alipay’s Java SDK; it reads the keys when it runs',
    },
  ],
  run: (context, { flags }) =>
    runRequest(context, {
      query: queryOf(flags),
      connection: connectionOf(flags),
      form: parseWord('--as', (flags['as'] as string | undefined) ?? 'text', REQUEST_FORM_NAMES),
      timestampMs: timestampOf(flags),
      talk: talkOf(flags),
    }),
};

/** Signs one request and prints it in the form asked for; nothing is sent. */
export async function runRequest(context: Context, options: RequestOptions): Promise<number> {
  const { stdout, env, now } = context;
  const { query, connection, form, timestampMs, talk } = options;
  const conversation = await converse(context, talk);
  const { caller, gatewayUrl, settings } = await openCaller(context, connection, conversation);
  if (REQUEST_FORMS[form].program && (caller.appCertSn || caller.encryptKey)) throw noProgram(form);
  const params = requestParams(pageRequest(query, query.page ?? 1), caller, timestampMs ?? now());
  const signed = await signRequest(params, caller, gatewayUrl);
  const { load, verbatim } = REQUEST_FORMS[form];
  const format = await load();
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  if (verbatim && params['app_auth_token']) {
    conversation.warn('The output holds the app auth token, which is a secret');
  }
  if (connection.sandbox) {
    conversation.remark(
      'Nothing listens at the built-in sandbox’s address: alipass sandbox serve has a real one.',
    );
  }
  // What a client sends is the URL as it is parsed, not as the setting spells it.
  const url = new URL(signed.url).href;
  const say = await phrasebookOf(context, talk);
  await stdout.write(format({ ...signed, url, gatewayUrl, ...secretsOf(settings) }, style, say));
  return EXIT.done;
}

function noProgram(form: RequestFormName): AlipassError {
  const message = `--as ${form} does not know certificate mode and content encryption yet`;
  return new AlipassError('usage', 'request.no_program', message, {
    hint: 'text, curl, http and json do; the program can be had in key mode.',
  });
}

/** Where generated code finds the secrets: in the files that the settings name, else in the environment. */
function secretsOf({
  privateKey,
  alipayPublicKey,
  appAuthToken,
}: ResolvedSettings): Pick<ShownRequest, 'privateKey' | 'alipayPublicKey' | 'appAuthToken'> {
  return {
    privateKey: fileOf(privateKey) ?? { variable: settingOf('private_key').env! },
    alipayPublicKey: fileOf(alipayPublicKey) ?? { variable: settingOf('alipay_public_key').env! },
    appAuthToken: appAuthToken && { variable: settingOf('app_auth_token').env! },
  };
}

function fileOf(setting: ResolvedSetting | undefined): SecretSource | undefined {
  return setting?.name.endsWith('_file') && setting.value !== '-' ? { file: setting.value } : undefined;
}
