import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { describe, expect, it } from 'vitest';
import { createProxyAgent, proxyFromEnvironment } from '../../src/gateway/proxy';

const SECURE = 'https://openapi.alipay.com/gateway.do';
const PLAIN = 'http://localhost:8080/gateway.do';
const PROXY = 'http://proxy.example:3128';

describe('proxyFromEnvironment', () => {
  it.each([
    [SECURE, { HTTPS_PROXY: PROXY }, PROXY],
    [SECURE, { https_proxy: PROXY }, PROXY],
    [SECURE, { HTTPS_PROXY: PROXY, https_proxy: 'http://other' }, PROXY],
    [SECURE, { HTTPS_PROXY: '', https_proxy: PROXY }, PROXY],
    [PLAIN, { HTTP_PROXY: PROXY }, PROXY],
    [PLAIN, { http_proxy: PROXY }, PROXY],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: '' }, PROXY],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com, alipay.org' }, PROXY],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'pay.com' }, PROXY],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: ',' }, PROXY],
    [PLAIN, { HTTP_PROXY: PROXY, NO_PROXY: 'localhost:9090' }, PROXY],
  ])('proxyFromEnvironment for %s with %j is the proxy', (url, env, proxy) => {
    expect(proxyFromEnvironment(url, env)).toBe(proxy);
  });

  it.each([
    [SECURE, {}],
    [SECURE, { HTTP_PROXY: PROXY, http_proxy: PROXY }],
    [PLAIN, { HTTPS_PROXY: PROXY }],
    [SECURE, { HTTPS_PROXY: '' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: '*' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'openapi.alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: '.alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: '*.alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'localhost, alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'localhost alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, no_proxy: 'alipay.com' }],
    [PLAIN, { HTTP_PROXY: PROXY, NO_PROXY: 'localhost' }],
    [PLAIN, { HTTP_PROXY: PROXY, NO_PROXY: 'localhost:8080' }],
    // Host names have no case, an empty variable is unset, and 443 is what https means.
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'OpenAPI.Alipay.COM' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: '', no_proxy: 'alipay.com' }],
    [SECURE, { HTTPS_PROXY: PROXY, NO_PROXY: 'openapi.alipay.com:443' }],
  ])('proxyFromEnvironment for %s with %j is none', (url, env) => {
    expect(proxyFromEnvironment(url, env)).toBeUndefined();
  });
});

describe('createProxyAgent', () => {
  it.each([
    [true, HttpsProxyAgent],
    [false, HttpProxyAgent],
  ])('createProxyAgent where secure is %s makes a keep-alive %o', async (secure, kind) => {
    const agent = await createProxyAgent(PROXY, secure);
    expect(agent).toBeInstanceOf(kind);
    expect(agent).toMatchObject({ keepAlive: true });
  });
});
