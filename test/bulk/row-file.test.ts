import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readState } from '../../src/bulk/journal';
import { jobFiles, openRowFile, type RowFile } from '../../src/bulk/row-file';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const JOB = { began_at_ms: 1, job: { '--group': 'card' }, users: 3 };
const START = 'user_id,券\n';
const user = (i: number): string => `208800000000000${i}`;

function outputPath(): string {
  return join(temporaryDirectory(), 'out.csv');
}

async function openAt(output: string, start = START): Promise<RowFile> {
  return openRowFile(output, await readState(jobFiles(output).journal), JOB, start);
}

async function addRows(file: RowFile, name: string, texts: readonly string[]): Promise<void> {
  const spool = file.spool();
  for (const text of texts) await spool.add(text);
  await file.done(name, texts.length, spool, () => {});
}

describe('openRowFile', () => {
  it('writes rows behind the start, and puts the file in its place at the end alone', async () => {
    const output = outputPath();
    const file = await openAt(output);
    await addRows(file, user(1), ['a\n', 'b\n']);
    await addRows(file, user(2), []);
    expect(existsSync(output)).toBe(false);
    await file.finish({ done: 2, failed: 0 });
    expect(readFileSync(output, 'utf8')).toBe(`${START}a\nb\n`);
    expect(readdirSync(join(output, '..')).toSorted()).toEqual(['out.csv', 'out.csv.journal']);
  });

  it('keeps a journal of who is done and who failed', async () => {
    const output = outputPath();
    const file = await openAt(output);
    await addRows(file, user(1), ['票\n']);
    await file.failed(user(2), 'SYSTEM_ERROR');
    await file.finish({ done: 1, failed: 1 });
    const start = Buffer.byteLength(START);
    expect(
      readFileSync(jobFiles(output).journal, 'utf8')
        .trim()
        .split('\n')
        .map(it => JSON.parse(it) as object),
    ).toEqual([
      { schema: 'alipass.export/1', ...JOB, start },
      { user: user(2), failed: 'SYSTEM_ERROR' },
      { user: user(1), rows: 1, end: start + 4 },
      { finished: true, done: 1, failed: 1 },
    ]);
  });

  it('goes on behind what is in both files', async () => {
    const output = outputPath();
    const first = await openAt(output);
    await addRows(first, user(1), ['a\n']);
    await first.close();
    const state = await readState(jobFiles(output).journal);
    expect(state).toMatchObject({ head: JOB, rows: 1, finished: false });
    expect(state!.done.has(Number(user(1)))).toBe(true);
    const second = await openAt(output, 'never written');
    await addRows(second, user(2), ['b\n']);
    await second.finish({ done: 2, failed: 0 });
    expect(readFileSync(output, 'utf8')).toBe(`${START}a\nb\n`);
  });

  it.each([
    ['rows that no line counts', (output: string) => appendFileSync(jobFiles(output).partial, 'torn')],
    [
      'a line that was cut off',
      (output: string) => appendFileSync(jobFiles(output).journal, `{"user":"${user(2)}","rows":1,"e`),
    ],
    [
      'rows of a user that went to a file',
      (output: string) => writeFileSync(`${jobFiles(output).spill}7`, 'x'),
    ],
  ])('cuts off %s', async (_, spoil) => {
    const output = outputPath();
    const first = await openAt(output);
    await addRows(first, user(1), ['a\n']);
    await first.close();
    spoil(output);
    const second = await openAt(output);
    await addRows(second, user(2), ['b\n']);
    await second.finish({ done: 2, failed: 0 });
    expect(readFileSync(output, 'utf8')).toBe(`${START}a\nb\n`);
    expect((await readState(jobFiles(output).journal))!.done.size).toBe(2);
    expect(readdirSync(join(output, '..')).toSorted()).toEqual(['out.csv', 'out.csv.journal']);
  });

  it('begins anew where not even the head of a journal came to the disk', async () => {
    const output = outputPath();
    writeFileSync(jobFiles(output).partial, 'torn');
    writeFileSync(jobFiles(output).journal, '{"schema":"alipass.exp');
    const file = await openAt(output);
    await addRows(file, user(1), ['a\n']);
    await file.finish({ done: 1, failed: 0 });
    expect(readFileSync(output, 'utf8')).toBe(`${START}a\n`);
  });

  it('keeps rows beyond a megabyte in a file until their user is done', async () => {
    const output = outputPath();
    const file = await openAt(output, '');
    const texts = Array.from({ length: 40 }, (_, i) => `${String(i).padEnd(100_000, '票')}\n`);
    await addRows(file, user(1), texts);
    await addRows(file, user(2), ['b\n']);
    await file.finish({ done: 2, failed: 0 });
    expect(readFileSync(output, 'utf8')).toBe(`${texts.join('')}b\n`);
    expect(readdirSync(join(output, '..'))).toHaveLength(2);
  });

  it('refuses to go on where rows are gone that the journal counts', async () => {
    const output = outputPath();
    const first = await openAt(output);
    await addRows(first, user(1), ['a\n']);
    await first.close();
    truncateSync(jobFiles(output).partial, Buffer.byteLength(START) + 1);
    expect(await rejection(openAt(output))).toMatchObject({ kind: 'config', code: 'job.lost' });
  });

  it.each([
    ['{"schema":"alipass.export/2"}\n'],
    ['{"user":"1","rows":1,"end":1}\n'],
    ['no JSON\n'],
    ['null\n'],
    ['{"schema":"alipass.export/1"}\n'],
    [`${JSON.stringify({ schema: 'alipass.export/1', ...JOB, start: 0, job: { '--group': 1 } })}\n`],
    [
      `${JSON.stringify({ schema: 'alipass.export/1', ...JOB, start: 0 })}\n{"user":"nobody","rows":1,"end":1}\n`,
    ],
    [
      `${JSON.stringify({ schema: 'alipass.export/1', ...JOB, start: 0 })}\n{"user":"${user(1)}","rows":1,"end":"1"}\n`,
    ],
    [`${JSON.stringify({ schema: 'alipass.export/1', ...JOB, start: 0 })}\nno JSON\n{"finished":true}\n`],
  ])('refuses what is no journal: %j', async text => {
    const output = outputPath();
    writeFileSync(jobFiles(output).journal, text);
    expect(await rejection(openAt(output))).toMatchObject({ kind: 'config', code: 'journal.broken' });
  });

  it('says why it can’t write', async () => {
    const output = join(temporaryDirectory(), 'nowhere', 'out.csv');
    const error = await rejection(openRowFile(output, undefined, JOB, ''));
    expect(error).toMatchObject({ kind: 'config', code: 'output.unwritable' });
    expect(error.message).toContain('there is no such directory');
  });
});
