import type { ErrorKind } from '../errors';
import { EXIT, EXIT_BY_KIND } from '../exit';
import { SETTING_NAMES, flagOf, settingOf } from '../profile/settings';
import type { PassField } from '../protocol/api';

/** An exit code, the kind of error that ends in it, and what it tells a script. */
export interface ExitRow {
  readonly code: number;
  readonly kind: ErrorKind | undefined;
  readonly says: string;
}

const KIND_SAYS: Readonly<Record<ErrorKind, string>> = {
  internal: 'a bug: report it',
  usage: 'fix the command line',
  config: 'fix the profile or the keys',
  rejected: 'the gateway refused the caller',
  business: 'the gateway understood and said no',
  unavailable: 'try later; the retries are used up',
  untrusted: 'an answer came, but nothing proves that it is Alipay’s',
  incomplete: 'part of the work is missing: a listing stopped before its proven end, or some users failed',
  interrupted: 'Ctrl-C (SIGINT)',
  terminated: 'SIGTERM',
};

/** Every exit code, in order. */
export const EXIT_ROWS: readonly ExitRow[] = [
  { code: EXIT.done, kind: undefined, says: 'done; an empty list is success' },
  { code: EXIT.no, kind: undefined, says: 'the answer is no' },
  ...Object.entries(EXIT_BY_KIND).map(([kind, code]) => ({
    code,
    kind: kind as ErrorKind,
    says: KIND_SAYS[kind as ErrorKind],
  })),
].toSorted((a, b) => a.code - b.code);

/** A variable of the environment. */
export interface VariableRow {
  readonly name: string;
  /** The flag that wins over it. */
  readonly flag: string | undefined;
  readonly says: string;
}

const OTHER_VARIABLES: readonly VariableRow[] = [
  {
    name: 'ALIPASS_PRIVATE_KEY_PASSPHRASE',
    flag: undefined,
    says: 'opens an encrypted private key; asked for on a terminal when it is not set',
  },
  { name: 'HTTPS_PROXY', flag: '--proxy', says: 'an HTTP proxy; also HTTP_PROXY, for a gateway on http' },
  { name: 'NO_PROXY', flag: undefined, says: 'hosts that are called without a proxy, with commas between' },
  { name: 'ALIPASS_CONFIG_DIR', flag: undefined, says: 'where profiles and the sandbox’s keys are kept' },
  { name: 'ALIPASS_DEBUG', flag: undefined, says: 'adds to a bug’s message where it happened' },
  { name: 'NO_COLOR', flag: '--color', says: 'no colour; FORCE_COLOR is the opposite' },
  { name: 'CI', flag: '--quiet', says: 'no colour and no spinner, even on a terminal; so does TERM=dumb' },
  { name: 'ALIPASS_LANG', flag: '--lang', says: 'zh or en: the language for people' },
  { name: 'LANG', flag: '--lang', says: 'Chinese when it begins with zh; so do LC_ALL and LC_MESSAGES' },
  {
    name: 'ALIPASS_PAGER',
    flag: '--no-pager',
    says: 'what long listings are read in on a terminal (default: PAGER, else less -FRSX); empty for none',
  },
  { name: 'PAGER', flag: '--no-pager', says: 'the same, for all programs' },
  { name: 'GITHUB_ACTIONS', flag: '--no-github', says: 'check annotates what failed when it is true' },
  {
    name: 'GITHUB_STEP_SUMMARY',
    flag: '--no-github',
    says: 'a file that check appends its result to, as Markdown',
  },
  {
    name: 'JOB_COMPLETION_INDEX',
    flag: '--shard',
    says: 'with JOB_COMPLETIONS, the shard of export: the pod’s number in a Kubernetes Indexed Job, from 0',
  },
  { name: 'JOB_COMPLETIONS', flag: '--shard', says: 'how many shards there are' },
];

/** Every variable that the program reads, those of the settings first. */
export const VARIABLE_ROWS: readonly VariableRow[] = [
  { name: 'ALIPASS_PROFILE', flag: '--profile', says: 'settings under a name' },
  ...SETTING_NAMES.flatMap(name => {
    const { env, flagValue, help } = settingOf(name);
    return env ? [{ name: env, flag: flagValue && flagOf(name), says: help }] : [];
  }),
  ...OTHER_VARIABLES,
];

/** What each field of a pass is (API page). */
export const FIELD_SAYS: Readonly<Record<PassField, string>> = {
  pass_id: 'the id of the pass, digits of any length',
  mechant_name: 'the merchant’s name; spelled so on the wire',
  logo_text: 'the title',
  second_logo_text: 'the second title',
  item_id: 'the item that it is a pass for',
  start_date: 'when it begins to be valid, Beijing time',
  end_date: 'when it ends, Beijing time',
  gmt_create: 'when the user got it, Beijing time',
  shop_id_list: 'the shops that take it; with --shops',
  data_info: 'more, as JSON in a text: data_info.brandName takes a value out of it, --expand opens all',
  status: 'can_use, used, expired or closed',
  ext_info: 'the same kind of JSON as data_info',
};
