import type { KeyObject } from 'node:crypto';
import type { Context } from '../../context';
import { EXIT } from '../../exit';
import { type Certificate, parseCertificates } from '../../protocol/certificate';
import { fingerprintOf, KEY_FORMS, labelWarning } from '../../protocol/key-form';
import type { WrittenKey } from '../../protocol/keys';
import type { CommandDeclaration, Verb } from '../command';
import { converse } from '../converse';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from '../flags';
import { writeReport } from '../report';
import { readKey } from './read';

/** All that `keys inspect` needs to know. */
export interface InspectOptions {
  readonly path: string;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const inspect: Verb & CommandDeclaration = {
  name: 'inspect',
  summary: 'tell what a key file holds, never the key itself',
  args: [{ syntax: '<file>', help: 'a key or certificate, PEM or base64; - reads stdin', completes: 'file' }],
  flags: [...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    { line: 'alipass keys inspect app-private-key.txt', does: 'form, bits, half, fingerprint' },
    { line: 'alipass keys inspect appCertPublicKey.crt -o json', does: 'with SN, issuer and days left' },
  ],
  run: (context, { args, flags }) =>
    runInspect(context, { path: args[0]!, format: reportFormatOf(flags), talk: talkOf(flags) }),
};

/** Prints what a key file holds. */
export async function runInspect(context: Context, { path, format, talk }: InspectOptions): Promise<number> {
  const { written, text, where } = await readKey(context, await converse(context, talk), path);
  const certificates = written.form === 'x509' ? parseCertificates(text, where) : [];
  const facts = factsOf(written);
  const shown = certificates.map(certificate => certificateFacts(certificate, context.now()));
  await writeReport(context, talk, format, {
    json: { schema: 'alipass.key/1', file: path, ...facts, certificates: shown },
    head: ['Fact', where],
    rows: [...rowsOf(facts), ...shown.flatMap(certificateRows)],
    labelled: true,
    empty: '',
  });
  return EXIT.done;
}

/** What is told of a key; names are those of the JSON. */
interface KeyFacts {
  readonly form: WrittenKey['form'];
  readonly encoding: 'pem' | 'base64';
  readonly half: string;
  readonly type: string;
  /** Null for keys that have no modulus. */
  readonly bits: number | null;
  readonly fingerprint: string;
  readonly warnings: readonly string[];
}

function factsOf(written: WrittenKey): KeyFacts {
  const { key, form, pemLabel } = written;
  return {
    form,
    encoding: pemLabel === undefined ? 'base64' : 'pem',
    half: key.type,
    type: key.asymmetricKeyType ?? 'unknown',
    bits: key.asymmetricKeyDetails?.modulusLength ?? null,
    fingerprint: fingerprintOf(key),
    warnings: [labelWarning(written), ...weaknesses(key)].filter(it => it !== undefined),
  };
}

function weaknesses({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string[] {
  if (asymmetricKeyType !== 'rsa')
    return [`The gateway signs with RSA only; this is a key of type ${asymmetricKeyType ?? 'unknown'}`];
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < 2048 ? [`RSA2 takes no key shorter than 2048 bits; this has ${bits}`] : [];
}

function rowsOf(facts: KeyFacts): string[][] {
  return [
    ['Form', `${KEY_FORMS[facts.form].title}, ${facts.encoding === 'pem' ? 'PEM' : 'bare base64'}`],
    ['Half', facts.half],
    ['Bits', facts.bits === null ? `(${facts.type})` : String(facts.bits)],
    ['Fingerprint', facts.fingerprint],
    ...facts.warnings.map(warning => ['Warning', warning]),
  ];
}

/** What is told of a certificate; times are ISO 8601 in UTC. */
interface CertificateFacts {
  readonly sn: string;
  readonly subject: string;
  readonly issuer: string;
  readonly not_before: string;
  readonly not_after: string;
  /** Whole days; negative once it has expired. */
  readonly days_left: number;
}

const DAY_MS = 86_400_000;

function certificateFacts(
  { sn, subject, issuer, notBeforeMs, notAfterMs }: Certificate,
  nowMs: number,
): CertificateFacts {
  return {
    sn,
    subject,
    issuer,
    not_before: new Date(notBeforeMs).toISOString(),
    not_after: new Date(notAfterMs).toISOString(),
    days_left: Math.floor((notAfterMs - nowMs) / DAY_MS),
  };
}

function certificateRows(facts: CertificateFacts): string[][] {
  return [
    ['SN', facts.sn],
    ['Subject', facts.subject],
    ['Issuer', facts.issuer],
    ['Valid from', facts.not_before],
    ['Valid until', facts.not_after],
    ['Days left', facts.days_left < 0 ? `${facts.days_left} (expired)` : String(facts.days_left)],
  ];
}
