import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { ClosedPipe } from '../../src/terminal/terminal';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { servePasses } from '../helpers/passes-gateway';

const ID = '20171115011040030100030000009952';
const HOSTILE = '\u001b[2J\u202egnp\u200b<b>|a\nb `c`';
const USER = '2088102122458832';
const PASSES = [
  { pass_id: '70', mechant_name: HOSTILE, item_id: ID, status: 'can_use', end_date: '2026-12-01 00:00:00' },
  {
    pass_id: '1',
    mechant_name: "=cmd|' /C calc'!A0",
    item_id: '0012',
    status: 'used',
    end_date: '2026-11-24 00:00:00',
  },
  {
    pass_id: '2',
    mechant_name: '盒马😀',
    status: 'can_use',
    data_info: `{"owner":${USER},"n":${ID},"a.b":"x","\\u001b[2J":1}`,
    ext_info: 'no JSON',
  },
];

const list = (args: readonly string[], world: World = {}, failAt = Infinity): Promise<Outcome> =>
  alipass(['list', '--user', USER, '--group', 'voucher', '--page-size', '2', ...args], {
    ...servePasses(PASSES, failAt),
    ...world,
  });

/** The same, with stdout byte for byte. */
async function listBytes(args: readonly string[]): Promise<Outcome & { bytes: Buffer }> {
  let bytes = Buffer.alloc(0);
  const outcome = await list(args, { onBytes: written => (bytes = Buffer.from(written)) });
  return { ...outcome, bytes };
}

const idsOf = (stdout: string): string[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map(line => (JSON.parse(line) as { pass_id: string }).pass_id);

describe('list finds over the whole listing', () => {
  it.each([
    [
      ['--status', 'can_use'],
      ['70', '2'],
    ],
    [['--status', 'can_use', '--limit', '1'], ['70']],
    [
      ['--sort', 'pass_id'],
      ['1', '2', '70'],
    ],
    [
      ['--sort', '-pass_id', '--limit', '2'],
      ['70', '2'],
    ],
    [
      ['--sort', 'end_date'],
      ['1', '70', '2'],
    ],
    [['--merchant', '盒马'], ['2']],
    [['--item', ID], ['70']],
    [['--expiring-within', '9d'], ['70']],
    [['--valid-at', '2026-11-30'], ['70']],
  ])('%j: %j', async (flags, ids) => {
    const { code, stdout } = await list([...flags, '-o', 'ndjson']);
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(ids);
  });

  it('sorts what came before a later page failed, and ends with the failure', async () => {
    const { code, stdout } = await list(['--sort', 'pass_id', '-o', 'ndjson'], {}, 2);
    expect(code).toBe(5);
    expect(idsOf(stdout)).toEqual(['1', '70']);
  });

  it('says that the filters left nothing of what came', async () => {
    const { code, stderr } = await list(['--status', 'closed']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^None of 3 current passes in group voucher of user \d+ is wanted by the filters\.\n$/,
    );
  });
});

describe('list --columns and --expand', () => {
  it('takes names within JSON, every digit kept', async () => {
    const { stdout } = await list(['--columns', 'pass_id,data_info.n', '-o', 'csv']);
    expect(stdout).toBe(`pass_id,data_info.n\n70,\n1,\n2,${ID}\n`);
  });

  it('makes a column of each name, with dots or not, and keeps what is no JSON', async () => {
    const { stdout } = await list(['--expand', '-o', 'csv']);
    const [, , row] = parse<Record<string, string>>(stdout, { columns: true });
    expect(row).toMatchObject({ 'data_info.n': ID, 'data_info.a.b': 'x', ext_info: 'no JSON' });
  });

  it('lets a name from the gateway do nothing in a title', async () => {
    for (const format of ['table', 'markdown']) {
      const { stdout } = await list(['--expand', '-o', format, '--wide']);
      expect(stdout).toContain('u{1b}');
      expect(stdout).not.toContain('\u001b');
    }
  });

  it('refuses an unknown field with the one that was meant', async () => {
    const { code, stderr } = await list(['--columns', 'passid']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--columns "passid".*\n {2}try {2}Did you mean pass_id\?/s);
  });

  it.each([
    ['table', 0],
    ['csv', 0],
    ['json', 2],
    ['ndjson', 2],
    ['markdown', 2],
  ])('takes --no-header for %s with exit %i', async (format, exit) => {
    const { code, stdout } = await list(['--no-header', '-o', format]);
    expect(code).toBe(exit);
    expect(stdout).not.toMatch(/Pass ID|pass_id/);
  });
});

describe('list --query', () => {
  const IDS = '[].pass_id';
  it.each([
    ['json', IDS, '[\n"70",\n"1",\n"2"\n]\n'],
    ['json', 'length(@)', '3\n'],
    ['json', '[9]', 'null\n'],
    ['json', '[9:]', '[]\n'],
    ['ndjson', IDS, '"70"\n"1"\n"2"\n'],
    ['ndjson', 'length(@)', '3\n'],
    ['csv', IDS, '70\n1\n2\n'],
    ['csv', '[].{id:pass_id,"a,b":status}', 'id,"a,b"\n70,can_use\n1,used\n2,can_use\n'],
    ['csv', '[].[pass_id,item_id]', `70,${ID}\n1,0012\n2,\n`],
    ['table', 'length(@)', '3\n'],
    ['table', IDS, '70\n1\n2\n'],
    ['table', '[0].mechant_name', '\\u{1b}[2J\\u{202e}gnp\\u{200b}<b>|a\\nb `c`\n'],
    ['markdown', "[?pass_id=='1'].{id:pass_id}", '| id  |\n| --- |\n| 1   |\n'],
  ])('as %s: %s', async (format, query, expected) => {
    expect(await list(['--query', query, '-o', format])).toMatchObject({ code: 0, stdout: expected });
  });

  it('asks what is left after filters, order and opening', async () => {
    const { stdout } = await list([
      '--status',
      'can_use',
      '--sort',
      'pass_id',
      '--expand',
      '--query',
      '[].data_info.n',
      '-o',
      'csv',
    ]);
    expect(stdout).toBe(`${ID}\n`);
  });

  it('answers nothing when a later page fails: a part would give another answer', async () => {
    expect(await list(['--query', 'length(@)'], {}, 2)).toMatchObject({ code: 5, stdout: '' });
  });
});

describe('list refuses before any call', () => {
  it.each([
    [['--query', '[?'], /--query is not JMESPath: it ends too early, at character 3/],
    [['--query', '@', '--columns', 'pass_id'], /--query and --columns both choose/],
    [['--excel'], /--excel is for CSV/],
    [['--encoding', 'gbk', '-o', 'json'], /--encoding is for CSV/],
    [['--encoding', 'big5', '-o', 'csv'], /--encoding "big5" must be one of utf-8, gb18030, gbk/],
    [['--wide', '-o', 'csv'], /--wide is for tables; csv cuts nothing/],
    [['--raw', '-o', 'json'], /--raw prints lines of JSON: leave --format \\*"json\\*" out/],
    [['--raw', '--columns', 'pass_id'], /so --columns does not go with it/],
    [['--raw', '--status', 'used'], /so --status does not go with it/],
    [['--raw', '--valid-at', '2026-01-01'], /so --valid-at does not go with it/],
    [['--raw', '--mask'], /so --mask does not go with it/],
    [['--raw', '--query', '@'], /so --query does not go with it/],
    [['--output', ''], /--output "" must be the path of a file/],
    [['--output', '/nowhere/at/all'], /can’t be written: there is no such directory/],
    [['--output', '/'], /can’t be written: it is a directory/],
  ])('%j', async (flags, words) => {
    let calls = 0;
    const transport = async (): Promise<never> => {
      calls++;
      throw new Error('called');
    };
    const { code, stdout, stderr } = await list(flags, { transport });
    expect([2, 3]).toContain(code);
    expect({ stdout, calls }).toEqual({ stdout: '', calls: 0 });
    expect(stderr).toMatch(words);
  });
});

describe('list for people and for programs', () => {
  it.each([['table'], ['table', '--wide'], ['markdown'], ['markdown', '--wide']])(
    'lets hostile text do nothing in %s %s',
    async (format, ...flags) => {
      for (const world of [{}, { columns: 200, env: { ...servePasses([]).env, CI: '1', NO_COLOR: '1' } }]) {
        const { stdout } = await list(['-o', format, ...flags], world);
        expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(stdout).toContain('u{202e}gnp');
      }
    },
  );

  it.each([['json'], ['csv'], ['ndjson']])('keeps it in %s', async format => {
    const { stdout } = await list(['-o', format, '--limit', '1']);
    const read =
      format === 'csv'
        ? parse<Record<string, string>>(stdout, { columns: true })[0]
        : (JSON.parse(format === 'json' ? stdout : stdout) as { passes?: Record<string, string>[] });
    const pass = 'passes' in read! ? (read.passes as Record<string, string>[])[0] : read;
    expect(pass).toMatchObject({ mechant_name: HOSTILE });
  });

  it('escapes Markdown and HTML, and keeps a row on its line', async () => {
    const { stdout } = await list(['-o', 'markdown', '--columns', 'mechant_name,status']);
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toContain('&lt;b&gt;\\|a<br>b \\`c\\`');
    expect(lines[3]).toContain("=cmd\\|' /C calc'!A0");
  });

  it('--wide shows every column, cuts nothing, and lines up', async () => {
    const long = '长'.repeat(300);
    const world = {
      ...servePasses([{ pass_id: '1', logo_text: long, end_date: '2026-12-01 00:00:01' }]),
      columns: 60,
    };
    const { stdout } = await list(['--wide', '--color', 'never', '--no-pager'], world);
    for (const shown of [long, '00:00:01', 'Extension', 'Shops', 'Pass data'])
      expect(stdout).toContain(shown);
    const widths = stdout
      .split('\n')
      .slice(0, -1)
      .map(line => [...line].reduce((sum, it) => sum + (/[\u2e80-\uffee]/.test(it) ? 2 : 1), 0));
    expect(new Set(widths).size).toBe(1);
  });
});

describe('list -o csv for spreadsheets', () => {
  it('--excel: BOM, CRLF, long ids and zeros whole, formulas inert', async () => {
    const { bytes } = await listBytes([
      '-o',
      'csv',
      '--excel',
      '--columns',
      'pass_id,mechant_name,item_id',
      '--sort',
      'pass_id',
      '--limit',
      '2',
    ]);
    expect(bytes.toString()).toBe(
      '\ufeffpass_id,mechant_name,item_id\r\n1,\'=cmd|\' /C calc\'!A0,"=""0012"""\r\n2,盒马😀,\r\n',
    );
  });

  it.each([
    [
      'gbk',
      'bad0c2ed3f',
      /warning {2}1 character in 1 pass has no code in gbk and stands as \?; --encoding gb18030/,
    ],
    ['gb18030', 'bad0c2ed9439fc36', /^$/],
    ['utf-8', Buffer.from('盒马😀').toString('hex'), /^$/],
  ])('--encoding %s', async (encoding, hex, words) => {
    const flags = ['--merchant', '盒马', '--columns', 'mechant_name', '--no-header'];
    const { code, bytes, stderr } = await listBytes(['-o', 'csv', '--encoding', encoding, ...flags]);
    expect(code).toBe(0);
    expect(bytes.toString('hex')).toBe(`${hex}0a`);
    expect(stderr).toMatch(words);
  });
});

describe('list --output', () => {
  const CSV = ['-o', 'csv', '--columns', 'pass_id'];
  const WHOLE = 'pass_id\n70\n1\n2\n';

  it('writes a new file with the mode of the umask, and nothing to stdout', async () => {
    const path = join(temporaryDirectory(), 'passes.csv');
    expect(await list([...CSV, '--output', path])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe(WHOLE);
    expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it('replaces a file, follows a symbolic link, and leaves no draft', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'kept'));
    const [target, link] = [join(directory, 'kept', 'old.csv'), join(directory, 'link.csv')];
    writeFileSync(target, 'old', { mode: 0o600 });
    symlinkSync(join('kept', 'old.csv'), link);
    await list([...CSV, '--output', link]);
    expect(readFileSync(target, 'utf8')).toBe(WHOLE);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect([readdirSync(directory), readdirSync(join(directory, 'kept'))]).toEqual([
      ['kept', 'link.csv'],
      ['old.csv'],
    ]);
  });

  it.each([1, 2])('leaves the old file as it is when page %i fails', async failAt => {
    const directory = temporaryDirectory();
    const path = join(directory, 'passes.csv');
    writeFileSync(path, 'old');
    expect((await list([...CSV, '--output', path], {}, failAt)).code).toBe(5);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(directory)).toEqual(['passes.csv']);
  });

  it.each(['-', '/dev/stdout', '/dev/fd/1'])('takes %s for stdout', async path => {
    expect(await list([...CSV, '--output', path])).toMatchObject({ code: 0, stdout: WHOLE });
  });

  it('writes a device as it is', async () => {
    expect(await list([...CSV, '--output', '/dev/null'])).toMatchObject({ code: 0, stdout: '' });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('list --mask', () => {
  const MASKED = '2088********8832';

  it.each([
    [['-o', 'json']],
    [['-o', 'ndjson']],
    [['-o', 'csv']],
    [['-o', 'csv', '--expand']],
    [['-o', 'markdown', '--wide']],
    [['--wide']],
    [['--query', '[].data_info', '-o', 'json']],
    [['--status', 'closed']],
  ])('leaves no whole user id with %j', async flags => {
    const { code, stdout, stderr } = await list(['--mask', ...flags], { columns: 500 });
    expect(code).toBe(0);
    expect(stdout + stderr).not.toMatch(/(?<!\d)2088\d{12}(?!\d)/);
    expect(stdout + stderr).toMatch(/2088(\\?\*){8}8832/);
  });

  it('keeps JSON within a pass JSON, and other long numbers whole', async () => {
    const { stdout } = await list(['--mask', '-o', 'json']);
    const { passes, meta } = JSON.parse(stdout) as {
      passes: { data_info: string }[];
      meta: { user_id: string };
    };
    expect(meta.user_id).toBe(MASKED);
    expect(JSON.parse(passes[2]!.data_info)).toMatchObject({ owner: MASKED });
    expect(passes[2]!.data_info).toContain(`"n":${ID}`);
  });

  it.each(['table', 'json'])('masks a failure under -o %s', async format => {
    const { code, stderr } = await list(['--mask', '-o', format], {}, 1);
    expect(code).toBe(5);
    expect(stderr).toContain(`not for ${MASKED}`);
    expect(stderr).not.toContain(USER);
  });

  it('masks what is listed and what is recorded', async () => {
    const path = join(temporaryDirectory(), 'session.ndjson');
    expect((await list(['--mask', '--record', path, '-o', 'json'])).stdout).toContain(MASKED);
    expect(readFileSync(path, 'utf8')).toContain(`\\"user_id\\":\\"${MASKED}\\"`);
    const replayed = await list(['--mask', '--replay', path, '-o', 'json']);
    expect(replayed.code).toBe(0);
    expect(replayed.stdout).toContain(MASKED);
  });
});

describe('list --raw', () => {
  const node = (passes: readonly object[]): string =>
    JSON.stringify({ code: '10000', msg: 'Success', pass_info_list: passes });

  it.each([[[]], [['-o', 'ndjson']]])('prints each verified node as it came with %j', async flags => {
    const { code, stdout } = await list(['--raw', ...flags]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${node(PASSES.slice(0, 2))}\n${node(PASSES.slice(2))}\n`);
  });

  it('prints what came before a failure', async () => {
    expect(await list(['--raw'], {}, 2)).toMatchObject({ code: 5, stdout: `${node(PASSES.slice(0, 2))}\n` });
  });
});

describe('list --fail-on-empty', () => {
  it.each([
    [['--status', 'closed', '-o', 'json'], 8, /^None of 3 current passes/],
    [['--status', 'used', '-o', 'json'], 0, /^$/],
    [['--query', '[9]', '-o', 'json'], 8, /^The query finds nothing among 3 current passes/],
    [['--query', "[?pass_id=='9']"], 8, /^The query finds nothing/],
    [['--query', 'length(@)'], 0, /^$/],
    [['--page', '9', '-o', 'csv'], 8, /^No current passes .* on page 9\.\n$/],
  ])('with %j ends in %i', async (flags, exit, words) => {
    const { code, stderr } = await list(['--fail-on-empty', ...flags]);
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
  });
});

describe('list and the pager', () => {
  const env = servePasses([]).env!;
  const paged = async (
    args: readonly string[],
    world: World = {},
  ): Promise<Outcome & { shown: string; commands: string[]; closed: number }> => {
    const seen = { shown: '', commands: [] as string[], closed: 0 };
    const startPager: NonNullable<World['startPager']> = async command => {
      seen.commands.push(command);
      return {
        isTTY: true,
        columns: 80,
        write: async text => void (seen.shown += text.toString()),
        close: async () => void seen.closed++,
      };
    };
    return { ...(await list(args, { columns: 80, startPager, ...world })), ...seen };
  };

  it.each([
    [{}, 'less -FRSX'],
    [{ PAGER: 'more' }, 'more'],
    [{ PAGER: 'more', ALIPASS_PAGER: 'most -s' }, 'most -s'],
  ])('with %j starts %s and closes it before the count', async (more, command) => {
    const { code, stdout, shown, commands, closed, stderr } = await paged([], { env: { ...env, ...more } });
    expect({ code, stdout, commands, closed }).toEqual({
      code: 0,
      stdout: '',
      commands: [command],
      closed: 1,
    });
    expect(shown).toContain('Pass ID');
    expect(stderr).toContain('3 current passes');
  });

  it.each<[string, string[], World]>([
    ['--no-pager', ['--no-pager'], {}],
    ['CI', [], { env: { ...env, CI: '1' } }],
    ['cat', [], { env: { ...env, PAGER: 'cat' } }],
    ['an empty ALIPASS_PAGER', [], { env: { ...env, ALIPASS_PAGER: '', PAGER: 'more' } }],
  ])('starts none with %s', async (_, flags, world) => {
    const { commands, stdout } = await paged(flags, world);
    expect(commands).toEqual([]);
    expect(stdout).toContain('Pass ID');
  });

  it('starts none where stdout is no terminal, or a file is written', async () => {
    const startPager = (): never => {
      throw new Error('started');
    };
    expect((await list([], { startPager })).code).toBe(0);
    const file = join(temporaryDirectory(), 'f');
    expect((await list(['--output', file], { startPager, columns: 80 })).code).toBe(0);
  });

  it('writes to the terminal itself when there is no such program', async () => {
    expect(await list([], { columns: 80 })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Pass ID') as string,
    });
  });

  it('ends quietly when the reader leaves', async () => {
    const startPager: NonNullable<World['startPager']> = async () => ({
      isTTY: true,
      columns: 80,
      write: () => Promise.reject(new ClosedPipe()),
      close: async () => {},
    });
    expect(await list(['-o', 'ndjson'], { columns: 80, startPager })).toMatchObject({ code: 0, stderr: '' });
  });
});
