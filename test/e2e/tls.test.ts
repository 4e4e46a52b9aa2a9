import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userFile, userWith } from '../helpers/export';
import { type IndependentGateway, pageNode, startGateway } from '../helpers/independent-gateway';
import { type Issued, issueCertificate } from '../helpers/pki';
import { callerEnv, run } from '../helpers/run';

describe('a gateway by TLS', { timeout: 30_000 }, () => {
  let certificate: Issued;
  let gateway: IndependentGateway;
  beforeAll(async () => {
    certificate = issueCertificate({ subject: '/CN=localhost', ca: true });
    gateway = await startGateway(call => ({ node: pageNode(call, 1_500) }), certificate);
  });
  afterAll(() => gateway.close());

  const query = ['--group', 'voucher', '-o', 'ndjson', '--page-size', '1000', '--retries', '0'];
  const users = Array.from({ length: 20 }, (_, i) => userWith(i));
  it.each([
    ['list', ['list', '--user', userWith(1), ...query], 1_500],
    ['export', ['export', '--users', userFile(users), ...query], 30_000],
  ])('%s calls it where its certificate is trusted, and nowhere else', async (_, args, rows) => {
    const env = callerEnv(gateway.url);
    const trusting = await run(args, { ...env, NODE_EXTRA_CA_CERTS: certificate.certificateFile });
    expect([trusting.code, trusting.stdout.split('\n').length - 1]).toEqual([0, rows]);
    const { code, stdout, stderr } = await run(args, env);
    expect([code, stdout]).toEqual([6, '']);
    expect(stderr).toMatch(/"network\.(depth_zero_)?self_signed_cert(_in_chain)?"/);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  });
});
