import { quote } from '../errors';
import {
  CERTIFICATE_DOWNLOAD_METHOD,
  type Group,
  GROUPS,
  isUserId,
  PASS_QUERY_METHOD,
  TIME_STATUS,
  type Time,
} from '../protocol/api';
import type { Effects } from './effects';
import type { PassList, SandboxPass } from './holding';
import { type Args, argumentText } from './reading';
import { type Refusal, unknownParameter } from './refusal';

/** What the methods answer from. */
export interface MethodWorld {
  readonly list: (user: string, group: Group, time: Time) => PassList;
  /** The certificates that can be downloaded: PEM by SN. */
  readonly certificates: ReadonlyMap<string, string>;
  readonly strict: boolean;
}

/** Answers the arguments of one method: a node as JSON text, or a refusal. */
type Method = (args: Args, world: MethodWorld, effects: Effects) => string | Refusal;

const METHODS: Readonly<Record<string, Method>> = {
  [PASS_QUERY_METHOD]: (args, world, effects) =>
    refuseArguments(args, world) ?? listNode(args, world, effects),
  [CERTIFICATE_DOWNLOAD_METHOD]: certificateNode,
};

/** Whether the sandbox has this method. */
export function isMethod(name: string): boolean {
  return Object.hasOwn(METHODS, name);
}

/** Performs a method of {@link isMethod}. */
export function performMethod(
  name: string,
  args: Args,
  world: MethodWorld,
  effects: Effects,
): string | Refusal {
  return METHODS[name]!(args, world, effects);
}

/** What an argument of the query has to be, and whether it is. */
interface ArgumentRule {
  readonly allowed: string;
  readonly fits: (value: string, args: Args) => boolean;
}

const COUNT: ArgumentRule = {
  allowed: 'a whole number from 1 to 9999999999',
  fits: value => /^[1-9]\d{0,9}$/.test(value),
};
const FREE: ArgumentRule = { allowed: '', fits: () => true };

function oneOf(words: readonly string[]): ArgumentRule {
  return { allowed: `one of ${words.join(', ')}`, fits: value => words.includes(value) };
}

/** The arguments of the query (API page); the gateway answers all breaches alike. */
const ARGUMENT_RULES: Readonly<Record<string, ArgumentRule>> = {
  user_id: { allowed: '16 digits, beginning with 2088', fits: isUserId },
  partner_id: FREE,
  group_type: oneOf(GROUPS),
  time_status: oneOf(Object.values(TIME_STATUS)),
  city_code: {
    allowed: '6 digits where need_shopinfo is true',
    fits: (value, args) => !wantsShops(args) || /^\d{6}$/.test(value),
  },
  need_shopinfo: FREE,
  page_size: COUNT,
  page_num: COUNT,
};

function refuseArguments(args: Args, { strict }: MethodWorld): Refusal | undefined {
  const unknown = strict && Object.keys(args).find(name => !Object.hasOwn(ARGUMENT_RULES, name));
  if (unknown) return unknownParameter(unknown, 'argument');
  const wrong = Object.entries(ARGUMENT_RULES).find(
    ([name, { fits }]) => !fits(argumentText(args, name) ?? '', args),
  );
  if (!wrong) return undefined;
  const [name, { allowed }] = wrong;
  const says = Object.hasOwn(args, name) ? `${shown(args[name])} must be` : 'is missing:';
  return { subCode: 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD', why: `${name} ${says} ${allowed}` };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value).slice(0, 80);
}

function wantsShops(args: Args): boolean {
  return argumentText(args, 'need_shopinfo') === 'true';
}

/** No maximum is documented; some end there must be, and clients have to live with a cap. */
const MAX_PAGE_SIZE = 10_000;

function listNode(args: Args, { list }: MethodWorld, effects: Effects): string {
  const time: Time = args['time_status'] === TIME_STATUS.current ? 'current' : 'past';
  const passes = list(argumentText(args, 'user_id')!, args['group_type'] as Group, time);
  const size = Math.min(Number(args['page_size']), effects.pageCap ?? MAX_PAGE_SIZE);
  const asked = Number(args['page_num']);
  const first = ((effects.repeatPage && asked > 1 ? asked - 1 : asked) - 1) * size;
  const count = Math.max(0, Math.min(size, passes.length - first));
  const shops = wantsShops(args);
  const page = Array.from({ length: count }, (_, i) => withShops(passes.at(first + i), shops));
  return `{"msg":"Success","code":"10000","pass_info_list":${JSON.stringify(page)}}`;
}

function withShops(pass: SandboxPass, shops: boolean): SandboxPass {
  if (shops) return pass;
  const { shop_id_list: _, ...rest } = pass;
  return rest as SandboxPass;
}

function certificateNode(args: Args, { certificates }: MethodWorld): string | Refusal {
  const pem = certificates.get(argumentText(args, 'alipay_cert_sn') ?? '');
  if (pem === undefined) return { subCode: 'isv.alipay-cert-not-exist' };
  const content = Buffer.from(pem).toString('base64');
  return JSON.stringify({ msg: 'Success', code: '10000', alipay_cert_content: content });
}
