// Preloaded into what is measured (NODE_OPTIONS=--require): leaves what the process used in the file USAGE_FILE.
'use strict';
process.once('exit', () => {
  require('node:fs').writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage()));
});
