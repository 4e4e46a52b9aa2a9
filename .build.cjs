// Makes dist/: rolldown bundles as .rolldown.mjs says; then V8 compiles dist/call.js, the file that every call reads,
// and runs a listing with it. What it compiled is kept beside the file and read back at each start, which saves some
// 7 of 60 ms. Node 22 does as much by itself (see bin/alipass.js), Node 20 does not. Another V8 than the one that built
// refuses the code and compiles anew.
'use strict';
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Script } = require('node:vm');

const dist = join(__dirname, 'dist');
const file = join(dist, 'call.js');
const body = join(dist, 'call.body.js');

/** Stands where call.js stood. */
const LOADER = `'use strict';
const { readFileSync } = require('fs');
const { Script } = require('vm');
const filename = __dirname + '/call.body.js';
let cachedData;
try {
  cachedData = readFileSync(filename + '.cache');
} catch {}
const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData });
script.runInThisContext().call(exports, exports, require, module, filename, __dirname);
`;

async function build() {
  const [rolldown, { default: bundles }] = await Promise.all([import('rolldown'), import('./.rolldown.mjs')]);
  for (const bundle of bundles) await rolldown.build(bundle);
  const wrapped = Module.wrap(readFileSync(file, 'utf8'));
  const script = new Script(wrapped, { filename: body });
  const load = require.extensions['.js'];
  require.extensions['.js'] = (module, filename) => {
    if (filename !== file) return load(module, filename);
    const { exports } = module;
    const requireFrom = id => module.require(id);
    return script.runInThisContext().call(exports, exports, requireFrom, module, body, dist);
  };
  await listOnce();
  writeFileSync(body, wrapped);
  writeFileSync(`${body}.cache`, script.createCachedData());
  writeFileSync(file, LOADER);
}

/** What a listing uses is compiled by now, and so is kept. */
async function listOnce() {
  const { createContext, main } = require(join(dist, 'main.js'));
  const configDirectory = mkdtempSync(join(tmpdir(), 'alipass-build-'));
  const stdout = { isTTY: false, columns: Infinity, write: async () => {} };
  const context = { ...createContext(process), configDirectory, stdout };
  const line = ['list', '--sandbox', '--user', '2088888888888888', '--group', 'voucher', '-o', 'json'];
  const code = await main(line, context);
  rmSync(configDirectory, { recursive: true });
  if (code !== 0) throw new Error(`a listing ended with ${code}`);
}

build();
