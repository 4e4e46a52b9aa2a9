// Runs verbs in a real terminal of a given width and keeps what it shows: as text with its ANSI codes in
// build/pictures, for looking at, and the best as SVG in docs/pictures. The sandbox answers, at a clock that is set to
// the same noon each time, so the pictures change only when the program does. Needs tmux and the built program.
// Usage: node bench/pictures.mjs [VERB…]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { drawSvg } from './ansi-svg.mjs';

const { startSandbox } = createRequire(import.meta.url)('alipass/sandbox');

const here = name => fileURLToPath(new URL(name, import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'alipass-pictures-'));
const captures = here('../build/pictures');
const kept = here('../docs/pictures');
for (const it of [captures, kept]) mkdirSync(it, { recursive: true });

const USER = '2088888888888888';
const HOLDER = `--sandbox --user ${USER}`;
const VOUCHERS = `${HOLDER} --group voucher`;
const VERBS = {
  list: { line: `list ${VOUCHERS}`, widths: [40, 80, 140] },
  past: { line: `list ${HOLDER} --group ticket --time past`, widths: [40, 80, 140] },
  show: { line: `show 7000790003 ${VOUCHERS}`, widths: [40, 80, 140] },
  summary: { line: `summary ${HOLDER}`, widths: [40, 80, 140] },
  check: { line: `check ${VOUCHERS} --strict-schema --expect 'count>=5' 'all can_use'`, widths: [80, 140] },
  failing: {
    line: `check ${VOUCHERS} --expect 'count>=5' 'pass 7000790003 is used' --expect-merchant KFC`,
    widths: [80, 140],
  },
  watch: { line: `watch --user ${USER} --group voucher --interval 2s`, widths: [80, 140], take: watch },
};
const LANGUAGES = ['en', 'zh'];
const COLOURS = { dark: {}, plain: { NO_COLOR: '1' } };
const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const KEPT = new Set([
  'list-80-en-dark',
  'list-140-en-dark',
  'list-80-zh-dark',
  'show-80-en-dark',
  'summary-80-en-dark',
  'summary-80-zh-dark',
  'failing-80-en-dark',
  'failing-80-zh-dark',
  'watch-80-en-dark',
  'watch-80-zh-dark',
]);
const HEIGHT = 80;
const PATIENCE_MS = 20_000;

const quote = text => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const tmux = (...args) =>
  execFileSync('tmux', ['-S', join(directory, 'tmux'), '-f', '/dev/null', ...args], { encoding: 'utf8' });
const screen = () => `${tmux('capture-pane', '-p', '-e', '-t', 'picture').trimEnd()}\n`;

async function until(what, isTrue) {
  for (let waited = 0; !isTrue(); waited += 50) {
    if (waited > PATIENCE_MS) throw new Error(`no ${what}`);
    await setTimeout(50);
  }
}

/** Resolves once all patterns are on the screen, with what it shows then. */
async function seen(...patterns) {
  let shown = '';
  await until(patterns.join(' and '), () => {
    shown = screen();
    const text = stripVTControlCharacters(shown);
    return patterns.every(pattern => pattern.test(text));
  });
  return shown;
}

/** A command line as one types it: a flag that has no room goes to the next line. */
function promptOf(line, columns) {
  const lines = [['$ alipass']];
  for (const piece of line.split(/ (?=-)/)) {
    const longer = [...lines.at(-1), piece];
    if (longer.join(' ').length + 2 <= columns) lines[lines.length - 1] = longer;
    else lines.push([`    ${piece}`]);
  }
  return lines.map(pieces => pieces.join(' ')).join(' \\\n');
}

/** What a terminal of `columns` shows once the command line has ended, or when `drive` has taken its picture. */
async function capture(line, columns, variables, drive = ended => ended()) {
  const done = join(directory, 'done');
  rmSync(done, { force: true });
  const settings = { LANG: 'C.UTF-8', ALIPASS_CONFIG_DIR: directory, ...variables };
  settings.NODE_OPTIONS = `--require=${here('noon-clock.cjs')}`;
  const env = Object.entries(settings).map(([name, value]) => quote(`${name}=${value}`));
  const program = `env -u CI ${env.join(' ')} node ${quote(here('../bin/alipass.js'))} ${line}`;
  const command = `printf '%s\\n' ${quote(promptOf(line, columns))}; ${program}; touch ${quote(done)}; sleep 60`;
  tmux('-u', 'new-session', '-d', '-s', 'picture', '-x', String(columns), '-y', String(HEIGHT), command);
  const ended = async () => {
    await until(`end of alipass ${line}`, () => existsSync(done));
    return screen();
  };
  try {
    return await drive(ended);
  } finally {
    tmux('kill-session', '-t', 'picture');
  }
}

const NEW_PASS = {
  pass_id: '53237000000042',
  mechant_name: '盒马鲜生',
  logo_text: '满99减20',
  status: 'can_use',
};
const put = end_date => ({ do: 'put', user: USER, group: 'voucher', pass: { ...NEW_PASS, end_date } });
/** What becomes of the passes while a watch looks on, each with what can be read of it then. */
const CHANGES = [
  [{ do: 'status', user: USER, pass_id: '53237000000001', status: 'used' }, /53237000000001/],
  [put('2026-12-24 23:59:59'), /2026-12-24/],
  [put('2026-12-31 23:59:59'), /2026-12-31/],
];
const LISTED = /·  7 /;
const JUST_LOOKED = / in 2 s|·  2 秒/;

/** Changes passes under the eyes of a watch, lets the gateway fail at last, and shows what the watch does then. */
async function watch(line, columns, variables) {
  const sandbox = await startSandbox({ now: () => NOON });
  const settings = {
    CLOCK: 'moves',
    ALIPASS_GATEWAY: sandbox.url,
    ALIPASS_APP_ID: sandbox.appId,
    ALIPASS_PRIVATE_KEY: sandbox.appPrivateKey,
    ALIPASS_ALIPAY_PUBLIC_KEY: sandbox.alipayPublicKey,
    ALIPASS_RETRIES: '0',
  };
  const drive = async ended => {
    await seen(LISTED);
    for (const [change, pattern] of CHANGES) {
      await sandbox.change(change);
      await seen(pattern);
    }
    sandbox.inject('http=503');
    const shown = await seen(/HTTP 503/, JUST_LOOKED);
    tmux('send-keys', '-t', 'picture', 'C-c');
    await ended();
    return shown;
  };
  try {
    return await capture(line, columns, { ...variables, ...settings }, drive);
  } finally {
    await sandbox.close();
  }
}

async function picture(verb, { line, take = capture }, columns, language, colour) {
  const name = `${verb}-${columns}-${language}-${colour}`;
  const said = language === 'en' ? line : `${line} --lang ${language}`;
  const text = await take(said, columns, COLOURS[colour]);
  writeFileSync(join(captures, `${name}.txt`), text);
  if (KEPT.has(name)) writeFileSync(join(kept, `${name}.svg`), drawSvg(text, columns, `alipass ${said}`));
}

const wanted = process.argv.slice(2);
try {
  for (const [verb, what] of Object.entries(VERBS)) {
    if (wanted.length > 0 && !wanted.includes(verb)) continue;
    for (const columns of what.widths) {
      for (const language of LANGUAGES) {
        for (const colour of Object.keys(COLOURS)) await picture(verb, what, columns, language, colour);
      }
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
