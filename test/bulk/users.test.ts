import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readUsers, surveyUsers, type UserList } from '../../src/bulk/users';
import { NumberSet } from '../../src/passes/number-set';
import { rejection } from '../helpers/refusal';

const A = '2088000000000001';
const B = '2088000000000002';
const C = '2088000000000003';

/** A list that comes in pieces of so many bytes. */
function listOf(bytes: string | Buffer, options: Partial<UserList> = {}, pieceBytes = Infinity): UserList {
  const whole = Buffer.from(bytes as string);
  async function* read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += pieceBytes) yield whole.subarray(at, at + pieceBytes);
  }
  return { name: 'users.txt', read, encoding: 'utf-8', ...options };
}

async function usersOf(list: UserList, seen = new NumberSet()): Promise<string[]> {
  const users: string[] = [];
  for await (const user of readUsers(list, undefined, seen)) users.push(user);
  return users;
}

/** `用户ID,姓名`, a user and a name, in GBK. */
const GBK = Buffer.concat([
  Buffer.from([0xd3, 0xc3, 0xbb, 0xa7, 0x49, 0x44, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a]),
  Buffer.from(`${A},`),
  Buffer.from([0xd5, 0xc5, 0xc8, 0xfd, 0x0a]),
]);

describe('readUsers', () => {
  it.each<[form: string, text: string | Buffer, options?: Partial<UserList>]>([
    ['an id a line', `${A}\n${B}\n${C}\n`],
    ['without a last line break', `${A}\n${B}\n${C}`],
    ['with CRLF', `${A}\r\n${B}\r\n${C}\r\n`],
    ['with CR', `${A}\r${B}\r${C}\r`],
    ['empty lines and remarks between', `# members\n\n${A}\n \n${B}\n#${C}\n${C}\n`],
    ['spaces and quotes around', ` ${A}\n"${B}"\n\t${C} \n`],
    ['a byte order mark', `\ufeff${A}\n${B}\n${C}\n`],
    ['repeated', `${A}\n${B}\n${A}\n${C}\n${B}\n`],
    ['CSV with user_id', `user_id,name\n${A},x\n${B},"a, b"\n${C},"line\nbreak"\n`],
    ['CSV with user_id elsewhere', `name,user_id\r\nx,${A}\r\ny,${B}\r\nz,${C}\r\n`],
    ['CSV of that column alone', `user_id\n${A}\n${B}\n${C}\n`],
    ['CSV with quotes all over', `"name","user_id"\n"x","${A}"\n"y","${B}"\n"z","${C}"\n`],
    ['CSV with a byte order mark', `\ufeffuser_id,n\n${A},1\n${B},2\n${C},3\n`],
    ['CSV with another column', `id,member\n1,${A}\n2,${B}\n3,${C}\n`, { column: 'member' }],
    ['failures of an export', `user_id,code,message\n${A},X,"no ""way"""\n${B},X,\n${C},X,\n`],
    ['CSV with rows of other lengths', `user_id,n\n${A}\n${B},1,2\n${C},3\n`],
    ['CSV with empty cells', `n,user_id\n1,${A}\n2,\n3,${B}\n4,${C}\n`],
  ])('takes %s', async (_, text, options) => {
    for (const pieceBytes of [Infinity, 1, 7, 17]) {
      expect(await usersOf(listOf(text, options, pieceBytes))).toEqual([A, B, C]);
    }
  });

  it('takes CSV in GBK, with a column in Chinese', async () => {
    const list = listOf(GBK, { encoding: 'gbk', column: '用户ID' }, 3);
    expect(await usersOf(list)).toEqual([A]);
  });

  it('leaves out who is seen already, and takes up who comes', async () => {
    const seen = new NumberSet();
    seen.add(Number(B));
    expect(await usersOf(listOf(`${A}\n${B}\n${C}\n`), seen)).toEqual([A, C]);
    expect(seen.size).toBe(3);
  });

  it('leaves out what is no user id', async () => {
    expect(await usersOf(listOf(`${A}\nnobody\n20880000000000010\n${B}\n`))).toEqual([A, B]);
  });
});

describe('surveyUsers', () => {
  it('counts users and repetitions, and names by line what is none', async () => {
    const text = `${A}\n\n${A}\n123\n${B}\n2099000000000001\n 2.08800E+15\n`;
    expect(await surveyUsers(listOf(text, {}, 5), undefined)).toEqual({
      digest: createHash('sha256').update(text).digest('hex'),
      users: 2,
      repeated: 1,
      invalid: [
        { line: 4, text: '123' },
        { line: 6, text: '2099000000000001' },
        { line: 7, text: '2.08800E+15' },
      ],
    });
  });

  it('names the line of CSV in which a row ends', async () => {
    const text = `user_id,n\n${A},"two\nlines"\nnobody,2\n`;
    expect((await surveyUsers(listOf(text), undefined)).invalid).toEqual([{ line: 4, text: 'nobody' }]);
  });

  it('counts the users of a shard alone', async () => {
    const users = Array.from({ length: 100 }, (_, i) => String(2_088_000_000_000_000 + i));
    const list = listOf(users.join('\n'));
    const parts = await Promise.all(
      [1, 2, 3].map(async index => (await surveyUsers(list, { index, count: 3 })).users),
    );
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(Math.min(...parts)).toBeGreaterThan(0);
  });

  it.each<[what: string, text: string | Buffer, options: Partial<UserList>, says: string]>([
    ['an empty list', '', {}, 'holds no user id'],
    ['a list of something else', 'alpha\nbeta\n', {}, 'line 1 has "alpha"'],
    [
      'a column that is not there',
      `id\n${A}\n`,
      { column: 'member' },
      'has no column "member"; its header has "id"',
    ],
    ['CSV with an open quote', `user_id\n"${A}\n`, {}, 'is no CSV'],
    ['GBK that is said to be UTF-8', GBK, {}, 'users.txt is not in utf-8'],
  ])('refuses %s', async (_, text, options, says) => {
    const error = await rejection(surveyUsers(listOf(text, options), undefined));
    expect(error.kind).toBe('usage');
    expect(error.message).toContain(says);
  });

  it('refuses a list of which a hundred thousand lines are no ids', async () => {
    const error = await rejection(surveyUsers(listOf(`${A}\n${'x\n'.repeat(100_001)}`), undefined));
    expect(error.code).toBe('users.invalid');
  });

  it.each([
    ['at its head', ''],
    ['further down', `${A}\n`],
  ])('refuses a line that no list has, %s, without reading on', async (_, before) => {
    const json = `["${A}","${B}"],`.repeat(1 + 1_000_000 / 40);
    const error = await rejection(surveyUsers(listOf(before + json, {}, 65_536), undefined));
    expect(error).toMatchObject({ code: 'users.invalid', kind: 'usage' });
    expect(error.message).toContain('a line of more than 1000000 characters');
  });

  it('takes a long line for what it is', async () => {
    const json = `["${A}","${B}"],`.repeat(10_000);
    const error = await rejection(surveyUsers(listOf(json, {}, 65_536), undefined));
    expect(error.code).toBe('users.none');
  });

  it('asks for the column where CSV is taken for lines', async () => {
    const error = await rejection(surveyUsers(listOf(`会员ID,name\n${A},x\n`), undefined));
    expect(error.hint).toBe(
      'If it is CSV, --users-column says which of its columns has the ids: "会员ID", "name".',
    );
  });

  it('suggests the column that was meant', async () => {
    const error = await rejection(surveyUsers(listOf(`user-id\n${A}\n`, { column: 'userid' }), undefined));
    expect(error.hint).toBe('Did you mean user-id?');
  });
});
