import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './directory';

/** A certificate that openssl made for a test, and the files that the next one is signed with. */
export interface Issued {
  readonly pem: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Request {
  /** As openssl's -subj takes it: `/C=CN/CN=name`; `\+` and `\/` escape, a bare `+` joins attributes of one RDN. */
  readonly subject: string;
  /** Signs itself when left out. */
  readonly issuer?: Issued | undefined;
  readonly ca?: boolean;
  /** Left out of the certificate when left out here; anything goes then. */
  readonly keyUsage?: string;
  readonly days?: number;
  /** Arguments of `openssl genpkey`; an EC key when left out, the quickest to make. */
  readonly key?: readonly string[];
}

export const RSA_KEY = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] as const;
const EC_KEY = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const;

/** Makes a key and a certificate for it, valid from now on. */
export function issueCertificate(request: Request): Issued {
  const { subject, issuer, ca = false, keyUsage, days = 3650, key = EC_KEY } = request;
  const directory = temporaryDirectory();
  const file = (name: string): string => join(directory, name);
  const made = { certificateFile: file('certificate.pem'), keyFile: file('key.pem') };
  writeFileSync(file('request.cnf'), '[req]\ndistinguished_name=dn\nstring_mask=utf8only\n[dn]\n');
  const usage = keyUsage ? `keyUsage=critical,${keyUsage}\n` : '';
  writeFileSync(file('extensions.cnf'), `basicConstraints=critical,CA:${ca ? 'TRUE' : 'FALSE'}\n${usage}`);
  openssl('genpkey', ...key, '-out', made.keyFile);
  const naming = ['-config', file('request.cnf'), '-subj', subject, '-utf8', '-multivalue-rdn'];
  openssl('req', '-new', ...naming, '-key', made.keyFile, '-out', file('request.pem'));
  const signer = issuer
    ? ['-CA', issuer.certificateFile, '-CAkey', issuer.keyFile]
    : ['-signkey', made.keyFile];
  const serial = ['-set_serial', `0x${randomBytes(16).toString('hex')}`];
  const facts = [...serial, '-days', `${days}`, '-extfile', file('extensions.cnf')];
  openssl('x509', '-req', '-in', file('request.pem'), ...signer, ...facts, '-out', made.certificateFile);
  return { ...made, pem: readFileSync(made.certificateFile, 'utf8') };
}

/** Runs openssl and returns what it prints. */
export function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
