import {
  CERTIFICATE_DOWNLOAD_METHOD,
  type Group,
  GROUPS,
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

/** The arguments of the query (API page). */
const KNOWN_ARGUMENTS: ReadonlySet<string> = new Set([
  'user_id',
  'partner_id',
  'group_type',
  'time_status',
  'city_code',
  'need_shopinfo',
  'page_size',
  'page_num',
]);

/** The rules of the API page for the query; the gateway answers all breaches alike. */
function refuseArguments(args: Args, { strict }: MethodWorld): Refusal | undefined {
  const unknown = strict && Object.keys(args).find(name => !KNOWN_ARGUMENTS.has(name));
  if (unknown) return unknownParameter(unknown);
  const fits = (name: string, form: RegExp): boolean => form.test(argumentText(args, name) ?? '');
  const groupKnown = GROUPS.includes(args['group_type'] as Group);
  const timeKnown = Object.values(TIME_STATUS).includes(args['time_status'] as never);
  const memberOk = fits('user_id', /^2088\d{12}$/);
  const pagesOk = ['page_size', 'page_num'].every(name => fits(name, /^[1-9]\d{0,9}$/));
  const cityOk = !wantsShops(args) || fits('city_code', /^\d{6}$/);
  const ok = groupKnown && timeKnown && memberOk && pagesOk && cityOk;
  return ok ? undefined : { subCode: 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD' };
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
