import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AlipaySdk } from 'alipay-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import type { StartedSandbox, startSandbox as Start } from '../../src/start-sandbox';
import { temporaryDirectory } from '../helpers/directory';

// The package as a test of somebody else's client would find it.
const published = createRequire(import.meta.url)('alipass/sandbox') as { startSandbox: typeof Start };
const { startSandbox } = published;

const METHOD = 'alipay.user.pass.grouplist.query';
const USER = '2088888888888888';

let sandbox: StartedSandbox;
afterEach(() => sandbox?.close());

function clientOf({ url, appId, appPrivateKey, alipayPublicKey }: StartedSandbox): AlipaySdk {
  return new AlipaySdk({
    appId,
    gateway: url,
    privateKey: appPrivateKey,
    alipayPublicKey,
    keyType: 'PKCS8',
  });
}

async function list(time = 'CURRENT'): Promise<{ code: string; subCode?: string; ids: string[] }> {
  const bizContent = {
    user_id: USER,
    group_type: 'voucher',
    time_status: time,
    page_size: 100,
    page_num: 1,
  };
  const { code, subCode, passInfoList } = await clientOf(sandbox).exec(
    METHOD,
    { bizContent },
    { validateSign: true },
  );
  const passes = (passInfoList ?? []) as { passId: string }[];
  return { code, subCode, ids: passes.map(({ passId }) => passId) };
}

describe('startSandbox', () => {
  it('startSandbox answers the vendor’s client with keys of its own', async () => {
    sandbox = await startSandbox();
    expect((await list()).ids).toContain('7000790003');
    expect(sandbox.calls).toMatchObject([{ call: 1, method: METHOD, answer: { code: '10000' } }]);
  });

  it('startSandbox changes what a user holds', async () => {
    sandbox = await startSandbox();
    await sandbox.change(
      { do: 'status', user: USER, pass_id: '7000790003', status: 'used' },
      { do: 'put', user: USER, group: 'voucher', pass: { pass_id: '42', logo_text: '满99减20' } },
    );
    expect((await list()).ids).toContain('42');
    expect((await list()).ids).not.toContain('7000790003');
    expect((await list('PAST')).ids).toContain('7000790003');
  });

  it('startSandbox makes all of the changes or none', async () => {
    sandbox = await startSandbox();
    await expect(
      sandbox.change(
        { do: 'remove', user: USER, pass_id: '7000790003' },
        { do: 'remove', user: USER, pass_id: 'none' },
      ),
    ).rejects.toMatchObject({ code: 'sandbox.no_such_pass' });
    expect((await list()).ids).toContain('7000790003');
  });

  it('startSandbox strikes with faults, from the start and later', async () => {
    sandbox = await startSandbox({ faults: ['code=SYSTEM_ERROR@call=1'] });
    expect(await list()).toMatchObject({ code: '40004', subCode: 'SYSTEM_ERROR' });
    expect(await list()).toMatchObject({ code: '10000' });
    sandbox.inject('code=isv.app-call-limited');
    expect(await list()).toMatchObject({ code: '40005' });
    sandbox.inject();
    expect(await list()).toMatchObject({ code: '10000' });
  });

  it('startSandbox takes changes and faults in a list as well', async () => {
    sandbox = await startSandbox();
    sandbox.inject(['code=SYSTEM_ERROR@call=1', 'code=isv.app-call-limited@call=2']);
    expect((await list()).code).toBe('40004');
    expect((await list()).code).toBe('40005');
    await sandbox.change([{ do: 'remove', user: USER, pass_id: '7000790003' }, { do: 'reset' }]);
    await sandbox.change([{ do: 'remove', user: USER, pass_id: '7000790003' }]);
    expect((await list()).ids).not.toContain('7000790003');
  });

  it('startSandbox refuses changes and faults once it is closed', async () => {
    sandbox = await startSandbox();
    await sandbox.close();
    await expect(sandbox.change({ do: 'reset' })).rejects.toMatchObject({ code: 'sandbox.closed' });
    expect(() => sandbox.inject('reset')).toThrow(/closed/);
  });

  it('startSandbox refuses what is no fault', async () => {
    sandbox = await startSandbox();
    expect(() => sandbox.inject('http=999')).toThrow(/400 to 599/);
    await expect(startSandbox({ faults: ['htpp=503'] })).rejects.toThrow(/http/);
  });
});

describe('alipass/sandbox', () => {
  it('exports the sandbox and its error alone', () => {
    expect(Object.keys(published).sort()).toEqual(['AlipassError', 'startSandbox']);
  });

  it('has types that need no others', () => {
    const file = join(temporaryDirectory(), 'client.ts');
    const types = join(import.meta.dirname, '../../dist/sandbox/start-sandbox');
    writeFileSync(file, `import { startSandbox } from '${types}';\nvoid startSandbox({ port: 'x' });\n`);
    const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
    const args = ['--noEmit', '--strict', '--types', '', '--lib', 'es2022', '--module', 'preserve', file];
    const { stdout } = spawnSync(process.execPath, [join(dirname(tsc), 'bin/tsc'), ...args], {
      encoding: 'utf8',
      cwd: dirname(file),
    });
    expect(stdout.match(/error TS\d+/g)).toEqual(['error TS2322']);
  });
});
