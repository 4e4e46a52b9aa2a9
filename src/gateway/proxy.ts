import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { AlipassError, quote } from '../errors';

/**
 * The proxy that the environment asks for, by the usual variables; `NO_PROXY` exempts hosts.
 * @throws config `proxy.invalid`
 */
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
  const proxy = env[name] || env[name.toLowerCase()];
  return exempt || !proxy ? undefined : parseProxy(proxy, name);
}

/** As curl does, a proxy without a scheme is taken for an HTTP one. @throws config `proxy.invalid` */
function parseProxy(text: string, variable: string): string {
  const url = text.includes('://') ? text : `http://${text}`;
  if (isProxyUrl(url)) return url;
  throw new AlipassError('config', 'proxy.invalid', `${variable} ${quote(text)} is no HTTP proxy`, {
    hint: 'It must be a URL such as http://proxy.example:3128; --proxy and NO_PROXY come before it.',
  });
}

/** Whether a proxy can be reached by this URL: `http://host:port` or https. */
export function isProxyUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

/** What a call tells its agent: when it is no longer worth to wait for the proxy. */
export interface TunnelOptions {
  readonly untilTunnel?: AbortSignal | undefined;
}

/** A keep-alive agent that reaches the gateway through a proxy. */
export async function createProxyAgent(proxy: string, secure: boolean): Promise<Agent> {
  if (secure) {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    /** Gives up a tunnel that is not there yet when its call does: it would keep the process from ending. */
    class TunnelAgent extends HttpsProxyAgent<string> {
      override connect(
        ...args: Parameters<InstanceType<typeof HttpsProxyAgent>['connect']>
      ): Promise<Socket> {
        Object.assign(this.connectOpts, { signal: (args[1] as TunnelOptions).untilTunnel });
        return super.connect(...args);
      }
    }
    return new TunnelAgent(proxy, { keepAlive: true });
  }
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy, { keepAlive: true });
}
