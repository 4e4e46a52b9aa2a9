import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalog, withDescendants } from '../../src/commands/catalog';
import { displayWidth } from '../../src/render/width';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { TEST_KEYS } from '../helpers/keys';

const QUERY = ['--user', '2088888888888888', '--group', 'voucher'];
// Making the keys of a sandbox takes a while, so one is shared.
const configDirectory = temporaryDirectory();
const keyFile = join(temporaryDirectory(), 'app.pem');
writeFileSync(keyFile, TEST_KEYS.appPublic);

/** Command lines with what they say in Chinese. */
const SAID: readonly (readonly [line: string, exit: number, said: string])[] = [
  ['--help', 0, '用法：'],
  ['help list', 0, '列出用户某个分组的卡券'],
  ['list --help', 0, '--limit <n>                      取到这么多张卡券后停止'],
  ['sandbox --help', 0, '命令：'],
  ['keys inspect --help', 0, '参数：'],
  ['explain --help', 0, '示例：'],
  [
    'list --usr 1',
    2,
    "错误  未知的选项 '--usr'\n  建议  您是不是要找 --user？alipass list --help 列出全部用法。\n",
  ],
  ['lst', 2, "未知的命令 'lst'"],
  ['list extra', 2, "'list' 的参数太多：应有 0 个，给出了 1 个。"],
  ['verify', 2, "缺少参数 'file'"],
  ['list --user', 2, "选项 '--user <id>' 缺少值"],
  ['list', 2, '缺少 --user 和 --group：'],
  [`list ${QUERY.join(' ')}`, 3, '调用还缺少：应用的 APPID（--app-id 或 ALIPASS_APP_ID）；应用私钥'],
  [`list ${QUERY.join(' ')} --limit x`, 2, '--limit "x" 无效，应为 1 到 '],
  [`list ${QUERY.join(' ')} --sandbox --insecure-skip-verify`, 0, '警告  响应未经验签'],
  [
    `list ${QUERY.join(' ')} --sandbox --verbose`,
    0,
    '已签名    alipay.user.pass.grouplist.query，RSA2，utf-8',
  ],
  ['doctor --sandbox --offline', 0, '通过  支付宝公钥  RSA，2048 位，不是应用公钥'],
  ['doctor --offline', 8, '缺少：--app-id'],
  [`keys inspect ${keyFile}`, 0, '│ 格式 │ SPKI，一行 base64'],
  [`keys match ${keyFile} ${keyFile}`, 0, '是一对密钥：两个都是同一把公钥'],
  ['profile list', 0, '还没有任何配置：用 alipass profile add NAME 添加。'],
  [
    'profile add shop --app-id 2014072300007148',
    0,
    '已添加配置 "shop"，并设为当前配置。可用 alipass doctor 检查。调用还缺少：',
  ],
  ['profile show --resolved', 0, '│ 设置'],
  [`request ${QUERY.join(' ')} --sandbox`, 0, '参数（按名称排序，标明所在位置）'],
  [`sign ${QUERY.join(' ')} --sandbox`, 0, '2. 待签名字符串：用 & 连接，值不做编码'],
  ['sandbox faults', 0, 'reset                   响应之前重置连接'],
  ['sandbox data --users 0', 2, '--users "0" 无效，应为 1 到 '],
  ['explain no.such', 2, '没有错误码 "no.such" 的解释'],
];

describe('alipass speaks Chinese', () => {
  it.each(SAID)('%s', async (line, exit, said) => {
    const world = line.includes('--sandbox') ? { configDirectory } : {};
    const { code, stdout, stderr } = await alipass(line.split(' '), {
      ...world,
      env: { ALIPASS_LANG: 'zh' },
    });
    expect(code).toBe(exit);
    expect(stdout + stderr).toContain(said);
  });

  it.each([
    ['--lang', ['list', '--lang', 'zh'], {}],
    ['--lang=', ['list', '--lang=zh'], {}],
    ['--lang over ALIPASS_LANG', ['list', '--lang', 'zh'], { ALIPASS_LANG: 'en' }],
    ['--lang before a flag that is wrong', ['list', '--lang', 'zh', '--usr'], {}],
    ['ALIPASS_LANG', ['list'], { ALIPASS_LANG: 'zh', LANG: 'C' }],
    ['the locale', ['list'], { LANG: 'zh_CN.UTF-8' }],
    [
      'the locale, where ALIPASS_LANG names no language',
      ['list'],
      { LANG: 'zh_CN.UTF-8', ALIPASS_LANG: 'fr' },
    ],
  ])('because of %s', async (_what, args, env) => {
    expect((await alipass(args, { env })).stderr).toContain('错误  ');
  });

  it.each([
    ['no locale', ['list'], {}],
    ['--lang en', ['list', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }],
    ['a language that it does not speak', ['list', '--lang', 'fr'], {}],
    ['zh as the value of another flag', ['list', '--user', 'zh'], {}],
  ])('not with %s', async (_what, args, env) => {
    expect((await alipass(args, { env })).stderr).toMatch(/^error {2}/);
  });
});

describe('what is for programs stays English in Chinese', () => {
  const env = { ALIPASS_LANG: 'zh' };

  it.each([
    ['an error', ['list', '-o', 'json', ...QUERY]],
    ['a listing', ['list', '--sandbox', '-o', 'csv', ...QUERY]],
    ['findings', ['doctor', '--sandbox', '--offline', '-o', 'json']],
    ['facts of a key', ['keys', 'inspect', keyFile, '-o', 'json']],
    ['a verdict', ['keys', 'match', keyFile, keyFile, '-o', 'json']],
    ['faults', ['sandbox', 'faults', '-o', 'json']],
    ['a completion script', ['completion', 'bash']],
    ['the version', ['--version']],
  ])('%s', async (_what, args) => {
    const world = { now: Date.parse('2026-11-23T12:00:00+08:00'), configDirectory };
    expect(await alipass(args, { ...world, env })).toEqual(await alipass(args, world));
  });
});

it('asks for a passphrase in Chinese', async () => {
  const file = join(temporaryDirectory(), 'locked.pem');
  const key = createPrivateKey({
    key: Buffer.from(TEST_KEYS.appPrivate, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  writeFileSync(
    file,
    key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }),
  );
  const { stderr } = await alipass(['keys', 'inspect', file, '--lang', 'zh'], { secrets: ['wrong'] });
  expect(stderr).toContain(`${file} 的密码：\n错误  密码不能解开 ${file}`);
});

describe('help in Chinese fits 80 columns, each explanation below the one before', async () => {
  const paths = withDescendants(await readCatalog()).map(({ path }) => path);

  it.each(paths)('alipass %s --help', async path => {
    const args = [...path.split(' '), '--help', '--lang', 'zh'].filter(Boolean);
    const { code, stdout } = await alipass(args, { columns: 80 });
    expect(code).toBe(0);
    const [help] = stdout.split('\n示例：\n');
    const wide = help!.split('\n').filter(line => displayWidth(line) > 80 && !line.startsWith('  .'));
    expect(wide).toEqual([]);
  });
});
