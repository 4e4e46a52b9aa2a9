import { describe, expect, it } from 'vitest';
import { type CommandEntry, readCatalog, withDescendants } from '../../src/commands/catalog';
import { createPhrasebook } from '../../src/render/phrasebook';
import { loadPhrasebook } from '../../src/render/phrases';
import { TABLES } from '../../src/render/phrases-zh';
import { SOURCES, textsOf } from '../helpers/texts';

const PHRASES = TABLES.flatMap(table => Object.entries(table));
const say = await loadPhrasebook('zh');

describe('createPhrasebook', () => {
  const speak = createPhrasebook([
    {
      'no such pass': '没有这张卡券',
      'Try again.': '请重试。',
      '{where} must be {what}': '{where} 应为{what}',
      '{where} must be short': '{where} 应该简短',
      'a number up to {most}': '不超过 {most} 的数字',
      used: '已使用',
    },
  ]);

  it.each([
    ['a phrase', 'no such pass', '没有这张卡券'],
    ['a phrase with holes', '--user must be 16', '--user 应为 16'],
    ['what stands in a hole', '--page must be a number up to 9', '--page 应为不超过 9 的数字'],
    ['the phrase with most words of its own', '--x must be short', '--x 应该简短'],
    ['a hole of Chinese', '卡券 must be 卡', '卡券应为卡'],
    ['sentences', 'no such pass. Try again.', '没有这张卡券。请重试。'],
    ['what it knows beside what it does not', 'Something else. Try again.', 'Something else. 请重试。'],
    ['clauses', 'no such pass; a number up to 9', '没有这张卡券；不超过 9 的数字'],
  ])('says %s', (_what, text, said) => {
    expect(speak(text)).toBe(said);
  });

  it.each([
    ['what it does not know', 'something else'],
    ['a word in a hole, which may be a name', '--status must be used', '--status 应为 used'],
    ['a word behind a colon, which may be a value', 'status: used'],
    ['a phrase within another text', 'there is no such pass here'],
    ['names of what belongs to every object', 'constructor'],
  ])('leaves %s', (_what, text, said = text) => {
    expect(speak(text)).toBe(said);
  });
});

describe('a text that somebody made to be hard', () => {
  it.each(['x1 y1 must be ', 'a. b; c: d and e ', '1; ', 'A: ', '{', 'x is required: x: '])('%s', part => {
    const text = part.repeat(3_900 / part.length);
    expect(say(text).length).toBeGreaterThan(0);
    expect(say(part.repeat(100_000))).toBe(part.repeat(100_000));
  });
});

it('loadPhrasebook leaves English as it is', async () => {
  expect((await loadPhrasebook('en'))('no match')).toBe('no match');
});

/** What stands in both languages: commands, flags, variables, codes, formats, names, and what fills a hole. */
const SAME_IN_BOTH =
  /`[^`]*`|"[^"]*"|'[^']*'|«[^»]*»|\{\w+\}|https?:\/\/\S+|source <[^>]*>|(alipass|openssl|chmod|head|printf|echo)( [-%a-z0-9]+| [A-Z]+\b)*|-o [a-z]+|[^\s'"、，；（]*[_./~$=@][^\s'"、，；（）]*|--[a-z-]+|\b[A-Z][\w-]*\b/g;

/** Whether there is English in a text: two words with a space between. */
function hasEnglish(text: string): boolean {
  return /[a-z’]{2,} [a-z’]{2,}/.test(text.replace(SAME_IN_BOTH, '·'));
}

const HELP = [
  ...new Set(withDescendants(await readCatalog()).flatMap(textsOfHelp)),
  'Usage:',
  'Arguments:',
  'Commands:',
  'Examples:',
  'output the version number',
];

function textsOfHelp({ summary, args, flags, examples }: CommandEntry): string[] {
  return [
    summary,
    ...args.map(({ help }) => help),
    ...flags.flatMap(({ help, heading }) => [help, `${heading}:`]),
    ...examples.map(({ does }) => does),
  ];
}

/** Words of the command line alone. */
const WORDS_ALONE = /^$|^[a-z0-9-]+(, [a-z0-9-]+)*$/;

describe('every text of the help has a phrase', () => {
  it.each(HELP)('%s', text => {
    expect(WORDS_ALONE.test(text) || say(text) !== text).toBe(true);
    expect(hasEnglish(say(text))).toBe(false);
  });
});

/** Files that say nothing to people, or have another way to say it in Chinese. */
const OTHERWISE = new RegExp(
  [
    // The catalogue of words, explanations in both languages, and what goes by the catalogue.
    '^render/(words|phrase|explanation|check|changes|verdict)',
    '^commands/(check/reports|watch/(line|live)-screen)',
    '^passes/(contract|expectations|changes)',
    // For programs, and in the words of a gateway.
    '^manual/',
    '^commands/completion/(?!index)',
    '^render/request-code',
    '^sandbox/(awkward|call-log|certificates|checks|clock-offset|answer|methods|refusal|gateway|identity|dataset)\\.',
    '^(start-sandbox|sandbox/start-options)\\.',
    '^protocol/(der|distinguished-name)\\.',
  ].join('|'),
);

/** Texts of other files that are said to no person, or by the catalogue of words. */
const UNSAID: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded;charset={charsetLabel}',
  'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by starts_with sum to_array to_number to_string type values group_by items from_items zip find_first find_last lower upper split replace trim pad_left pad_right',
  'curl --silent --show-error',
  'no key proves what needs no proof',
  // What a verdict is, by a name: the catalogue has words for it.
  'no listing',
  // Settings without a flag, which the documentation tells alone.
  'the app’s private key itself',
  'Alipay’s public key itself',
  'the AES key itself',
  'alipass sandbox root',
  'alipass sandbox app',
  'alipass sandbox alipay',
  // A bug's, told beside "alipass failed in a way it should not".
  'bytes that are not one certificate',
  'a certificate with the date {text}',
  // The log of the sandbox.
  'no method',
]);

/** Texts that are said only with others before or behind them: as in {@link WHOLE}. */
const PARTS: readonly RegExp[] = [
  /^[:;]? ?(is for|and --columns|prints|RSA2 takes|the same \{value\} key|--encoding|There is no current|head -n|in the group|\(this has)/,
  /^(was ended after|ended with|has expired$|is not valid yet$|an? \{kind\} has|there is no field|Ask for (-o|fewer))/,
  /^(breaks|ends) at|^at character|^the certificate chain|^its issuer \{subject\} \{issuer\}|^Your settings have/,
  /^\{(other|passes|users|says|origin|what|help|end|characters|path|where)\},? ?(:|or serve|each|\{range\}|Answers|\{kept\}|it is|in \{where\}|has \{count\}|has no member)/,
  /^(\{value\} )?(is|has|holds) .*(\{(allowed|says)\}|clients read wrongly)/,
  /\{(exit|end)\}\{value\}$|2088\{count\}$|faults? or more$|^[Dd]id you mean \{near\}\? $/,
  /^\{help\};|^\{LANGUAGES\}|2088\{found\}$|^ of shard|^; all stand|\{users\} users\{part\}|\{column\}$|\{more\}\{where\}$/,
];

/** Such texts as they are said. */
const WHOLE: readonly string[] = [
  '--excel is for CSV: add -o csv',
  '--wide is for tables; csv cuts nothing',
  '--no-header is for table and csv, not for json',
  '--query and --columns both choose what is shown: let the query do it, as in [].{id: pass_id}',
  '--raw prints answers as they came, so --mask does not go with it',
  '--raw prints lines of JSON: leave --format "csv" out, or say ndjson',
  '--raw prints answers as they came, so --no-header does not go with it',
  '--bits "1024" must be one of 2048, 3072: RSA2 takes no key shorter than 2048 bits, and shorter ones are no longer safe',
  'one pair: the same private key twice',
  'one pair: the same public key twice',
  'one pair',
  'not one pair',
  '  private half: a.pem (PKCS#1)',
  '  public half: a.pem (PKCS#1 public)',
  '1 character in 1 pass has no code in gb18030 and stands as ?.',
  '2 characters in 2 passes have no code in gb18030 and stand as ?.',
  '1 character in 1 row has no code in gbk and stands as ?; --encoding gb18030 has all of Unicode.',
  '2 characters in 2 rows have no code in gbk and stand as ?; --encoding gb18030 has all of Unicode.',
  'Removed profile "a". There is no current profile now.',
  'Added profile "a"; the current one is still "b". alipass doctor --profile "a" checks it. A call will still need the app’s id (--app-id) and its private key (--private-key-file) and Alipay’s public key, 支付宝公钥 (--alipay-public-key-file).',
  'Record again with --record, or take an untouched copy of the file. head -n 3 keeps the lines before, which are a recording of their own.',
  'User 2088888888888888 holds no pass 1 in the group card',
  'User 2088888888888888 holds no pass 1',
  '--user "1" must be an Alipay id of 16 digits that begins with 2088 (this has 1)',
  'The private key command was ended after 30 s',
  'The private key command was ended after 30 s: E1',
  'The private key command ended with 1',
  'The private key command ended with 1: E1',
  'The command of --on-change was ended after 30 s',
  'The command of --on-change was ended after 30 s: E1',
  'The command of --on-change ended with 1',
  'The command of --on-change ended with 1: E1',
  'app_cert_file has expired: it is valid from 2026-01-01 00:00:00 to 2026-02-01 00:00:00, Beijing time',
  'The certificate a1 is not valid yet: it is valid from 2026-01-01 00:00:00 to 2026-02-01 00:00:00, Beijing time',
  'the certificate chain breaks at "CN=a": its issuer "CN=b" is not a CA',
  'the certificate chain breaks at "CN=a": its issuer "CN=b" did not sign it',
  'a.pem is not a readable public key',
  'a.json, pass 2: it is no object',
  '9 of 10 users are done; with --output it could go on from there',
  '9 of 1,000 users of shard 1/2 are done',
  'Not a user id in users.csv: "x y", "z", and 3 more; all stand in failures.csv',
  'Not a user id in users.csv: "x y", "z"; all stand in failures.csv',
  'users was a list of SHA-256 0123abcd, and is (not given) now',

  'users.csv holds no user id: 16 digits that begin with 2088; line 2 has "x y"',
  '--expectations, entry 2 is required: an expectation: count>=1, pass ID, pass ID is STATUS',
  'Another alipass holds a.lock since 2026-01-01 00:00:00',
  'It must be an RSA private key as PEM or one base64 line, PKCS#1 or PKCS#8, or an RSA public key as PEM or one base64 line, SPKI or PKCS#1, or an X.509 certificate.',
  'the certificate chain breaks at "CN=a": its issuer "CN=b" has expired: it is valid from 2026-01-01 00:00:00 to 2026-02-01 00:00:00, Beijing time',
  'the certificate chain breaks at "CN=a": no certificate of its issuer "CN=b" is at hand',
  'the certificate chain ends at "CN=a", which is none of the roots',
  '--query is not JMESPath: it ends too early, at character 5: [?a= ▸ ',
  '--query has no function foo, at character 1:  ▸ foo(a)',
  'Replaying a.jsonl, recorded at 2026-11-23 12:00:00 (Beijing time) of https://openapi.alipay.com/gateway.do. Answers are verified with a proof of your own. That proves who wrote the answers, not what was asked, nor when.',
  'Replaying a.jsonl, recorded at 2026-11-23 12:00:00 (Beijing time) of https://openapi.alipay.com/gateway.do. Answers are verified with the key (SHA-256 aa:bb) that it keeps; --alipay-public-key-file demands a proof of your own. That proves who wrote the answers, not what was asked, nor when.',
  'Replaying a.jsonl, recorded at 2026-11-23 12:00:00 (Beijing time) of https://openapi.alipay.com/gateway.do. Answers are verified with the root certificates (SN a1) that it keeps. Your settings have another, so whoever handed the file on may have written the answers: --alipay-cert-file demands yours',
  'Asked for page_num 3 (recorded: 1, 2). Ask as it was recorded, or record again with --record.',
  'It holds no answer at all. Ask as it was recorded, or record again with --record.',
  'It holds each of these values, but not together. Ask as it was recorded, or record again with --record.',
  'That makes 90000 passes; a file of json may hold 50000',
  'Ask for -o ndjson or fewer, or serve them without a file: alipass sandbox serve --users … --passes …',
  'Ask for fewer, or serve them without a file: alipass sandbox serve --users … --passes …',
  'Serving 1,000 users 2088100000000000 to 2088100000000999, 100 passes each in every group, current and past alike (seed 1).',
  'Serving 1 user 2088100000000000, 1 pass each in every group, current and past alike (seed 1).',
  'Serving 1 user, 1 pass from shop.csv.',
  'change has to be an object, not a list',
  'Serving 2 users, 20 passes from shop.csv.',
  'Serving a few passes for every user: the API page’s for 2088102122458832, awkward ones for 2088000000000001.',
  'change has no member "x"; a put has do, user',
  'change has no member "x"; an advance has do, by',
  'change has no member "usr"; did you mean user? a put has do, user',
  'change has no member "yb"; did you mean by? an advance has do, by',
  'pass.json: there is no field "name"; The fields are pass_id, logo_text',
  'pass.json: there is no field "id"; did you mean pass_id? The fields are pass_id, logo_text',
  'shop.csv:2: pass_id is missing; it can’t be left out',
  'shop.csv:2: user_id "1" is not allowed; 16 digits, beginning with 2088',
  'shop.csv:2: start_date "1" is no date that exists; a Beijing time "yyyy-MM-dd HH:mm:ss", or no such field',
  'shop.json:2: logo_text is a number, whose digits may get lost; text of at most 100 characters, in quotes',
  'shop.json:2: logo_text is no text; text of at most 100 characters',
  'shop.json:2: logo_text has 200 characters; text of at most 100 characters',
  'shop.json:2: pass_id is empty; text of 1 to 100 characters',
  'shop.json:2: group_type is a number; one of card, voucher, ticket, cert, in quotes',
  'shop.json:2: logo_text holds U+000B, which the vendor’s clients read wrongly; any character but U+000B, U+000E, U+000F, U+001A to U+001F and halves of pairs',
  'shop.json:2: shop_id_list is no list; a list of shop ids, each a text of 1 to 100 characters',
  'shop.json:2: shop_id_list holds an id that is empty; text of 1 to 100 characters',
  'shop.json:2: shop_id_list holds an id that is no text; text of 1 to 100 characters',
  'shop.json:2: shop_id_list holds an id that has 200 characters; text of 1 to 100 characters',
  'shop.json:2: shop_id_list holds an id that is a number, whose digits may get lost; text of 1 to 100 characters, in quotes',
  ...['1 fault', '2 faults', '1 fault or more', '9 faults or more'].map(
    count => `shop.csv has ${count}, so nothing of it is used`,
  ),
  'app_cert_file: SN a1, valid 2026-01-01 00:00:00 to 2026-02-01 00:00:00: 9 days left',
  'app_cert_file: SN a1, valid 2026-01-01 00:00:00 to 2026-02-01 00:00:00: not valid yet',
  'app_cert_file: SN a1, valid 2026-01-01 00:00:00 to 2026-02-01 00:00:00: expired',
  'http://openapi.alipay.com/gateway.do (--gateway): not encrypted',
  'https://openapi.alipaydev.com/gateway.do (--gateway): this sandbox host is retired',
  'https://openapi-sandbox.dl.alipaydev.com/gateway.do (--gateway): Alipay’s sandbox, which has apps and keys of its own',
  '--fault "codes=x": fault "codes" must be one of code, cut; did you mean code or cut?',
  '--fault "code": the value of code is required: code=SUB_CODE',
  'Use https://openapi-sandbox.dl.alipaydev.com/gateway.do.',
  '--fault "code=x" must be a sub_code that alipass sandbox faults lists; did you mean a.b or c.d or e.f?',
  ...[
    'one of 1, 2 years',
    'Did you mean card?',
    'Did you mean card or cert?',
    'Did you mean a or b or c?',
  ].slice(1),
  'Did you mean ACQ.A, ACQ.B? alipass explain lists every code.',
];

/** What Commander says. */
const COMMANDER: readonly string[] = [
  "Unknown option '--usr'",
  "Unknown command 'lst'",
  "Missing required argument 'file'",
  "Option '--user <id>' argument missing",
  "Too many arguments for 'list'. Expected 0 arguments but got 1.",
  "Too many arguments for 'verify'. Expected 1 argument but got 2.",
  'Did you mean --user? alipass list --help shows what there is.',
  'Did you mean one of --user, --users? alipass list --help shows what there is.',
];

/** A text with numbers in its holes, and with words. */
const filled = (text: string): string[] => ['7', 'x1 y1'].map(it => text.replace(/\{\w+\}/g, it));

const textsIn = (files: readonly string[]): string[] => files.flatMap(textsOf).map(({ text }) => text);
const texts = textsIn(SOURCES.filter(file => !OTHERWISE.test(file))).filter(
  text => !HELP.some(help => help.includes(text)) && !UNSAID.has(text),
);

describe('every text of the code that reads like prose has a phrase', () => {
  const whole = texts.filter(text => hasEnglish(text) && !PARTS.some(part => part.test(text)));

  it.each([...new Set([...whole, ...WHOLE, ...COMMANDER])])('%s', text => {
    expect(
      filled(text)
        .map(say)
        .some(it => !hasEnglish(it)),
    ).toBe(true);
  });

  it.each(PARTS)('there is a text like %s', part => {
    expect(texts.some(text => part.test(text))).toBe(true);
  });
});

describe('a phrase', () => {
  const sources = SOURCES.filter(file => !file.startsWith('render/phrases-'));
  const known = [...textsIn(sources).flatMap(filled), ...HELP, ...WHOLE, ...COMMANDER];
  const marked = createPhrasebook([
    Object.fromEntries(PHRASES.map(([text, said], i) => [text, `⟦${i}⟧${said}`])),
  ]);
  const used = new Set(
    [
      ...known
        .map(marked)
        .join('')
        .matchAll(/⟦(\d+)⟧/g),
    ].map(([, i]) => PHRASES[Number(i)]![0]),
  );

  it.each(PHRASES)('is used: %s', text => {
    expect(used).toContain(text);
  });

  it.each(PHRASES)('has the same holes and names in both languages: %s', (text, said) => {
    expect(namesIn(said)).toEqual(namesIn(text));
  });

  it.each(PHRASES)('ends as the English does, in full-width marks: %s', (text, said) => {
    expect(/[。？]$/.test(said)).toBe(/[.?]$/.test(text));
    expect(said.replace(/"[^"]*"/g, '')).not.toMatch(/\p{Script=Han}[,;:!?()]|[,;!?()]\p{Script=Han}/u);
    expect(said.replace(/"[^"]*"/g, '')).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
  });

  it.each(PHRASES.filter(([text]) => text.includes('{')))('has words to be known by: %s', text => {
    expect(text.replace(/\{\w+\}/g, '').length).toBeGreaterThan(3);
  });

  it('stands in one table', () => {
    expect(new Set(PHRASES.map(([text]) => text)).size).toBe(PHRASES.length);
  });
});

/** Holes, flags, variables, fields, commands and addresses. */
function namesIn(text: string): string[] {
  const names = text.match(
    /\{\w+\}|--[a-z-]+|\b[A-Z]+_[A-Z_]+\b|\b[a-z]+(_[a-z]+)+\b|alipass (?:explain|doctor|keys|list|profile|sandbox|sign)\b|`[^`]*`|"[^"]*"|open\.alipay\.com/g,
  );
  return [...new Set(names)].sort();
}
