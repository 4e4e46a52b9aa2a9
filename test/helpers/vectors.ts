import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/fixtures/request-signatures.json: made with openssl over bytes encoded by a second language. */
export interface RequestVectors {
  readonly appPrivateKeyPkcs1: string;
  readonly appPrivateKeyPkcs8: string;
  readonly appPublicKey: string;
  readonly cases: readonly RequestVector[];
}

export interface RequestVector {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly signedText: string;
  readonly signedBytesHex: string;
  readonly sign: string;
}

/** test/fixtures/responses.json: gateway answers byte for byte, signed with openssl. */
export interface ResponseVectors {
  readonly platformPublicKey: string;
  readonly platformPrivateKeyPkcs8: string;
  readonly cases: readonly ResponseVector[];
}

export interface ResponseVector {
  readonly name: string;
  readonly contentType: string;
  readonly bodyBase64: string;
  readonly expect: 'verified' | 'untrusted' | 'rejected' | 'unavailable';
}

export const requestVectors = readFixture('request-signatures.json') as RequestVectors;
export const responseVectors = readFixture('responses.json') as ResponseVectors;

function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', name), 'utf8'));
}
