import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/request-signatures.json';
import { alipass } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';

const CALLER = { ALIPASS_APP_ID: '2014072300007148', ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate };

interface Signing {
  readonly signed_text: string;
  readonly bytes: string;
  readonly sign: string;
  readonly digest: { readonly algorithm: string };
}

describe('sign', () => {
  it.each(vectors.cases)(
    'shows the vector $name step by step',
    async ({ params, signedText, signedBytesHex, sign }) => {
      const stdin = JSON.stringify(params);
      const { code, stdout } = await alipass(['sign', '-', '-o', 'json'], { env: CALLER, stdin });
      expect(code).toBe(0);
      expect(JSON.parse(stdout) as Signing).toMatchObject({
        signed_text: signedText,
        bytes: signedBytesHex,
        sign,
      });
    },
  );

  it('takes biz_content as an object, and another timestamp', async () => {
    const stdin = '{"biz_content":{"a":1},"timestamp":"x","sign_type":"RSA2"}';
    const flags = ['--timestamp', '2026-11-23 12:00:00', '-o', 'json'];
    const { stdout } = await alipass(['sign', '-', ...flags], { env: CALLER, stdin });
    expect((JSON.parse(stdout) as Signing).signed_text).toBe(
      'biz_content={"a":1}&sign_type=RSA2&timestamp=2026-11-23 12:00:00',
    );
  });

  it.each([
    ['a number of more digits than a double has', '{"item_id":20171115011040030100030000009952}'],
    ['white space', '{ "a" : 1,\n "b" : "盒马" }'],
    ['escapes and a null inside', '{"a":"\\u76d2\\/","b":null}'],
    ['a bare long number', '20171115011040030100030000009952'],
  ])('signs %s as it stands in the file', async (_what, raw) => {
    const stdin = `\ufeff{ "biz_content" : ${raw} , "sign_type":"RSA2"}\n`;
    const { stdout } = await alipass(['sign', '-', '-o', 'json'], { env: CALLER, stdin });
    expect((JSON.parse(stdout) as Signing).signed_text).toBe(`biz_content=${raw}&sign_type=RSA2`);
  });

  it('says in its help what goes with a file', async () => {
    const { stdout } = await alipass(['sign', '--help']);
    const help = stdout.replace(/\s+/g, ' ');
    expect(help.match(/\(required without a file\)/g)).toHaveLength(2);
    expect(help).not.toMatch(/--limit|--max-pages|\(required\)|all pages/);
  });

  it('is reproducible from a query with --timestamp', async () => {
    const query = [
      'sign',
      '--user',
      '2088102122458832',
      '--group',
      'card',
      '--timestamp',
      '2026-11-23 12:00:00',
    ];
    const [one, two] = [
      await alipass(query, { env: CALLER, now: 1 }),
      await alipass(query, { env: CALLER, now: 2 }),
    ];
    expect(one).toEqual(two);
    expect(one.stdout).toMatch(/2\. Signed text.*\n {3}app_id=2014072300007148&biz_content=/);
  });

  it.each([
    ['what is not JSON', 'a=1', [], /is not JSON/],
    ['a list', '[]', [], /not a JSON object/],
    ['a null', '{"a":"1","biz_content":null}', [], /"biz_content" in - is null/],
    ['a parameter that comes twice', '{"a":"1","a":"2"}', [], /two parameters of the same name/],
    [
      'a query beside a file',
      '{}',
      ['--user', '2088102122458832', '--page-size', '5'],
      /--user, --page-size would have/,
    ],
    ['a flag without value beside a file', '{}', ['--shops'], /--shops would have no effect/],
    ['stdin for the key as well', '{}', ['--private-key-file', '-'], /--private-key-file - both read stdin/],
    ['a flag of listings', '{}', ['--limit', '5'], /[Uu]nknown option '--limit'/],
    ['an unknown sign type', '{"sign_type":"DSA"}', [], /sign_type "DSA" must be one of RSA2, RSA/],
    ['an unknown charset', '{"charset":"big5"}', [], /charset "big5" must be/],
    [
      'a date that does not exist',
      '{}',
      ['--timestamp', '2026-02-30 00:00:00'],
      /--timestamp "2026-02-30 00:00:00" must be/,
    ],
    ['text that the charset lacks', '{"charset":"GBK","a":"😀"}', [], /GBK has no code for 😀 \(U\+1F600\)/],
  ])('refuses %s', async (_what, stdin, flags, words) => {
    const { code, stdout, stderr } = await alipass(['sign', '-', ...flags], { env: CALLER, stdin });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });
});
