import type { Agent } from 'node:http';

/** The proxy that the environment asks for, by the usual variables; `NO_PROXY` exempts hosts. */
export function proxyFromEnvironment(
  gatewayUrl: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { protocol, hostname, port } = new URL(gatewayUrl);
  const secure = protocol === 'https:';
  const name = secure ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const hosts = [hostname, `${hostname}:${port || (secure ? 443 : 80)}`];
  const exempt = (env['NO_PROXY'] || env['no_proxy'] || '').split(/[\s,]+/).some(entry => {
    const suffix = entry.toLowerCase().replace(/^\*?\./, '');
    return entry === '*' || (suffix !== '' && hosts.some(it => it === suffix || it.endsWith(`.${suffix}`)));
  });
  return exempt ? undefined : env[name] || env[name.toLowerCase()] || undefined;
}

/** A keep-alive agent that reaches the gateway through a proxy. */
export async function createProxyAgent(proxy: string, secure: boolean): Promise<Agent> {
  if (secure) {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(proxy, { keepAlive: true });
  }
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy, { keepAlive: true });
}
