import { AlipassError, quote, usageError } from '../errors';
import { parseSpan, parseWord } from '../parse';
import { type Group, GROUPS, isUserId, PASS_STATUS, type PassStatus } from '../protocol/api';
import { nearWords } from '../nearness';
import { formatBeijingTime } from '../protocol/time';
import type { FaultBoard } from './fault-board';
import { parsePass } from './pass-rules';
import { isTooDeep, MOST_LEVELS } from './reading';
import type { HttpRequest, Reply } from './server';
import type { Change, SandboxState } from './state';

/** What can be steered from outside. */
export interface Controls {
  readonly state: SandboxState;
  readonly faults: FaultBoard;
}

type Route = (body: unknown, controls: Controls) => Promise<unknown>;

/** The control interface: JSON in, JSON out. docs/sandbox.md, "State", describes it. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /control': async (_, controls) => describeSandbox(controls),
  'POST /control/changes': async (body, controls) => {
    await makeChanges(parseChanges(body), controls);
    return describeSandbox(controls);
  },
  'PUT /control/faults': async (body, controls) => {
    controls.faults.set(parseTexts(body));
    return describeSandbox(controls);
  },
};

/** Makes all of the changes or none; a reset ends the faults that came later as well. @throws as the state's `change` */
export async function makeChanges(changes: readonly Change[], { state, faults }: Controls): Promise<void> {
  await state.change(changes);
  if (changes.some(it => it.do === 'reset')) faults.reset();
}

/** Whether a path is the control interface's. */
export function isControlPath(path: string): boolean {
  return path === '/control' || path.startsWith('/control/');
}

/** Answers a request to the control interface: 200 once a change is kept, 4xx with the error as JSON. */
export async function control(request: HttpRequest, controls: Controls): Promise<Reply> {
  try {
    refuseStrangers(request);
    const route = ROUTES[`${request.method} ${request.path}`];
    if (!route) return jsonReply(404, errorBody(noSuchRoute(request)));
    const text = Buffer.from(request.body, 'latin1').toString('utf8');
    return jsonReply(200, await route(parseJson(text), controls));
  } catch (error) {
    if (!(error instanceof AlipassError)) throw error;
    return jsonReply(error.kind === 'usage' ? 400 : 500, errorBody(error));
  }
}

/** How the sandbox stands. Names are only ever added to. */
export interface SandboxStatus {
  readonly schema: 'alipass.sandbox-status/1';
  /** The time that passes live by, Beijing time. */
  readonly now: string;
  readonly advanced_ms: number;
  /** Passes that were put or changed, and passes of the data that are gone. */
  readonly put: number;
  readonly gone: number;
  readonly faults: readonly string[];
}

function describeSandbox({ state, faults }: Controls): SandboxStatus {
  const { advancedMs, put, gone } = state.snapshot();
  return {
    schema: 'alipass.sandbox-status/1',
    now: formatBeijingTime(state.clock().nowMs),
    advanced_ms: advancedMs,
    put: put.length,
    gone: gone.length,
    faults: faults.texts(),
  };
}

/** A page in a browser can reach loopback as well: it says where it is from, or comes under another name. */
function refuseStrangers({ headers }: HttpRequest): void {
  const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(String(headers['host']));
  if (isLocal && headers['origin'] === undefined) return;
  throw new AlipassError('usage', 'sandbox.stranger', 'The control interface is not for web pages');
}

function noSuchRoute({ method, path }: HttpRequest): AlipassError {
  return new AlipassError('usage', 'sandbox.no_such_route', `There is no ${method} ${path}`, {
    hint: `There are: ${Object.keys(ROUTES).join(', ')}.`,
  });
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AlipassError('usage', 'usage.invalid', 'The body is no JSON', { cause });
  }
  if (!isTooDeep(value)) return value;
  throw new AlipassError('usage', 'usage.invalid', `The body has more than ${MOST_LEVELS} levels`);
}

type Fields = Readonly<Record<string, unknown>>;

/** What each kind of change is made of. */
const CHANGES: Readonly<Record<Change['do'], (fields: Fields, where: string) => Change>> = {
  put: (fields, where) => ({
    do: 'put',
    user: requireUser(fields, where),
    group: parseWord(`${where}.group`, textOf(fields, 'group'), GROUPS),
    pass: parsePass(objectOf(fields['pass'], `${where}.pass`), `${where}.pass`),
  }),
  status: (fields, where) => ({
    do: 'status',
    ...namedPass(fields, where),
    status: parseWord(`${where}.status`, textOf(fields, 'status'), Object.keys(PASS_STATUS) as PassStatus[]),
  }),
  remove: (fields, where) => ({
    do: 'remove',
    ...namedPass(fields, where),
  }),
  advance: (fields, where) => ({
    do: 'advance',
    ms: parseSpan(`${where}.by`, requireText(fields, 'by', where)),
  }),
  reset: () => ({ do: 'reset' }),
};

/** What a change may say. */
const MEMBERS: Readonly<Record<Change['do'], readonly string[]>> = {
  put: ['do', 'user', 'group', 'pass'],
  status: ['do', 'user', 'pass_id', 'group', 'status'],
  remove: ['do', 'user', 'pass_id', 'group'],
  advance: ['do', 'by'],
  reset: ['do'],
};

function refuseUnknown(fields: Fields, kind: Change['do'], where: string): void {
  const members = MEMBERS[kind];
  const unknown = Object.keys(fields).find(name => !members.includes(name));
  if (unknown === undefined) return;
  const [near] = nearWords(unknown, members);
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  const has = `${kind === 'advance' ? 'an' : 'a'} ${kind} has ${members.join(', ')}`;
  throw new AlipassError(
    'usage',
    'usage.invalid',
    `${where} has no member ${quote(unknown)}; ${meant}${has}`,
  );
}

function namedPass(fields: Fields, where: string): { user: string; passId: string; group?: Group } {
  const user = requireUser(fields, where);
  const passId = requireText(fields, 'pass_id', where);
  if (fields['group'] === undefined) return { user, passId };
  return { user, passId, group: parseWord(`${where}.group`, textOf(fields, 'group'), GROUPS) };
}

/** Reads one change or a list of them. @throws usage naming the one that is wrong */
export function parseChanges(body: unknown): Change[] {
  const list = Array.isArray(body) ? body : [body];
  return list.map((it: unknown, i) => {
    const where = list.length > 1 ? `change ${i + 1}` : 'change';
    const fields = objectOf(it, where);
    const kind = parseWord(`${where}.do`, textOf(fields, 'do'), Object.keys(CHANGES) as Change['do'][]);
    refuseUnknown(fields, kind, where);
    return CHANGES[kind](fields, where);
  });
}

function parseTexts(body: unknown): string[] {
  if (Array.isArray(body) && body.every(it => typeof it === 'string')) return body;
  throw new AlipassError('usage', 'usage.invalid', 'Faults are a JSON array of texts', {
    hint: 'Such as ["http=503@call=1"]; `alipass sandbox faults` lists them.',
  });
}

/** The query takes no other. */
function requireUser(fields: Fields, where: string): string {
  const user = textOf(fields, 'user');
  if (user && isUserId(user)) return user;
  throw usageError(`${where}.user`, user, 'an Alipay id of 16 digits that begins with 2088');
}

function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

function requireText(fields: Fields, name: string, where: string): string {
  const text = textOf(fields, name);
  if (text) return text;
  throw new AlipassError('usage', 'usage.missing', `${where}.${name} is required, as text`);
}

function objectOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  const what = value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : quote(String(value));
  throw new AlipassError('usage', 'usage.invalid', `${where} has to be an object, not ${what}`);
}

function jsonReply(status: number, value: unknown): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    bytes: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}

function errorBody({ code, message, hint }: AlipassError): unknown {
  return { error: { code, message, ...(hint ? { hint } : {}) } };
}
