import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AlipassError } from '../../src/errors';
import {
  parseCertificates,
  requireChain,
  requireValidDates,
  rootSn,
  snOf,
  type Certificate,
} from '../../src/protocol/certificate';
import fixture from '../fixtures/certificates.json';
import { issueCertificate, openssl, RSA_KEY, type Issued } from '../helpers/pki';

const DAY_MS = 24 * 60 * 60 * 1000;

const [FIRST, SECOND] = fixture.certificates as [Golden, Golden];
type Golden = (typeof fixture.certificates)[number];

const pem = ({ der }: Golden): string =>
  `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
const toDer = ({ der }: Golden): Buffer => Buffer.from(der, 'base64');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const parseOne = ({ pem }: Issued): Certificate => parseCertificates(pem, 'test')[0]!;

/** The error that `act` throws, as what a test compares. */
function refusal(act: () => unknown): Pick<AlipassError, 'kind' | 'code' | 'message'> | undefined {
  try {
    act();
  } catch (error) {
    const { kind, code, message } = error as AlipassError;
    return { kind, code, message };
  }
  return undefined;
}

describe('snOf', () => {
  it('is what Alipay publishes for its own certificate', () => {
    const issuer =
      'CN=Ant Financial Certification Authority Class 1 R1,OU=Certification Authority,O=Ant Financial,C=CN';
    expect(snOf(issuer, 42701552708448241360226107228231049510n)).toBe('866efef280dec9137a87d047ac446315');
  });

  it('keeps a leading zero', () => {
    // printf 'CN=zeros7' | openssl md5
    expect(snOf('CN=zeros', 7n)).toBe('0b4a372ddb3d08ed43f05841c390e657');
  });
});

describe('parseCertificates reads what JDK 17 reads', () => {
  it.each(fixture.certificates)('$what', golden => {
    const [certificate] = parseCertificates(golden.der, 'golden');
    expect(certificate).toMatchObject({
      issuer: golden.issuer,
      sn: golden.sn,
      notBeforeMs: golden.notBeforeMs,
      notAfterMs: golden.notAfterMs,
      rsaSigned: golden.signatureAlgorithm.startsWith('1.2.840.113549.1.1.'),
    });
  });
});

describe('parseCertificates takes', () => {
  const one = [FIRST.sn];
  const both = [FIRST.sn, SECOND.sn];
  it.each([
    ['PEM', pem(FIRST), one],
    ['PEM of one line', pem(FIRST).replaceAll('\n', ''), one],
    ['the label of old', pem(FIRST).replaceAll('CERTIFICATE', 'X509 CERTIFICATE'), one],
    ['a BOM and CRLF', `\ufeff${pem(FIRST).replaceAll('\n', '\r\n')}`, one],
    ['a bundle', pem(FIRST) + pem(SECOND), both],
    ['a bundle in its own order', pem(SECOND) + pem(FIRST), both.toReversed()],
    ['the same certificate twice', pem(FIRST) + pem(FIRST), [...one, ...one]],
    ['text around', `subject=CN = a\n\n${pem(FIRST)}# and\n${pem(SECOND)}\nend`, both],
    ['other blocks', `-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n${pem(FIRST)}`, one],
    ['one base64 line', FIRST.der, one],
    ['base64 with BOM, CRLF and spaces', `\ufeff ${FIRST.der.replace(/.{64}/g, '$&\r\n')}\r\n`, one],
    ['base64 of PEM', base64(pem(FIRST)), one],
    ['base64 of a bundle', base64(`\ufeff${pem(FIRST)}${pem(SECOND)}`), both],
  ])('%s', (_what, text, sns) => {
    expect(parseCertificates(text, 'app.crt').map(({ sn }) => sn)).toEqual(sns);
  });
});

describe('parseCertificates refuses', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n';
  it.each([
    ['nothing', '', 'app.crt'],
    ['text', 'not a certificate!', 'app.crt'],
    ['base64 of something else', base64('something else'), 'app.crt'],
    ['a key', key, 'app.crt'],
    ['a binary file read as text', toDer(FIRST).toString('utf8'), 'app.crt'],
    ['base64 that is cut', FIRST.der.slice(0, 200), 'app.crt'],
    ['base64 of two', Buffer.concat([FIRST, SECOND].map(toDer)).toString('base64'), 'app.crt'],
    ['PEM without its end', pem(FIRST).split('-----END')[0]!, 'app.crt'],
    ['PEM with a foreign character', pem(FIRST).replace('MII', 'M!I'), 'app.crt'],
    ['PEM of something else', pem({ ...FIRST, der: base64('something else') }), 'app.crt'],
    [
      'PEM of one with another hidden behind it',
      pem({
        ...FIRST,
        der: Buffer.concat([toDer(SECOND), Buffer.from(`\n${pem(FIRST)}`)]).toString('base64'),
      }),
      'app.crt',
    ],
    ['an empty block', pem({ ...FIRST, der: '' }), 'app.crt'],
    ['a bundle cut in its last', pem(FIRST) + pem(SECOND).slice(0, 300), 'certificate 2 of app.crt'],
    ['a bundle broken in its first', pem(FIRST).slice(0, 300) + pem(SECOND), 'certificate 1 of app.crt'],
    ['base64 of such a bundle', base64(pem(FIRST) + pem(SECOND).slice(0, 300)), 'certificate 2 of app.crt'],
  ])('%s', (_what, text, where) => {
    expect(refusal(() => parseCertificates(text, 'app.crt'))).toEqual({
      kind: 'config',
      code: 'certificate.unreadable',
      message: `${where} is not a readable X.509 certificate`,
    });
  });
});

/** The SN by openssl alone: its own RFC 2253 name, its own serial number. */
function opensslSn({ certificateFile }: Issued, issuer?: string): string {
  const nameOptions = ['-nameopt', 'RFC2253,-esc_msb,utf8'];
  const printed = openssl('x509', '-in', certificateFile, '-noout', '-issuer', ...nameOptions, '-serial');
  const [name, serial] = printed.split('\n').map(line => line.slice(line.indexOf('=') + 1));
  const text = `${issuer ?? name}${BigInt(`0x${serial}`)}`;
  return createHash('md5').update(text).digest('hex');
}

describe('sn is what openssl’s name and serial number give', () => {
  it.each([
    ['Alipay’s kind of name', '/C=CN/O=Ant Financial/OU=Certification Authority/CN=Class 2 R1', undefined],
    ['commas, quotes, brackets', '/O=Ant, Inc./CN=a "b" <c>; d\\\\e', undefined],
    ['plus signs', '/O=1\\+1/CN=a\\+b', undefined],
    ['Chinese', '/C=CN/O=支付宝（中国）网络技术有限公司/CN=蚂蚁', undefined],
    ['spaces at the ends, a leading #', '/O= ends /CN=#1', undefined],
    ['domain components', '/DC=com/DC=alipay/UID=2088', undefined],
    // Here openssl has a short name of its own, writes an RDN backwards, or escapes less: Java’s form is given.
    ['an e-mail address', '/CN=a/emailAddress=a@b.c', '1.2.840.113549.1.9.1=#16056140622e63,CN=a'],
    ['a multi-valued RDN', '/C=CN/O=Ant+CN=abc', 'CN=abc+O=Ant,C=CN'],
    ['an equals sign and a # inside', '/CN=a=b#c', 'CN=a\\=b\\#c'],
  ])('%s', (_what, subject, javaForm) => {
    const issued = issueCertificate({ subject });
    expect(parseOne(issued).sn).toBe(opensslSn(issued, javaForm));
  });
});

describe('rootSn', () => {
  const golden = (start: string): Golden => fixture.certificates.find(({ what }) => what.startsWith(start))!;
  const [rsa, sha1, pss] = [golden('Alipay’s known'), golden('RSA with SHA-1'), golden('RSA-PSS')];
  const [ecdsa, sm2] = [golden('ECDSA'), golden('SM2')];
  const parse = (...goldens: Golden[]): Certificate[] =>
    parseCertificates(goldens.map(pem).join(''), 'roots');

  it.each([
    ['one', [rsa], [rsa]],
    ['several in file order', [sha1, rsa, pss], [sha1, rsa, pss]],
    ['RSA-signed ones only', [sm2, rsa, ecdsa, sha1], [rsa, sha1]],
  ])('takes %s', (_what, bundle, taken) => {
    expect(rootSn(parse(...bundle), 'roots')).toBe(taken.map(({ sn }) => sn).join('_'));
  });

  it.each([
    ['no certificate', []],
    ['no RSA-signed one', [sm2, ecdsa]],
  ])('refuses %s', (_what, bundle) => {
    const certificates = bundle.flatMap(one => parse(one));
    expect(refusal(() => rootSn(certificates, 'roots.crt'))).toEqual({
      kind: 'config',
      code: 'certificate.no_root',
      message: 'roots.crt holds no certificate signed with RSA',
    });
  });

  it('counts how a certificate was signed, not the key it holds', () => {
    const root = issueCertificate({ subject: '/CN=RSA root', ca: true, key: RSA_KEY });
    const below = issueCertificate({ subject: '/CN=EC below RSA', issuer: root });
    expect([root, below].map(it => parseOne(it).rsaSigned)).toEqual([true, true]);
  });
});

describe('requireValidDates', () => {
  const golden = fixture.certificates.find(({ what }) => what.startsWith('dates before 2000'))!;
  const certificate = parseCertificates(golden.der, 'golden')[0]!;
  const dates = 'it is valid from 1950-01-01 08:00:00 to 2051-02-03 12:05:06, Beijing time';

  it.each([
    ['its first moment', golden.notBeforeMs],
    ['its last second', golden.notAfterMs],
  ])('takes %s', (_what, nowMs) => {
    expect(refusal(() => requireValidDates(certificate, nowMs, 'app.crt', 'config'))).toBeUndefined();
  });

  it.each([
    ['before', golden.notBeforeMs - 1, 'config', 'not_yet_valid', `app.crt is not valid yet: ${dates}`],
    ['after', golden.notAfterMs + 1000, 'config', 'expired', `app.crt has expired: ${dates}`],
    ['the gateway’s', golden.notAfterMs + 1000, 'untrusted', 'expired', `app.crt has expired: ${dates}`],
  ] as const)('refuses %s', (_what, nowMs, kind, fault, message) => {
    const error = refusal(() => requireValidDates(certificate, nowMs, 'app.crt', kind));
    expect(error).toEqual({ kind, code: `certificate.${fault}`, message });
  });
});

describe('requireChain', () => {
  const issued = {
    root: issueCertificate({ subject: '/C=CN/CN=root', ca: true, key: RSA_KEY }),
    ecRoot: issueCertificate({ subject: '/C=CN/CN=root, of EC', ca: true }),
    stranger: issueCertificate({ subject: '/C=CN/CN=stranger', ca: true }),
    namesake: issueCertificate({ subject: '/C=CN/CN=root', ca: true }),
  };
  const middle = issueCertificate({ subject: '/CN=middle', issuer: issued.root, ca: true, key: RSA_KEY });
  const below = issueCertificate({ subject: '/CN=below', issuer: middle, ca: true });
  const brief = issueCertificate({ subject: '/CN=brief', issuer: issued.root, ca: true, days: 10 });
  const signsMail = issueCertificate({
    subject: '/CN=signs mail',
    issuer: issued.root,
    ca: true,
    keyUsage: 'digitalSignature',
  });
  const plain = issueCertificate({ subject: '/CN=plain', issuer: issued.root });
  const strange = issueCertificate({ subject: '/CN=strange', issuer: issued.stranger, ca: true });
  const leafOf = (issuer: Issued): Issued => issueCertificate({ subject: '/CN=leaf', issuer });

  const pki = {
    ...issued,
    middle,
    below,
    brief,
    plain,
    signsMail,
    strange,
    leafOfRoot: leafOf(issued.root),
    leafOfEcRoot: leafOf(issued.ecRoot),
    leafOfMiddle: leafOf(middle),
    leafOfBelow: leafOf(below),
    leafOfBrief: leafOf(brief),
    leafOfPlain: leafOf(plain),
    leafOfSignsMail: leafOf(signsMail),
    leafOfStrange: leafOf(strange),
  };
  type Name = keyof typeof pki;
  const parse = (...names: Name[]): Certificate[] => names.map(name => parseOne(pki[name]));
  const soonMs = parseOne(issued.namesake).notBeforeMs + DAY_MS;
  const check = (leaf: Name, others: Name[], roots: Name[], nowMs = soonMs) =>
    refusal(() => requireChain(parse(leaf)[0]!, parse(...others), parse(...roots), nowMs));

  it.each<[string, Name, Name[], Name[]]>([
    ['a root signed it', 'leafOfRoot', [], ['root']],
    ['an EC root signed it', 'leafOfEcRoot', [], ['root', 'ecRoot']],
    ['via an intermediate', 'leafOfMiddle', ['middle'], ['ecRoot', 'root']],
    ['via two, in any order', 'leafOfBelow', ['middle', 'below'], ['root']],
    [
      'the root and the leaf itself among the others',
      'leafOfMiddle',
      ['leafOfMiddle', 'root', 'middle'],
      ['root'],
    ],
    ['a namesake of the root beside it', 'leafOfMiddle', ['middle'], ['namesake', 'root']],
    ['an intermediate trusted as root', 'leafOfMiddle', [], ['middle']],
    ['the leaf is a root', 'root', [], ['ecRoot', 'root']],
    ['the leaf is trusted itself', 'leafOfRoot', [], ['leafOfRoot']],
    ['an intermediate within its dates', 'leafOfBrief', ['brief'], ['root']],
  ])('takes: %s', (_what, leaf, others, roots) => {
    expect(check(leaf, others, roots)).toBeUndefined();
  });

  it.each<[string, Name, Name[], Name[], string]>([
    [
      'a missing intermediate',
      'leafOfMiddle',
      [],
      ['root'],
      'breaks at "CN=leaf": no certificate of its issuer "CN=middle" is at hand',
    ],
    [
      'a missing intermediate further up',
      'leafOfBelow',
      ['below'],
      ['root'],
      'breaks at "CN=below": no certificate of its issuer "CN=middle" is at hand',
    ],
    [
      'no roots',
      'leafOfMiddle',
      ['middle', 'root'],
      [],
      'ends at "CN=root,C=CN", which is none of the roots',
    ],
    [
      'another root',
      'leafOfStrange',
      ['strange', 'stranger'],
      ['root'],
      'ends at "CN=stranger,C=CN", which is none of the roots',
    ],
    [
      'a self-signed leaf',
      'stranger',
      [],
      ['root'],
      'breaks at "CN=stranger,C=CN": no certificate of its issuer "CN=stranger,C=CN" is at hand',
    ],
    [
      'a self-signed leaf with a root’s name',
      'namesake',
      [],
      ['root'],
      'breaks at "CN=root,C=CN": its issuer "CN=root,C=CN" did not sign it',
    ],
    [
      'a root of the same name',
      'leafOfRoot',
      [],
      ['namesake'],
      'breaks at "CN=leaf": its issuer "CN=root,C=CN" did not sign it',
    ],
    [
      'an issuer whose key is not for certificates',
      'leafOfSignsMail',
      ['signsMail'],
      ['root'],
      'breaks at "CN=leaf": its issuer "CN=signs mail" is not a CA',
    ],
    [
      'an issuer that is no CA',
      'leafOfPlain',
      ['plain'],
      ['root'],
      'breaks at "CN=leaf": its issuer "CN=plain" is not a CA',
    ],
  ])('refuses: %s', (_what, leaf, others, roots, where) => {
    const message = `the certificate chain ${where}`;
    expect(check(leaf, others, roots)).toEqual({ kind: 'untrusted', code: 'certificate.chain', message });
  });

  it.each([
    ['an expired intermediate', 20 * DAY_MS, 'CN=brief" has expired: it is valid from '],
    ['an intermediate that is not valid yet', -20 * DAY_MS, 'CN=brief" is not valid yet: it is valid from '],
  ])('refuses: %s', (_what, laterMs, why) => {
    const error = check('leafOfBrief', ['brief'], ['root'], soonMs + laterMs);
    expect(error).toMatchObject({ kind: 'untrusted', code: 'certificate.chain' });
    expect(error?.message).toContain(`breaks at "CN=leaf": its issuer "${why}`);
  });

  it('refuses an expired root', () => {
    const error = check('leafOfRoot', [], ['root'], soonMs + 4000 * DAY_MS);
    expect(error?.message).toContain('its issuer "CN=root,C=CN" has expired');
  });

  it('leaves the leaf’s own dates to requireValidDates', () => {
    expect(check('root', [], ['root'], soonMs + 4000 * DAY_MS)).toBeUndefined();
  });

  it('refuses a leaf whose bytes were changed after signing', () => {
    const [leaf] = parse('leafOfRoot');
    const bytes = Buffer.from(leaf!.x509.raw);
    bytes[bytes.indexOf('leaf')] = 'L'.charCodeAt(0);
    const [forged] = parseCertificates(bytes.toString('base64'), 'forged');
    expect(refusal(() => requireChain(forged!, [], parse('root'), soonMs))?.message).toBe(
      'the certificate chain breaks at "CN=Leaf": its issuer "CN=root,C=CN" did not sign it',
    );
  });
});
