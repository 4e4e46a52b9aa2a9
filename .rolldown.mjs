// How dist/ is made: a small file to start with (main), one for whatever calls a gateway, Commander included
// (call), and one each for what only some calls need: a format, the sandbox, a spinner. Reading and compiling code
// is most of a start-up, so what is not used is not read. CommonJS starts faster than ES modules.
const CALL = new RegExp(
  [
    'node_modules/commander/',
    'src/(gateway|passes|profile|protocol)/',
    'src/(abort|nearness|parse|program)\\b',
    'src/commands/(command|connect|converse|flags|list|listing|private-key)\\b',
    'src/render/(format|json|phrases|words)\\.',
    'src/terminal/(conversation|progress|safe-text|style)\\b',
  ].join('|'),
);
/** Parts of those layers that most calls do without. */
const RARE = new RegExp(
  [
    'src/gateway/(answer-reader|certificate-trust|diagnosis|pace|pool-transport|recording)\\b',
    'src/passes/(changes|contract|evidence|expectations|filter|find|mask|queries|refine|sort|summary)\\b',
    'src/profile/(certificate-keeper|lock)\\b',
    'src/protocol/(certificate|der|distinguished-name|key-form|near-codes|suspects|verdict)\\b',
  ].join('|'),
);

/** The sandbox as `--sandbox` has it, in one file: without port, faults, log, and data of one's own. */
const OPEN_SANDBOX =
  /src\/sandbox\/(?!call-log|control|data-|deliver|fault|generator|pass-rules|run|sample-rows|server|state-file)/;

const COMMON = {
  platform: 'node',
  // Its main file finds its parts by a require that no bundler sees through.
  resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
  preserveEntrySignatures: 'allow-extension',
  transform: { target: 'node20' },
};

const PROGRAM = {
  ...COMMON,
  input: 'src/main.ts',
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    exports: 'named',
    dynamicImportInCjs: false,
    minify: true,
    comments: { legal: true },
    chunkFileNames: '[name].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'call', test: id => CALL.test(id) && !RARE.test(id) },
        { name: 'open', test: OPEN_SANDBOX },
      ],
    },
  },
};

/** What `require('alipass/sandbox')` gives to tests: nothing of the program's own parts. */
const SANDBOX = {
  ...COMMON,
  // What only its own parts share is no part of its interface.
  preserveEntrySignatures: 'strict',
  input: 'src/start-sandbox.ts',
  output: { dir: 'dist/sandbox', format: 'cjs', exports: 'named', comments: { legal: true } },
};

/** What makes the documentation; it is not installed. */
export const MANUAL = {
  ...COMMON,
  input: 'src/manual/index.ts',
  output: { dir: 'build/manual', cleanDir: true, format: 'cjs', exports: 'named' },
};

export default [PROGRAM, SANDBOX];
