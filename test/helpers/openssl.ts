import { execFileSync } from 'node:child_process';

/** Runs openssl and returns what it prints: golden values from outside our code. */
export function openssl(args: readonly string[], input: string | Buffer = ''): Buffer {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** A new private key as PKCS#8 PEM. */
export function newPrivateKey(bits = 2048): string {
  return openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]).toString();
}

/** PEM's body as one line, which is how Alipay's key tool saves keys. */
export function bareOf(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}
