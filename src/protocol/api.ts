/** The one method that alipass exists for; every fact here is from its API page unless marked. */
export const PASS_QUERY_METHOD = 'alipay.user.pass.grouplist.query';

/** Fetches an Alipay certificate by its SN (docs/protocol.md, "Certificate mode"). */
export const CERTIFICATE_DOWNLOAD_METHOD = 'alipay.open.app.alipaycert.download';

/** The gateways: `production` from the API page, `alipaySandbox` from docs/protocol.md. */
export const GATEWAYS = {
  production: 'https://openapi.alipay.com/gateway.do',
  alipaySandbox: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
} as const;

/** Whether a text is an Alipay id, of a user or a partner: 16 digits, beginning with 2088. */
export function isUserId(text: string): boolean {
  return /^2088\d{12}$/.test(text);
}

/** `group_type`: cards, vouchers, tickets, certificates. */
export const GROUPS = ['card', 'voucher', 'ticket', 'cert'] as const;
export type Group = (typeof GROUPS)[number];

/** `time_status`, by the word that the command line uses for it. */
export const TIME_STATUS = { current: 'CURRENT', past: 'PAST' } as const;
export type Time = keyof typeof TIME_STATUS;

/** `status` of a pass, with the words of the API page. */
export const PASS_STATUS = {
  can_use: '可使用',
  used: '已使用',
  expired: '已过期',
  closed: '已失效',
} as const;
export type PassStatus = keyof typeof PASS_STATUS;

/** The fields of a pass in the order of the API page; `mechant_name` is spelled so on the wire. */
export const PASS_FIELDS = [
  'pass_id',
  'mechant_name',
  'logo_text',
  'second_logo_text',
  'item_id',
  'start_date',
  'end_date',
  'gmt_create',
  'shop_id_list',
  'data_info',
  'status',
  'ext_info',
] as const;
export type PassField = (typeof PASS_FIELDS)[number];

/** The names within the JSON of `data_info` and `ext_info` in the API page's example; other passes may have others. */
export const JSON_NAMES = ['logoText', 'brandName', 'secondLogoText', 'itemDesc', 'btnDesc'] as const;

/** The member of an answer that holds the result of `method`. */
export function responseNodeName(method: string): string {
  return `${method.replaceAll('.', '_')}_response`;
}

/** The member under which some failures come instead (docs/protocol.md, "Answers"). */
export const ERROR_NODE_NAME = 'error_response';
