import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { cleanEnv, printed, start } from '../helpers/run';
import { send } from '../helpers/sandbox-caller';

/** How often a sandbox is killed: ALIPASS_TEST_KILLS=100 for a proof, fewer for every day. */
const KILLS = Number(process.env['ALIPASS_TEST_KILLS'] ?? 10);
const SEED = Number(process.env['ALIPASS_TEST_SEED'] ?? 1);

let dice = SEED;
/** Below `end`; the same ones for the same seed. */
function roll(end: number): number {
  dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((dice / 2 ** 32) * end);
}

/** A change in three parts, of which a state must hold all or none. */
function changeOf(number: number): string {
  const put = (pass_id: string): object => ({
    do: 'put',
    user: '2088000000000003',
    group: 'card',
    pass: { pass_id, data_info: '票'.repeat(roll(2000)), status: 'can_use' },
  });
  return JSON.stringify([put(`${number}a`), put(`${number}b`), { do: 'advance', by: '1s' }]);
}

/** The numbers of the changes that a state file holds; what is not whole fails. */
function numbersIn(path: string): number[] {
  const { schema, put, advancedMs } = JSON.parse(readFileSync(path, 'utf8')) as {
    schema: string;
    put: { pass: { pass_id: string } }[];
    advancedMs: number;
  };
  expect(schema).toBe('alipass.sandbox-state/1');
  const numbers = put.flatMap(({ pass }) =>
    pass.pass_id.endsWith('a') ? [Number.parseInt(pass.pass_id)] : [],
  );
  expect(put.map(({ pass }) => pass.pass_id)).toEqual(numbers.flatMap(it => [`${it}a`, `${it}b`]));
  expect(advancedMs).toBe(numbers.length * 1000);
  return numbers;
}

describe('sandbox serve --state, killed', () => {
  it(
    `keeps what it acknowledged, and nothing that was not asked for, ${KILLS} times`,
    { timeout: 30_000 + KILLS * 3_000 },
    async () => {
      const stateFile = join(temporaryDirectory(), 'state.json');
      const env = cleanEnv();
      let kept: number[] = [];
      let next = 0;
      const counts = { acknowledged: 0, unanswered: 0, keptUnanswered: 0, drafts: 0 };
      for (let round = 0; round < KILLS; round++) {
        const server = start(['sandbox', 'serve', '--port', '0', '--state', stateFile, '--quiet'], env);
        const text = await printed(server, /ALIPAY_PUBLIC_KEY_FILE=.*\n/);
        const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text)![0];
        const status = JSON.parse((await send(`${origin}/control`)).bytes.toString()) as { put: number };
        expect(status.put).toBe(2 * kept.length);

        const atOnce = round % 2 === 0 ? 1 : 8;
        const [acknowledged, asked] = [new Set<number>(), new Set<number>()];
        const last = roll(atOnce * 6);
        // Some milliseconds of turns, in which changes go on: long enough to hit every step of a write.
        const killAt = roll(4000);
        const kill = async (): Promise<void> => {
          for (let turn = 0; turn < killAt; turn++) await new Promise(resolve => setImmediate(resolve));
          server.kill('SIGKILL');
        };
        const ask = async (): Promise<void> => {
          for (;;) {
            const number = next++;
            asked.add(number);
            const url = `${origin}/control/changes`;
            const answer = await send(url, { method: 'POST', body: changeOf(number) }).catch(() => undefined);
            if (!answer) return;
            expect(answer.status).toBe(200);
            acknowledged.add(number);
            if (acknowledged.size === last) void kill();
          }
        };
        const ended = once(server, 'close');
        if (last === 0) void kill();
        await Promise.all(Array.from({ length: atOnce }, ask));
        await ended;

        const before = kept;
        kept = numbersIn(stateFile);
        expect(kept.slice(0, before.length)).toEqual(before);
        const fresh = kept.slice(before.length);
        expect([...acknowledged].filter(it => !fresh.includes(it))).toEqual([]);
        expect(fresh.filter(it => !asked.has(it))).toEqual([]);
        expect(fresh.length - acknowledged.size).toBeLessThanOrEqual(atOnce);
        // One after the other: those that were asked for first, without a gap.
        const inOrder = atOnce === 1 ? [...asked].slice(0, fresh.length) : fresh;
        expect(fresh).toEqual(inOrder);
        counts.drafts += existsSync(`${stateFile}.draft`) ? 1 : 0;
        counts.acknowledged += acknowledged.size;
        counts.unanswered += asked.size - acknowledged.size;
        counts.keptUnanswered += fresh.length - acknowledged.size;
      }
      if (KILLS >= 100) console.log(counts);
      expect(counts.acknowledged).toBeGreaterThan(0);
    },
  );
});
