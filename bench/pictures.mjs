// Runs verbs in a real terminal of a given width and keeps what it shows: as text with its ANSI codes in
// build/pictures, for looking at, and the best as SVG in docs/pictures. The sandbox answers, at a clock that stands
// still, so the pictures change only when the program does. Needs tmux. Usage: node bench/pictures.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { drawSvg } from './ansi-svg.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'alipass-pictures-'));
const captures = here('../build/pictures');
const kept = here('../docs/pictures');
for (const it of [captures, kept]) mkdirSync(it, { recursive: true });

const HOLDER = '--sandbox --user 2088888888888888';
const VERBS = {
  list: `list ${HOLDER} --group voucher`,
  past: `list ${HOLDER} --group ticket --time past`,
  show: `show 7000790003 ${HOLDER} --group voucher`,
  summary: `summary ${HOLDER}`,
};
const WIDTHS = [40, 80, 140];
const LANGUAGES = ['en', 'zh'];
const COLOURS = { dark: '', plain: 'NO_COLOR=1' };
const KEPT = new Set([
  'list-140-en-dark',
  'list-80-zh-dark',
  'show-80-en-dark',
  'summary-80-en-dark',
  'summary-80-zh-dark',
]);
const HEIGHT = 80;
const PATIENCE_MS = 20_000;

const tmux = (...args) =>
  execFileSync('tmux', ['-S', join(directory, 'tmux'), '-f', '/dev/null', ...args], { encoding: 'utf8' });

/** What a terminal of `columns` shows once the command line has ended. */
async function capture(line, columns, variables) {
  const done = join(directory, 'done');
  rmSync(done, { force: true });
  const env = `LANG=C.UTF-8 ALIPASS_CONFIG_DIR='${directory}' NODE_OPTIONS='--require=${here('still-clock.cjs')}' ${variables}`;
  const command = `printf '$ alipass ${line}\\n'; env -u CI ${env} node '${here('../bin/alipass.js')}' ${line}; touch '${done}'; sleep 60`;
  tmux('-u', 'new-session', '-d', '-s', 'picture', '-x', String(columns), '-y', String(HEIGHT), command);
  try {
    for (let waited = 0; !existsSync(done); waited += 50) {
      if (waited > PATIENCE_MS) throw new Error(`no end of alipass ${line}`);
      await setTimeout(50);
    }
    return `${tmux('capture-pane', '-p', '-e', '-t', 'picture').trimEnd()}\n`;
  } finally {
    tmux('kill-session', '-t', 'picture');
  }
}

try {
  for (const [verb, words] of Object.entries(VERBS)) {
    for (const columns of WIDTHS) {
      for (const language of LANGUAGES) {
        for (const [colour, variable] of Object.entries(COLOURS)) {
          const name = `${verb}-${columns}-${language}-${colour}`;
          const line = language === 'en' ? words : `${words} --lang ${language}`;
          const text = await capture(line, columns, variable);
          writeFileSync(join(captures, `${name}.txt`), text);
          if (KEPT.has(name))
            writeFileSync(join(kept, `${name}.svg`), drawSvg(text, columns, `alipass ${line}`));
        }
      }
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
