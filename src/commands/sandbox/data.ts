import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { parseWord } from '../../parse';
import type { DataFormat } from '../../sandbox/data-text';
import type { GeneratorOrder } from '../../sandbox/generator';
import type { DataRow } from '../../sandbox/pass-rules';
import type { CommandDeclaration, Verb } from '../command';
import { TALK_FLAGS } from '../flags';
import { GENERATOR_FLAGS, type GeneratorFlags, generatorOf, PRINTED } from './dataset-flags';

/** All that `sandbox data` needs to know. */
export interface DataOptions {
  readonly format: DataFormat;
  /** What to generate; the sample when undefined. */
  readonly order: GeneratorFlags | undefined;
}

const FORMATS = ['json', 'ndjson', 'csv'] as const satisfies readonly DataFormat[];

/** Most rows of JSON: `--data` reads it as one text, of a limited size. */
const MAX_JSON_ROWS = 50_000;

export const data: Verb & CommandDeclaration = {
  name: 'data',
  summary: 'print passes as a file to edit and to serve with --data',
  flags: [
    {
      syntax: '-o, --format <word>',
      help: `${FORMATS.join(', ')} (default: json)`,
      heading: 'Output',
    },
    ...GENERATOR_FLAGS,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass sandbox data > shop.json', does: 'a sample to edit' },
    {
      line: 'alipass sandbox data --users 10 --passes 50 -o csv > shop.csv',
      does: 'generated passes, for a spreadsheet',
    },
  ],
  run: async (context, { flags }) =>
    runData(context, {
      format: parseWord('--format', (flags['format'] as string | undefined) ?? 'json', FORMATS),
      order: await generatorOf(flags, PRINTED),
    }),
};

const BLOCK_CHARACTERS = 64 * 1024;

/** Prints the rows as they are made. @throws usage `sandbox.too_many_rows` before anything is printed */
export async function runData(context: Context, { format, order }: DataOptions): Promise<number> {
  const { formatRows } = await import('../../sandbox/data-text');
  const { sampleRows } = await import('../../sandbox/sample-rows');
  const rows = order
    ? await generate(format, { ...order, startMs: context.now() })
    : sampleRows(context.now());
  let block = '';
  for (const text of formatRows(format, rows)) {
    context.signal.throwIfAborted();
    block += text;
    if (block.length < BLOCK_CHARACTERS) continue;
    await context.stdout.write(block);
    block = '';
  }
  await context.stdout.write(block);
  return EXIT.done;
}

async function generate(format: DataFormat, order: GeneratorOrder): Promise<Iterable<DataRow>> {
  const [{ countGeneratedRows, generatedRows }, { MAX_ROWS }] = await Promise.all([
    import('../../sandbox/sample-rows'),
    import('../../sandbox/data-lines'),
  ]);
  const [rows, most] = [countGeneratedRows(order), format === 'json' ? MAX_JSON_ROWS : MAX_ROWS];
  if (rows > most) throw tooMany(format, rows, most, MAX_ROWS);
  return generatedRows(order);
}

function tooMany(format: DataFormat, rows: number, most: number, mostOfLines: number): AlipassError {
  const message = `That makes ${rows} passes; a file of ${format} may hold ${most}`;
  const other = format === 'json' && rows <= mostOfLines ? 'Ask for -o ndjson or fewer' : 'Ask for fewer';
  return new AlipassError('usage', 'sandbox.too_many_rows', message, {
    hint: `${other}, or serve them without a file: alipass sandbox serve --users … --passes …`,
  });
}
