import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/commands/catalog';
import { powershellCompletion } from '../../src/commands/completion/powershell';
import { VERBS } from '../../src/program';
import { GROUPS, JSON_NAMES } from '../../src/protocol/api';
import { run } from '../helpers/run';
import { completeIn, isInstalled, type ShellName } from '../helpers/shells';

const VERB_NAMES = VERBS.map(({ name }) => name);

/** What stands at the cursor, and some of what must and must not be offered there. */
const LINES: readonly [line: string, offered: readonly string[], notOffered: readonly string[]][] = [
  ['alipass ', [...VERB_NAMES, 'help'], ['serve', 'key.pem']],
  ['alipass exp', ['explain'], ['list']],
  ['alipass help exp', ['explain'], ['list']],
  ['alipass sandbox s', ['serve', 'set', 'state'], ['reset', 'list']],
  ['alipass list --gr', ['--group'], ['--user']],
  ['alipass keys match --', ['--format'], ['--group']],
  ['alipass list --group ', GROUPS, ['current']],
  ['alipass list --group=', GROUPS, ['current']],
  ['alipass list --group=v', ['voucher'], ['card']],
  ['alipass list --sandbox --time p', ['past'], ['current']],
  ['alipass list -o ', ['json', 'csv'], ['curl']],
  ['alipass request --as c', ['curl'], ['csv']],
  ['alipass list --status can_use,', ['used', 'closed'], ['card']],
  ['alipass list --columns pass_id,data_info.', JSON_NAMES.map(name => `data_info.${name}`), ['status']],
  ['alipass list --columns=pass_id,st', ['status', 'start_date'], ['pass_id']],
  ['alipass list --sort=-end', ['-end_date'], ['end_date']],
  ['alipass list --charset ', ['utf-8', 'GBK', 'gb2312'], []],
  ['alipass list --sign-type=', ['RSA2', 'RSA'], []],
  ['alipass explain isv.invalid-sig', ['isv.invalid-signature'], ['isv.invalid-app-id']],
  ['alipass sandbox serve --fault la', ['latency='], ['reset']],
  ['alipass sandbox set 7000790003 us', ['used'], ['can_use']],
  ['alipass list --profile ', ['main', 'my shop', '店铺'], ['key.pem']],
  ['alipass list --profile=ma', ['main'], ['my shop']],
  ['alipass profile use ', ['main', '店铺'], ['list']],
  ['alipass keys inspect k', ['key.pem'], ['inspect']],
  ['alipass list --private-key-file=k', ['key.pem'], []],
  ['alipass keys generate --out k', ['keys'], ['key.pem']],
  ['alipass list --user ', [], ['key.pem', 'list']],
];

describe.each(['bash', 'zsh', 'fish'] as const)('completion %s', shell => {
  it.skipIf(!isInstalled(shell)).each(LINES)('%s', { timeout: 20_000 }, (line, offered, notOffered) => {
    const there = completeIn(shell, line).map(plain);
    expect(there).toEqual(expect.arrayContaining([...offered]));
    expect(there.filter(it => notOffered.includes(it))).toEqual([]);
  });
});

/** An offer without what stands before the word at the cursor, and as it is meant. */
function plain(offer: string): string {
  return offer
    .replace(/^--[a-z-]+=/, '')
    .replace(/^.*,/, '')
    .replace(/\/$/, '')
    .replaceAll('\\ ', ' ');
}

describe('completion', () => {
  it.each(['tcsh', 'Bash', 'zhs'])('knows no shell %s', async shell => {
    const { code, stderr } = await run(['completion', shell]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/one of bash, zsh, fish, powershell/);
  });

  it('asks the program for names of profiles alone, which a damaged config file keeps silent', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell'] satisfies (ShellName | 'powershell')[]) {
      const { stdout } = await run(['completion', shell]);
      expect(stdout.match(/__complete \w+/g)).toEqual(['__complete profiles']);
    }
    const outcome = await run(['__complete', 'profiles'], { ALIPASS_CONFIG_DIR: import.meta.filename });
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  // No PowerShell here: what it reads is checked, not how it acts.
  it('powershell holds every command and flag as JSON', async () => {
    const script = powershellCompletion(await readCatalog());
    const [, json = ''] = /@'\n(.*)\n'@/.exec(script)!;
    const commands = JSON.parse(json) as { path: string; flags: { names: string[]; words?: string[] }[] }[];
    expect(commands.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['', ...VERB_NAMES, 'sandbox serve']),
    );
    const list = commands.find(({ path }) => path === 'list')!;
    expect(list.flags.find(({ names }) => names.includes('--group'))?.words).toEqual(GROUPS);
  });
});
