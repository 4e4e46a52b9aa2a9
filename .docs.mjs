// Writes what is generated from the program's own declarations: `npm run docs` the marked tables of README.md, README.zh-CN.md and
// docs/, docs/reference.md, and the list of man pages in package.json; with `man`, as the build asks, the man pages into dist/man.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { build } from 'rolldown';
import { MANUAL } from './.rolldown.mjs';

const root = dirname(fileURLToPath(import.meta.url));
await build(MANUAL);
const { fillMarkers, loadPhrasebook, manFiles, manPages, readCatalog, referencePage } = createRequire(
  import.meta.url,
)('./build/manual/index.js');
const program = await readCatalog();

if (process.argv[2] === 'man') writeManPages();
else await writePages();

function writeManPages() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const epochMs = Number(process.env.SOURCE_DATE_EPOCH) * 1000 || Date.now();
  const date = new Date(epochMs).toISOString().slice(0, 10);
  mkdirSync(join(root, 'dist/man'), { recursive: true });
  for (const [name, text] of manPages(program, { version, date }))
    writeFileSync(join(root, 'dist/man', name), text);
}

async function writePages() {
  const docs = readdirSync(join(root, 'docs')).filter(
    name => name.endsWith('.md') && name !== 'reference.md',
  );
  const inChinese = 'README.zh-CN.md';
  const page = readFileSync(join(root, inChinese), 'utf8');
  await writePage(inChinese, fillMarkers(page, program, await loadPhrasebook('zh')));
  for (const path of ['README.md', ...docs.map(name => `docs/${name}`)]) {
    const page = readFileSync(join(root, path), 'utf8');
    if (page.includes('<!-- generated: ')) await writePage(path, fillMarkers(page, program));
  }
  await writePage('docs/reference.md', referencePage(program));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  manifest.man = manFiles(program);
  await writePage('package.json', JSON.stringify(manifest));
}

async function writePage(path, text) {
  const file = join(root, path);
  const config = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...config, filepath: file }));
}
