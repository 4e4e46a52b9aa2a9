import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { cleanEnv, finish, printed, run, start } from '../helpers/run';

const QUERY = ['request', '--user', '2088888888888888', '--group', 'voucher'];

let server: ChildProcess;
let settings: Record<string, string>;

beforeAll(async () => {
  server = start(['sandbox', 'serve', '--port', '0'], cleanEnv());
  const exports = await printed(server, /ALIPAY_PUBLIC_KEY_FILE=.*\n/);
  settings = Object.fromEntries(
    [...exports.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name!, value!]),
  );
});

afterAll(() => server.kill());

async function printedAs(form: string, flags: readonly string[] = []): Promise<string> {
  const { code, stdout } = await run([...QUERY, ...flags, '--as', form], settings);
  expect(code).toBe(0);
  return stdout;
}

describe('request, sent by others, is answered by the sandbox', () => {
  it.each(['utf-8', 'GBK', 'gb2312'])('the JSON, in %s', async charset => {
    const json = await printedAs('json', ['--charset', charset]);
    const { url, method, headers, body } = JSON.parse(json) as Record<string, string> & {
      headers: Record<string, string>;
    };
    const answer = await new Promise<string>((resolve, reject) => {
      const call = request(url!, { method: method!, headers }, message => {
        text(message).then(resolve, reject);
      });
      call.once('error', reject).end(body);
    });
    expect(answer).toContain('"code":"10000"');
    expect(answer).toContain('"pass_id":"7000790003"');
  });

  it('the HTTP source, byte for byte', async () => {
    const source = await printedAs('http');
    const socket = connect(Number(new URL(settings['ALIPASS_GATEWAY']!).port), '127.0.0.1');
    socket.write(source);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"code":"10000"');
  });

  it.each(['RSA2', 'RSA'])('the Node program, which the vendor’s SDK runs, in %s', async signType => {
    const directory = temporaryDirectory();
    const program = join(directory, 'pass-query.mjs');
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(directory, 'node_modules'));
    writeFileSync(program, await printedAs('node', ['--sign-type', signType]));
    const env = cleanEnv({ TZ: 'America/New_York' });
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { code, stdout, stderr } = await finish(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ code: '10000' });
  });
});
