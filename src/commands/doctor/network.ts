import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AlipassError, systemCode } from '../../errors';
import { proxyFromEnvironment } from '../../gateway/proxy';
import { pageRequest } from '../../passes/query';
import { formatBeijingTime } from '../../protocol/time';
import { connect, resolveConnection } from '../connect';
import { type Check, examine, fail, type Finding, pass, passed, type Patient, skip, warn } from './finding';

/** What only a network can tell, in this order. */
export const NETWORK_CHECKS: readonly Check[] = [checkProxy, checkDns, checkTls, checkCall];

/** How the gateway is reached; undefined for the built-in sandbox. */
interface Route {
  readonly url: URL;
  readonly proxy: string | undefined;
}

async function routeOf({ context, connection }: Patient): Promise<Route | undefined> {
  if (connection.sandbox) return undefined;
  const { gateway, proxy } = await resolveConnection(context, connection);
  return {
    url: new URL(gateway!.value),
    proxy: proxy?.value ?? proxyFromEnvironment(gateway!.value, context.env),
  };
}

async function checkProxy(patient: Patient): Promise<readonly Finding[]> {
  return examine('proxy', async () => {
    const route = await routeOf(patient);
    if (!route) return [skip('proxy', 'the sandbox is in process')];
    return [pass('proxy', route.proxy ? `Calls go through ${new URL(route.proxy).host}` : 'none')];
  });
}

async function checkDns(patient: Patient): Promise<readonly Finding[]> {
  return examine('dns', async () => {
    const route = await routeOf(patient);
    if (!route || route.proxy)
      return [skip('dns', route ? 'the proxy looks the name up' : 'the sandbox is in process')];
    const { hostname } = route.url;
    try {
      const addresses = await lookup(bareHost(route.url), { all: true });
      return [pass('dns', `${hostname} resolves to ${addresses.map(({ address }) => address).join(', ')}`)];
    } catch (error) {
      const says = `${hostname} has no address (${systemCode(error)})`;
      return [fail('dns', says, 'Check --gateway, the network and its DNS; behind a proxy set --proxy.')];
    }
  });
}

/** The host of a URL, an IPv6 address without its brackets. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

const TLS_TIMEOUT_MS = 5_000;

async function checkTls(patient: Patient, before: readonly Finding[]): Promise<readonly Finding[]> {
  if (!passed(before, 'dns')) return [skip('tls', 'the gateway has no address')];
  return examine('tls', async () => {
    const route = await routeOf(patient);
    if (!route || route.url.protocol === 'http:') return [skip('tls', 'the gateway is not reached by https')];
    if (route.proxy) return [skip('tls', 'the proxy opens the connection')];
    return [await shakeHands(route.url)];
  });
}

function shakeHands(url: URL): Promise<Finding> {
  const host = bareHost(url);
  // A certificate's name can't be asked for by an address.
  const servername = isIP(host) ? {} : { servername: host };
  return new Promise(resolve => {
    const socket = connectTls({ host, port: Number(url.port) || 443, ...servername });
    const end = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    const remedy =
      'Check the clock, and proxies that open TLS; the gateway’s certificate must be the public one.';
    socket.setTimeout(TLS_TIMEOUT_MS, () =>
      end(fail('tls', `No handshake within ${TLS_TIMEOUT_MS} ms`, 'Check the network.')),
    );
    socket.once('error', error =>
      end(fail('tls', `${error.message} (${systemCode(error) ?? 'unknown'})`, remedy)),
    );
    socket.once('secureConnect', () => {
      const { valid_to: validTo } = socket.getPeerCertificate();
      end(pass('tls', `${socket.getProtocol()}, certificate valid to ${validTo}`));
    });
  });
}

/** The API page's user: any answer but a refusal of the caller proves what is to be proven. */
const ANYBODY = '2088888888888888';

async function checkCall(patient: Patient, before: readonly Finding[]): Promise<readonly Finding[]> {
  if (before.some(({ status }) => status === 'fail')) {
    return [skip('clock', 'no call was made'), skip('signed call', 'what failed above comes first')];
  }
  const seen: { date?: string | undefined; atMs?: number } = {};
  const call = await examine('signed call', () => callOnce(patient, seen));
  return [judgeClock(seen.date, seen.atMs), ...call];
}

/** Lists one pass, once, and keeps the Date header that came with the answer. */
async function callOnce(
  { context, connection, conversation }: Patient,
  seen: { date?: string | undefined; atMs?: number },
): Promise<Finding[]> {
  const listening = {
    ...context,
    transport: async (options: Parameters<typeof context.transport>[0]) => {
      const transport = await context.transport(options, 'few');
      return async (...args: Parameters<typeof transport>) => {
        const raw = await transport(...args);
        Object.assign(seen, { date: raw.headers['date'], atMs: context.now() });
        return raw;
      };
    },
  };
  const { client } = await connect(listening, connection, conversation);
  const request = pageRequest(
    { userId: ANYBODY, group: 'voucher', time: 'current', shops: false, pageSize: 1, maxPages: 1 },
    1,
  );
  try {
    const { verified } = await client(request, context.signal);
    if (verified) return [pass('signed call', 'The gateway accepted the signature, and its answer verifies')];
    return [warn('signed call', 'The answer was not verified', 'Leave out --insecure-skip-verify.')];
  } catch (error) {
    if (!(error instanceof AlipassError) || error.kind !== 'business') throw error;
    if (!error.gateway?.verified) {
      const says = `The gateway answered ${error.code}, but nothing proves that it was the gateway`;
      return [fail('signed call', says, 'Check --gateway, and for a proxy that answers in its place.')];
    }
    return [pass('signed call', `The gateway accepted the signature and answered ${error.code}`)];
  }
}

const CLOCK_WARN_MS = 60_000;
const CLOCK_FAIL_MS = 15 * 60_000;

function judgeClock(date: string | undefined, atMs: number | undefined): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs) || atMs === undefined) return skip('clock', 'the gateway sent no Date header');
  const offMs = atMs - theirs;
  const seconds = Math.round(Math.abs(offMs) / 1000);
  const says = `This clock is ${seconds} s ${offMs < 0 ? 'behind' : 'ahead of'} the gateway’s (${formatBeijingTime(theirs)})`;
  if (Math.abs(offMs) >= CLOCK_FAIL_MS) return fail('clock', says, 'Set the clock: use NTP.');
  if (Math.abs(offMs) >= CLOCK_WARN_MS) return warn('clock', says, 'Set the clock: use NTP.');
  return pass('clock', says);
}
