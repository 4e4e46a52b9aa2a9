import type { PassField } from '../protocol/api';
import type { SandboxPass } from './holding';

/** Fields that stand in the place of a pass's own; undefined leaves one out. */
export type AwkwardFields = { readonly [field in PassField]?: string | readonly string[] | undefined };

/** The length limits of the API page, filled to the last character. */
const LONGEST_TEXT = '超长的商家名称'.repeat(15).slice(0, 100);
const LONGEST_INFO = JSON.stringify({ logoText: '鲜'.repeat(9985) });

/**
 * What clients get wrong, by what is awkward about it. All of it keeps to the API page and to docs/protocol.md, "The
 * sandbox": neither lone surrogates nor control characters whose JSON escape has hex letters.
 */
export const AWKWARD: Readonly<Record<string, AwkwardFields>> = {
  emoji: { logo_text: '👨‍👩‍👧‍👦 亲子票 👍🏽🇨🇳', second_logo_text: '🦞🦀🐟 ❤️‍🔥 1️⃣' },
  quotes: { logo_text: `"straight" 'single' “双引号” ‘单引号’ 「直角」`, mechant_name: `"` },
  slashes: { logo_text: 'C:\\新店\\n\\t\\u4f60 \\\\ a/b \\/ //', mechant_name: '盒马\\' },
  controls: { logo_text: 'tab\tbackspace\bbell\u0007delete\u007fend' },
  'C1 control': { logo_text: 'red \u009b31mletters\u009b0m', second_logo_text: '\u0085next line' },
  bidi: { logo_text: '券\u202egpj.exe\u202c\u2066\u2069', second_logo_text: 'שלום 盒马 مرحبا' },
  'zero width': { logo_text: '盒\u200b马\u200c鲜\u200d生\u2060\ufeff', mechant_name: '\u200b' },
  combining: { logo_text: 'Z\u0351\u036b\u0343\u030aa\u0334\u0322l\u0328go e\u0301 が' },
  'formula =': { logo_text: `=cmd|' /C calc'!A0`, second_logo_text: '=1+1' },
  'formula +': { logo_text: '+1+1', second_logo_text: '-2+3' },
  'formula @': { logo_text: '@SUM(1+1)', second_logo_text: '\t=1+1' },
  spaces: { logo_text: '  两头有空格  ', second_logo_text: '\u3000全角\u00a0空格\u3000', mechant_name: ' ' },
  newlines: { mechant_name: '第一行\n第二行\r\n第三行\r第四行\u2028第五行', logo_text: '\n' },
  html: {
    logo_text: '<script>alert(1)</script>&amp;<b>',
    second_logo_text: '"><img src=x onerror=alert(1)>',
  },
  templates: {
    logo_text: '${jndi:x} {{7*7}} $(id) `id` %s%n {0}',
    second_logo_text: `'); DROP TABLE pass;--`,
  },
  separators: { logo_text: 'a,b;c|d\te', second_logo_text: 'pass_id,status' },
  'words of code': { mechant_name: 'null', logo_text: 'true', second_logo_text: '1e5', item_id: 'NaN' },
  'longest text': { mechant_name: LONGEST_TEXT, logo_text: 'W'.repeat(100) },
  'longest info': { data_info: LONGEST_INFO },
  'broken info': { data_info: '{"logoText":"2元",', ext_info: 'null' },
  'info in info': { data_info: JSON.stringify({ ext: JSON.stringify({ btnDesc: '"去\\买单"\n' }) }) },
  'long number in info': { data_info: '{"itemId":20171115011040030100030000009952,"price":1.10}' },
  'empty text': {
    mechant_name: '',
    logo_text: '',
    second_logo_text: '',
    item_id: '',
    shop_id_list: [],
    data_info: '',
    ext_info: '',
  },
  bare: {
    mechant_name: undefined,
    logo_text: undefined,
    second_logo_text: undefined,
    item_id: undefined,
    gmt_create: undefined,
    shop_id_list: undefined,
    data_info: undefined,
    ext_info: undefined,
  },
  'long ids': {
    pass_id: '71000000000000000000000000000009',
    item_id: '2024061512000000',
    shop_id_list: ['2015092700077000', '201509270007700000004491', '20150927000770000000449100000001'],
  },
  'leading zeros': { pass_id: '0000000000000007', item_id: '00', shop_id_list: ['0000000000000000'] },
  'signs in an id': { pass_id: 'A/B+C=&D?#%20\\', item_id: '../../x' },
  'many shops': {
    shop_id_list: Array.from({ length: 100 }, (_, i) => `20150927000770000000${String(i).padStart(8, '0')}`),
  },
  'not in GBK': { logo_text: '🐟 野家 ಕನ್ನಡ ✔ ê ñ', mechant_name: '𠮷野家' },
  'rare characters': { logo_text: '㐀 龘 靐 𠮷 𰻝 𬭛', second_logo_text: '㋿ ㌔ ﷽' },
};

/** A pass that lasts until the last second that its form can say. */
export const FAR_FUTURE: AwkwardFields = { end_date: '9999-12-31 23:59:59' };

/** Those that leave a pass its id and its dates, and so its place. */
export const AWKWARD_TEXTS: readonly AwkwardFields[] = Object.values(AWKWARD).filter(
  fields => !('pass_id' in fields),
);

/** A pass with other fields; those that are undefined go. */
export function withFields(pass: SandboxPass, fields: AwkwardFields): SandboxPass {
  const merged = Object.entries({ ...pass, ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as SandboxPass;
}
