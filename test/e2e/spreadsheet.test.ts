import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { AWKWARD_USER } from '../../src/sandbox/dataset';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

type Row = Readonly<Record<string, string>>;

const LISTING = [
  'list',
  '--sandbox',
  '--user',
  AWKWARD_USER,
  '--group',
  'voucher',
  '--shops',
  '--city',
  '310100',
  '-o',
];
/** As its import dialog says it: commas, quotes, UTF-8, from the first line, special numbers found. */
const IMPORT = 'CSV:44,34,76,1,,0,false,true';
const EXPORT = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false';
/** Keys are made once. */
const configDirectory = temporaryDirectory();
const hasLibreOffice = spawnSync('soffice', ['--version']).status === 0;

/** Opens a file in LibreOffice and saves it in another format, in a directory of its own. */
function convert(file: string, format: string, extension: string): string {
  const directory = temporaryDirectory();
  const settings = `-env:UserInstallation=${pathToFileURL(join(directory, 'settings'))}`;
  const args = [
    settings,
    '--headless',
    `--infilter=${IMPORT}`,
    '--convert-to',
    format,
    '--outdir',
    directory,
  ];
  spawnSync('soffice', [...args, file]);
  return readFileSync(join(directory, `passes.${extension}`), 'utf8');
}

/** What a spreadsheet is to show of a text: formulas behind their apostrophe, line breaks in its own way. */
function shown(text: string): string {
  return text.replace(/^[=+\-@\t\n]/, "'$&").replaceAll(/\r\n?/g, '\n');
}

describe.runIf(hasLibreOffice)('list -o csv --excel in LibreOffice', () => {
  it('shows every cell of the awkward user as it is, and computes nothing but the texts of ids', async () => {
    const file = join(temporaryDirectory(), 'passes.csv');
    await alipass([...LISTING, 'csv', '--excel', '--output', file], { configDirectory });
    const rows: Row[] = parse((await alipass([...LISTING, 'csv'], { configDirectory })).stdout, {
      columns: true,
    });
    const opened: Row[] = parse(convert(file, EXPORT, 'csv'), { columns: true });
    expect(opened).toEqual(
      rows.map(row => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, shown(text)]))),
    );
    const formulas = [...convert(file, 'fods', 'fods').matchAll(/table:formula="([^"]*)"/g)];
    expect(formulas.length).toBeGreaterThan(rows.length);
    for (const [, formula] of formulas) expect(formula).toMatch(/^of:=&quot;[\w.]+&quot;$/);
  }, 60_000);
});
