import { createHash, generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alipass, type Outcome, type World } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { bareOf, newPrivateKey, openssl } from '../helpers/openssl';
import { temporaryDirectory } from '../helpers/directory';

const DIRECTORY = temporaryDirectory();
const PASSPHRASE = 'open sesame';

function file(name: string, text: string | Buffer): string {
  const path = join(DIRECTORY, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const keys = (args: readonly string[], world?: World): Promise<Outcome> => alipass(['keys', ...args], world);
const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** One key in every form, each as openssl writes it. */
const PKCS8 = newPrivateKey();
const from = (...args: string[]): string => openssl(args, PKCS8).toString();
const PEM = {
  pkcs8: PKCS8,
  pkcs1: from('rsa', '-traditional'),
  spki: from('pkey', '-pubout'),
  'pkcs1-public': from('rsa', '-RSAPublicKey_out'),
  'encrypted-pkcs8': from('pkcs8', '-topk8', '-passout', `pass:${PASSPHRASE}`),
  'encrypted-pkcs1': from('rsa', '-traditional', '-aes256', '-passout', `pass:${PASSPHRASE}`),
} as const;
const CA_KEY = file('ca.key', PKCS8);
const SUBJECT = '/C=CN/O=Ant Financial/OU=Certification Authority/CN=Test R1';
const CERTIFICATE = openssl(
  `req -x509 -new -sha256 -days 30 -set_serial 123456789012345678901 -key`
    .split(' ')
    .concat(CA_KEY, '-subj', SUBJECT),
).toString();
const FILES = Object.fromEntries(
  Object.entries({ ...PEM, x509: CERTIFICATE }).map(([form, text]) => [form, file(`${form}.pem`, text)]),
) as Record<keyof typeof PEM | 'x509', string>;
const OTHER = file('other.pem', newPrivateKey());
const FINGERPRINT = createHash('sha256')
  .update(openssl(['pkey', '-pubout', '-outform', 'DER'], PKCS8))
  .digest('hex');

/** Pieces of the private key that must not be seen: of its PKCS#8 and its PKCS#1 body. */
const MARKS = [PEM.pkcs8, PEM.pkcs1]
  .flatMap(pem => pem.split('\n').slice(3, 20))
  .filter(it => it.length > 20);

function expectNoSecret({ stdout, stderr }: Outcome): void {
  for (const mark of [...MARKS, PASSPHRASE]) expect(stdout + stderr).not.toContain(mark);
}

describe('keys generate', () => {
  it.each([
    ['a directory', '', 'app', 'pem', []],
    ['a prefix', 'shop', 'shop', 'pem', []],
    ['a directory to --form pkcs1', '', 'app', 'pem', ['--form', 'pkcs1']],
    ['a directory, --bare', '', 'app', 'txt', ['--bare']],
  ])('writes a pair to %s', async (_what, out, prefix, extension, flags) => {
    const directory = temporaryDirectory();
    const args = ['generate', '--out', join(directory, out), ...flags, '-o', 'json'];
    const { code, stdout } = await keys(args);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<string, string>;
    const privateFile = join(directory, `${prefix}-private-key.${extension}`);
    const publicFile = join(directory, `${prefix}-public-key.${extension}`);
    expect(report).toMatchObject({ private_key_file: privateFile, public_key_file: publicFile, bits: 2048 });
    expect([modeOf(privateFile), modeOf(publicFile) & 0o600]).toEqual([0o600, 0o600]);
    const { stdout: pair } = await keys(['match', privateFile, publicFile]);
    expect(pair).toMatch(/^one pair\n {2}private half.*\n {2}public half/);
  });

  it('writes what openssl takes for a sound key of the bits asked for', async () => {
    const directory = temporaryDirectory();
    await keys(['generate', '--out', directory, '--bits', '3072', '--form', 'pkcs1']);
    const written = readFileSync(join(directory, 'app-private-key.pem'));
    expect(written.toString()).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(openssl(['rsa', '-check', '-noout', '-text'], written).toString()).toMatch(
      /Private-Key: \(3072 bit[\s\S]*RSA key ok/,
    );
  });

  it('prints the two paths, and on a terminal what to do next', async () => {
    const out = (name: string): string[] => ['generate', '--out', join(temporaryDirectory(), name)];
    const silent = await keys(out('a'));
    expect(silent.stdout).toMatch(/a-private-key\.pem[\s\S]*a-public-key\.pem/);
    expect(silent.stderr).toBe('');
    expect((await keys(out('b'), { columns: 100 })).stderr).toMatch(/Upload the public half as 应用公钥/);
  });

  it.each(['private', 'public'])(
    'refuses to overwrite the %s half, and leaves no half behind',
    async half => {
      const directory = temporaryDirectory();
      const taken = join(directory, `app-${half}-key.pem`);
      writeFileSync(taken, 'precious');
      const { code, stdout, stderr } = await keys(['generate', '--out', directory]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`There is a file ${taken} already`);
      expect(readFileSync(taken, 'utf8')).toBe('precious');
      expect(existsSync(join(directory, `app-${half === 'private' ? 'public' : 'private'}-key.pem`))).toBe(
        false,
      );
    },
  );

  it.each([
    ['--bits', '1024', /--bits "1024" must be one of 2048, 3072, 4096: RSA2 takes no key shorter/, 2],
    ['--bits', '2047', /RSA2 takes no key shorter/, 2],
    ['--bits', '8192', /--bits "8192" must be one of 2048, 3072, 4096\n/, 2],
    ['--form', 'spki', /--form "spki" must be one of pkcs8, pkcs1/, 2],
    ['--out', join(DIRECTORY, 'nowhere', 'app'), /can’t be written: there is no such directory/, 3],
  ])('refuses %s %s', async (flag, value, words, exit) => {
    const { code, stderr } = await keys(['generate', flag, value]);
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
  });
});

describe('keys inspect', () => {
  const halves = Object.entries(FILES).map(
    ([form, path]) => [form, /pkcs1-public|spki|x509/.test(form) ? 'public' : 'private', path] as const,
  );
  const env = { ALIPASS_PRIVATE_KEY_PASSPHRASE: PASSPHRASE };

  it.each(halves)('names %s, the %s half, and shows nothing of the key', async (form, half, path) => {
    const json = await keys(['inspect', path, '-o', 'json'], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'alipass.key/1',
      form,
      half,
      encoding: 'pem',
      bits: 2048,
      fingerprint: FINGERPRINT,
      warnings: [],
    });
    const table = await keys(['inspect', path], { env });
    expect(table.stdout).toContain(FINGERPRINT);
    expectNoSecret(json);
    expectNoSecret(table);
  });

  it.each(Object.entries(PEM).filter(([form]) => form !== 'encrypted-pkcs1'))(
    'names %s without its PEM marks, from stdin',
    async (form, pem) => {
      const { stdout } = await keys(['inspect', '-', '-o', 'json'], { env, stdin: bareOf(pem) });
      expect(JSON.parse(stdout)).toMatchObject({ form, encoding: 'base64', fingerprint: FINGERPRINT });
    },
  );

  it.each([
    ['PKCS#1 as PRIVATE KEY', PEM.pkcs1, 'PRIVATE KEY', /BEGIN PRIVATE KEY, but the body is PKCS#1/],
    ['PKCS#8 as RSA PRIVATE KEY', PEM.pkcs8, 'RSA PRIVATE KEY', /but the body is PKCS#8/],
    ['SPKI as RSA PUBLIC KEY', PEM.spki, 'RSA PUBLIC KEY', /but the body is SPKI/],
    ['PKCS#1 public as PUBLIC KEY', PEM['pkcs1-public'], 'PUBLIC KEY', /but the body is PKCS#1 public/],
    ['a private key as PUBLIC KEY', PEM.pkcs8, 'PUBLIC KEY', /but the body is PKCS#8/],
    ['PKCS#8 as ENCRYPTED', PEM.pkcs8, 'ENCRYPTED PRIVATE KEY', /but the body is PKCS#8/],
  ])('warns of %s', async (_what, pem, label, words) => {
    const stdin = pem.replace(/(BEGIN|END) [A-Z ]+/g, `$1 ${label}`);
    const { code, stdout } = await keys(['inspect', '-', '-o', 'json'], { stdin });
    expect(code).toBe(0);
    const { warnings } = JSON.parse(stdout) as { warnings: string[] };
    expect(warnings.join()).toMatch(words);
  });

  it('warns of a key too short for RSA2, and of one that is not RSA', async () => {
    const short = await keys(['inspect', '-'], { stdin: newPrivateKey(1024) });
    expect(short.stdout).toMatch(/RSA2 takes no key shorter than 2048 bits; this has 1024/);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const stdin = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    expect((await keys(['inspect', '-'], { stdin })).stdout).toMatch(/signs with RSA only.*type ec/);
  });

  it('tells a certificate’s SN, issuer, dates and days left', async () => {
    const issuer = 'CN=Test R1,OU=Certification Authority,O=Ant Financial,C=CN';
    const sn = createHash('md5').update(`${issuer}123456789012345678901`).digest('hex');
    const end = openssl(['x509', '-noout', '-enddate'], CERTIFICATE)
      .toString()
      .trim()
      .slice('notAfter='.length);
    const day = 86_400_000;
    const inspected = async (now: number): Promise<Record<string, unknown>> => {
      const { stdout } = await keys(['inspect', FILES.x509, '-o', 'json'], { now });
      return (JSON.parse(stdout) as { certificates: Record<string, unknown>[] }).certificates[0]!;
    };
    expect(await inspected(Date.parse(end) - 9 * day)).toMatchObject({
      sn,
      issuer,
      not_after: new Date(end).toISOString(),
      days_left: 9,
    });
    expect(await inspected(Date.parse(end) + 1)).toMatchObject({ days_left: -1 });
    const late = await keys(['inspect', FILES.x509], { now: Date.parse(end) + 1 });
    expect(late.stdout).toMatch(/-1 \(expired\)/);
  });

  it('warns when others can read a private key, not when it is a public one', async () => {
    const open = join(DIRECTORY, 'open.pem');
    writeFileSync(open, PEM.pkcs8);
    chmodSync(open, 0o644);
    expect((await keys(['inspect', open])).stderr).toMatch(/Others can read the private key/);
    writeFileSync(open, PEM.spki);
    expect((await keys(['inspect', open])).stderr).toBe('');
  });

  it.each([
    ['a missing file', [join(DIRECTORY, 'none.pem')], /there is no such file/],
    ['a directory', [DIRECTORY], /it is a directory/],
    ['what is no key', [file('none.txt', 'hello')], /is not a readable key/],
  ])('refuses %s', async (_what, args, words) => {
    const { code, stdout, stderr } = await keys(['inspect', ...args]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(words);
  });
});

describe('keys convert', () => {
  const sources = ['pkcs8', 'pkcs1', 'encrypted-pkcs8', 'encrypted-pkcs1'] as const;
  const targets = ['pkcs8', 'pkcs1', 'spki', 'pkcs1-public'] as const;
  const env = { ALIPASS_PRIVATE_KEY_PASSPHRASE: PASSPHRASE };

  it.each(sources.flatMap(source => targets.map(target => [source, target] as const)))(
    '%s to %s, as openssl writes it',
    async (source, target) => {
      const pem = await keys(['convert', FILES[source], '--to', target], { env });
      expect(pem).toEqual({ code: 0, stdout: PEM[target], stderr: '' });
      const bare = await keys(['convert', FILES[source], '--to', target, '--bare'], { env });
      expect(bare.stdout).toBe(`${bareOf(PEM[target])}\n`);
    },
  );

  it.each(['spki', 'pkcs1-public', 'x509'] as const)('%s to both public forms', async source => {
    for (const target of ['spki', 'pkcs1-public'] as const) {
      const { stdout } = await keys(['convert', FILES[source], '--to', target]);
      expect(stdout).toBe(PEM[target]);
    }
  });

  it.each([
    ['pkcs8', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER']],
    ['pkcs1', ['rsa', '-traditional', '-outform', 'DER']],
    ['spki', ['pkey', '-pubout', '-outform', 'DER']],
    ['pkcs1-public', ['rsa', '-RSAPublicKey_out', '-outform', 'DER']],
  ])('bare %s is openssl’s DER', async (target, args) => {
    const { stdout } = await keys(['convert', FILES.pkcs8, '--to', target, '--bare']);
    expect(stdout).toBe(`${openssl(args, PKCS8).toString('base64')}\n`);
  });

  it.each(['spki', 'pkcs1-public', 'x509'] as const)('refuses %s to a private form', async source => {
    for (const target of ['pkcs1', 'pkcs8']) {
      const { code, stdout, stderr } = await keys(['convert', FILES[source], '--to', target]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/A public key can’t be written as PKCS#/);
    }
  });

  it.each([
    ['pkcs8', 0o600],
    ['pkcs1', 0o600],
    ['spki', 0o644],
  ] as const)('writes %s to a new file of mode %o at most, never over another', async (target, mode) => {
    const output = join(temporaryDirectory(), 'key.pem');
    const args = ['convert', FILES.pkcs8, '--to', target, '--output', output];
    expect(await keys(args)).toEqual({ code: 0, stdout: '', stderr: `Wrote ${output}.\n` });
    expect(readFileSync(output, 'utf8')).toBe(PEM[target]);
    expect(modeOf(output) & ~mode).toBe(0);
    const again = await keys(['convert', OTHER, '--to', target, '--output', output]);
    expect(again.code).toBe(2);
    expect(readFileSync(output, 'utf8')).toBe(PEM[target]);
  });

  it.each([
    ['no form', [], /--to is required: one of pkcs1, pkcs8, spki, pkcs1-public/],
    ['an unknown form', ['--to', 'der'], /--to "der" must be one of/],
  ])('refuses %s', async (_what, flags, words) => {
    const { code, stderr } = await keys(['convert', FILES.pkcs8, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('refuses a key that is not RSA', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const stdin = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    const { code, stderr } = await keys(['convert', '-', '--to', 'spki'], { stdin });
    expect(code).toBe(3);
    expect(stderr).toMatch(/is a key of type ec/);
  });
});

describe('keys match', () => {
  it.each([
    ['private and public', FILES.pkcs8, FILES.spki, ['private', 'public'], true],
    ['public and private, in other forms', FILES['pkcs1-public'], FILES.pkcs1, ['public', 'private'], true],
    ['private and certificate', FILES.pkcs1, FILES.x509, ['private', 'public'], true],
    ['the public half twice', FILES.spki, FILES['pkcs1-public'], ['public', 'public'], true],
    ['another private key', OTHER, FILES.spki, ['private', 'public'], false],
    ['two private keys', OTHER, FILES.pkcs8, ['private', 'private'], false],
  ])('%s', async (_what, first, second, halves, match) => {
    const json = await keys(['match', first, second, '-o', 'json']);
    const text = await keys(['match', first, second]);
    expect([json.code, text.code]).toEqual(match ? [0, 0] : [8, 8]);
    expect(text.stdout).toMatch(match ? /^one pair/ : /^not one pair/);
    const report = JSON.parse(json.stdout) as { match: boolean; files: { half: string }[] };
    expect(report.match).toBe(match);
    expect(report.files.map(it => it.half)).toEqual(halves);
    expectNoSecret(json);
    expectNoSecret(text);
  });

  it('fails when one of them is no key, rather than saying no', async () => {
    expect((await keys(['match', FILES.pkcs8, file('no-key.txt', 'hello')])).code).toBe(3);
  });
});

describe('a passphrase', () => {
  const commands = [
    ['inspect', ['inspect', FILES['encrypted-pkcs8']]],
    ['convert', ['convert', FILES['encrypted-pkcs1'], '--to', 'spki']],
    ['match', ['match', FILES['encrypted-pkcs8'], FILES.spki]],
  ] as const;

  it.each(commands)('is asked for by keys %s', async (_what, args) => {
    const outcome = await keys(args, { secrets: [PASSPHRASE], columns: 100 });
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(`Passphrase of ${args[1]}: `);
    expectNoSecret(outcome);
  });

  it.each(commands)('of the environment wins over asking, in keys %s', async (_what, args) => {
    const env = { ALIPASS_PRIVATE_KEY_PASSPHRASE: PASSPHRASE };
    const { code, stderr } = await keys(args, { env, secrets: ['not this one'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(commands)('that nobody gives fails keys %s, naming the variable', async (_what, args) => {
    const { code, stderr } = await keys([...args]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/protected by a passphrase[\s\S]*ALIPASS_PRIVATE_KEY_PASSPHRASE/);
  });

  it.each(commands)('that is wrong fails keys %s, unseen', async (_what, args) => {
    const outcome = await keys(args, { secrets: ['WRONG-ONE'] });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/does not open/);
    expect(outcome.stdout + outcome.stderr).not.toContain('WRONG-ONE');
  });

  it('is asked for once per file, and never for a plain key', async () => {
    const secrets = [PASSPHRASE, PASSPHRASE];
    const two = ['match', FILES['encrypted-pkcs8'], FILES['encrypted-pkcs1']];
    expect((await keys(two, { secrets })).stderr.match(/Passphrase of/g)).toHaveLength(2);
    expect((await keys(['inspect', FILES.pkcs8], { secrets })).stderr).toBe('');
  });

  describe('in list', () => {
    const directory = temporaryDirectory();
    mkdirSync(directory, { recursive: true });
    const path = join(directory, 'app.pem');
    const plain = `-----BEGIN PRIVATE KEY-----\n${TEST_KEYS.appPrivate.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
    writeFileSync(path, openssl(['pkcs8', '-topk8', '-passout', `pass:${PASSPHRASE}`], plain), {
      mode: 0o600,
    });
    const list = ['list', '--sandbox', '--user', '2088888888888888', '--group', 'voucher'];
    const asked = (world: World): Promise<Outcome> => alipass([...list, '--private-key-file', path], world);

    // The sandbox knows another app key: that the signature is refused shows that the key was opened and used.
    it.each([
      ['is asked for', { secrets: [PASSPHRASE] }],
      ['comes from the environment', { env: { ALIPASS_PRIVATE_KEY_PASSPHRASE: PASSPHRASE } }],
    ])('%s', async (_what, world) => {
      expect(await asked(world)).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('isv.invalid-signature') as string,
      });
    });

    it('is missing, or wrong', async () => {
      expect(await asked({})).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('protected') as string,
      });
      expect(await asked({ secrets: ['wrong'] })).toMatchObject({ code: 3 });
    });
  });
});
