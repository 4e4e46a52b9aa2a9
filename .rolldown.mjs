// How dist/ is made: one file to start with (main: Commander and the verbs' names), one for whatever calls a
// gateway (call), and one each for what only some calls need: a format, the sandbox, a spinner. Reading and
// compiling code is most of a start-up, so what is not used is not read. CommonJS starts faster than ES modules.
const CALL =
  /src\/(gateway|protocol|passes|profile|parse|commands\/(connect|converse|flags|list|private-key)|render\/(format|json)|terminal\/(conversation|progress|safe-text|style))\b/;
/** Parts of those layers that most calls do without. */
const RARE =
  /src\/(gateway\/(certificate-trust|diagnosis)|profile\/certificate-keeper|protocol\/(certificate|der|distinguished-name|explanations|key-form|near-codes|recover|request-suspects))\b/;

export default {
  input: 'src/main.ts',
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  transform: { target: 'node20' },
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
      groups: [{ name: 'call', test: id => CALL.test(id) && !RARE.test(id) }],
    },
  },
};
