import vectors from '../fixtures/request-signatures.json';
import responses from '../fixtures/responses.json';

/** Test keys, never used for anything else: bare base64, as Alipay's key tool saves them. */
export const TEST_KEYS = {
  appPrivate: vectors.appPrivateKeyPkcs8,
  appPrivatePkcs1: vectors.appPrivateKeyPkcs1,
  appPublic: vectors.appPublicKey,
  alipayPrivate: responses.platformPrivateKeyPkcs8,
  alipayPublic: responses.platformPublicKey,
} as const;
