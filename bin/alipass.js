#!/usr/bin/env node
'use strict';
// Node 22 and later keep the compiled code for the next start. This is node:module, without loading it.
module.constructor.enableCompileCache?.();

const { createContext, main } = require('../dist/main.js');

// Never process.exit: on a pipe that would cut the output short.
main(process.argv.slice(2), createContext(process)).then(code => {
  process.exitCode = code;
});
