import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Call,
  errorNode,
  type IndependentGateway,
  pageNode,
  startGateway,
} from '../helpers/independent-gateway';
import { callerEnv, type Env, run, type Run } from '../helpers/run';

const QUERY = ['list', '--user', '2088102122458832', '--group', 'voucher'];

let gateway: IndependentGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

/** Runs `list` against a gateway that answers so. */
async function list(answer: (call: Call) => Answer, args: string[] = [], env: Env = {}): Promise<Run> {
  gateway = await startGateway(answer);
  return run([...QUERY, ...args], { ...callerEnv(gateway.url), ...env });
}

describe('list against a gateway that shares nothing with the program', () => {
  it.each([
    { charset: 'utf-8', signType: 'RSA2' },
    { charset: 'GBK', signType: 'RSA2' },
    { charset: 'gb2312', signType: 'RSA2' },
    { charset: 'gbk', signType: 'RSA' },
  ])('sends a genuine signature in $charset with $signType', async ({ charset, signType }) => {
    const { code } = await list(
      call => ({ node: pageNode(call, 3) }),
      ['--charset', charset, '--sign-type', signType],
    );
    expect(code).toBe(0);
    expect(gateway!.calls.map(call => call.genuine)).toEqual([true, true]);
    expect(gateway!.calls[0]!.query).toMatchObject({ charset, sign_type: signType });
    expect(Object.keys(gateway!.calls[0]!.body)).toEqual(['biz_content']);
    expect(gateway!.calls[0]!.contentType).toBe(`application/x-www-form-urlencoded;charset=${charset}`);
  });

  it.each([
    { layout: 'compact', charset: 'utf-8' },
    { layout: 'compact', charset: 'GBK' },
    { layout: 'sign-first', charset: 'GBK' },
    { layout: 'pretty', charset: 'utf-8' },
    { layout: 'pretty', charset: 'GBK' },
  ] as const)('lists an answer that is $layout in $charset', async ({ layout, charset }) => {
    const { code, stdout } = await list(
      call => ({ node: pageNode(call, 1), layout, charset }),
      ['-o', 'ndjson'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pass_id: '7000000000', mechant_name: '商家名称' });
  });
});

const COUNTS = [0, 1, 100, 101, 250];

describe('list writes every pass once, in each format', () => {
  it.each(COUNTS)('json of %i passes', async total => {
    const { stdout } = await list(call => ({ node: pageNode(call, total) }), ['-o', 'json']);
    const { schema, passes, meta } = JSON.parse(stdout) as {
      schema: string;
      passes: { pass_id: string }[];
      meta: Record<string, unknown>;
    };
    expect(schema).toBe('alipass.list/1');
    expect(new Set(passes.map(pass => pass.pass_id)).size).toBe(total);
    expect(meta).toMatchObject({ count: total, complete: true, stopped_because: 'end' });
  });

  it.each(COUNTS)('ndjson of %i passes', async total => {
    const { stdout } = await list(call => ({ node: pageNode(call, total) }), ['-o', 'ndjson']);
    const lines = stdout.split('\n').slice(0, -1);
    expect(new Set(lines.map(line => (JSON.parse(line) as { pass_id: string }).pass_id)).size).toBe(total);
  });

  it.each(COUNTS)('csv of %i passes', async total => {
    const { stdout } = await list(call => ({ node: pageNode(call, total) }), ['-o', 'csv']);
    const rows = parse<Record<string, string>>(stdout, { columns: true });
    expect(rows).toHaveLength(total);
    expect(rows.every(row => row['logo_text'] === '30份吮指鸡块, "半价"')).toBe(true);
  });

  it('takes all passes from a gateway that caps page_size at 50', async () => {
    const { stdout } = await list(call => ({ node: pageNode(call, 120, 50) }), ['-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ meta: { count: 120, pages: 4, complete: true } });
  });
});

describe('list ends in the exit code of the reason', () => {
  const sayNo = (code: string, subCode: string): ((call: Call) => Answer) => {
    return () => ({ node: errorNode(code, 'No', subCode, '不行') });
  };
  const noRetry = ['--retries', '0'];

  it.each([
    [4, 'the signature is refused', sayNo('40002', 'isv.invalid-signature'), /isv\.invalid-signature 不行/],
    [5, 'the business is refused', sayNo('40004', 'KP.AE_ALIPASS_NOTEXIST'), /KP\.AE_ALIPASS_NOTEXIST/],
    [6, 'the gateway is busy', sayNo('20000', 'isp.unknow-error'), /Try again/],
    [6, 'calls are limited', sayNo('40005', 'isv.app-call-limited'), /isv\.app-call-limited/],
    [
      7,
      'a success is unsigned',
      (call: Call) => ({ node: pageNode(call, 1), unsigned: true }),
      /no signature/,
    ],
  ] as const)('%i when %s', async (exit, _why, answer, words) => {
    const { code, stdout, stderr } = await list(answer, noRetry);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it.each([
    [6, 'a page of HTML', '<html>502 Bad Gateway</html>', 502, /HTTP 502: <html>502 Bad Gateway/],
    [6, 'HTML under 200', '<!doctype html><p>login</p>', 200, /no JSON but <!doctype html>/],
    [6, 'an empty body', '', 200, /an empty body/],
    [
      6,
      'a cut body',
      '{"alipay_user_pass_grouplist_query_response":{"code"',
      200,
      /not one whole JSON object/,
    ],
    [6, 'a redirect', '', 302, /redirects \(302\)/],
  ])('%i when the answer is %s', async (exit, _what, body, status, words) => {
    const { code, stderr } = await list(
      () => (_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body),
      noRetry,
    );
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('9 when the gateway repeats a page, with the passes that came and no loop', async () => {
    const repeat = (call: Call): Answer => ({
      node: pageNode({ ...call, biz: { ...call.biz, page_num: 1 } }, 500),
    });
    const { code, stdout, stderr } = await list(repeat, ['-o', 'json']);
    expect(code).toBe(9);
    expect(JSON.parse(stdout)).toMatchObject({
      meta: { count: 100, complete: false, stopped_because: 'repeated_page' },
    });
    expect(stderr).toMatch(/repeats itself/);
    expect(gateway!.calls).toHaveLength(2);
  });

  it('9 when --max-pages ends the listing, 0 when --limit does', async () => {
    const many = (call: Call): Answer => ({ node: pageNode(call, 1000) });
    expect((await list(many, ['--max-pages', '2', '-o', 'ndjson'])).code).toBe(9);
    await gateway!.close();
    expect(await list(many, ['--limit', '150', '-o', 'ndjson'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('the cause when a later page fails, after whole JSON of what came', async () => {
    const failing = (call: Call): Answer =>
      call.number === 1 ? { node: pageNode(call, 500) } : { node: errorNode('40004', 'No', 'X', 'no') };
    const { code, stdout, stderr } = await list(failing, ['-o', 'json']);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      meta: { count: 100, complete: false, stopped_because: 'error' },
    });
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'business', exit: 5, gateway: { sub_code: 'X' } },
    });
  });

  it('0 when a retry helps: signed again, with a fresh timestamp', async () => {
    const busyOnce = (call: Call): Answer =>
      call.number === 1
        ? { node: errorNode('20000', 'Service Currently Unavailable', 'isp.unknow-error', '系统繁忙') }
        : { node: pageNode(call, 0) };
    expect((await list(busyOnce)).code).toBe(0);
    expect(gateway!.calls.map(call => call.genuine)).toEqual([true, true]);
  });

  it('6 when nothing listens', async () => {
    const { code, stderr } = await run([...QUERY, ...noRetry], callerEnv('http://127.0.0.1:9/gateway.do'));
    expect(code).toBe(6);
    expect(stderr).toMatch(/Nothing accepts connections at 127\.0\.0\.1:9/);
  });
});

describe('list asks in Beijing time', () => {
  it.each(['America/New_York', 'UTC', 'Asia/Shanghai'])('under TZ=%s', async TZ => {
    const before = Date.now() - 1000;
    await list(call => ({ node: pageNode(call, 0) }), [], { TZ });
    const timestamp = gateway!.calls[0]!.params['timestamp']!;
    const sent = Date.parse(`${timestamp.replace(' ', 'T')}+08:00`);
    expect(sent).toBeGreaterThanOrEqual(before);
    expect(sent).toBeLessThanOrEqual(Date.now());
  });
});
