import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { quote } from '../errors';
import { type LineFault, MAX_TEXT_BYTES, type RawRow, TOO_LONG } from './data-lines';
import { INFO_FIELDS } from './pass-rules';

/** Reads JSON: an array of rows, or an object with one under `passes`. */
export async function* readJson(lines: AsyncIterable<string>): AsyncGenerator<RawRow | LineFault> {
  const pieces: string[] = [];
  let length = 0;
  for await (const line of lines) {
    length += line.length;
    if (length > MAX_TEXT_BYTES) return yield { line: pieces.length + 1, says: TOO_LONG };
    pieces.push(line);
  }
  const text = pieces.join('');
  const root = parseText(text, 1);
  if ('says' in root) return yield root;
  const list = findList(root);
  if (list?.type !== 'array') return yield { line: 1, says: NO_LIST };
  yield* rowsOf(list, text);
}

const NO_LIST = 'is no list of passes; an array of rows, or {"passes":[…]} and nothing else';

function* rowsOf(list: Node, text: string): Generator<RawRow | LineFault> {
  let line = 1;
  let counted = 0;
  for (const node of list.children ?? []) {
    line += countBreaks(text, counted, node.offset);
    counted = node.offset;
    yield rowOf(node, text, line);
  }
}

/** Reads NDJSON: a row a line; blank lines are skipped. */
export async function* readNdjson(lines: AsyncIterable<string>): AsyncGenerator<RawRow | LineFault> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const root = parseText(text, line);
    yield 'says' in root ? root : rowOf(root, text, line);
  }
}

/** Whether a line is a whole row: what tells NDJSON from JSON where the name does not. */
export function isRowLine(text: string): boolean {
  const root = parseText(text, 1);
  return !('says' in root) && root.type === 'object' && findList(root) === undefined;
}

/** Only the first mistake counts: those behind it mostly follow from it. */
function parseText(text: string, firstLine: number): Node | LineFault {
  const errors: ParseError[] = [];
  const root = parseDeep(text, errors);
  const [error] = errors;
  if (root && !error) return root;
  const offset = error?.offset ?? 0;
  const line = firstLine + countBreaks(text, 0, offset);
  return { line, says: (error && JSON_FAULTS[error.error]) ?? 'is no JSON; JSON as RFC 8259 has it' };
}

/** Nesting that is deeper than the stack is no JSON that anybody wrote. */
function parseDeep(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** By jsonc-parser’s ParseErrorCode. */
const JSON_FAULTS: Readonly<Record<number, string>> = {
  1: 'has a word that JSON does not know; text stands in double quotes',
  2: 'has a number that JSON does not know; text stands in double quotes',
  3: 'lacks a field name; names stand in double quotes, and no comma follows the last field',
  4: 'lacks a value; no comma follows the last one',
  5: 'lacks a colon; it stands between name and value',
  6: 'lacks a comma; it stands between fields and between rows',
  7: 'lacks a closing brace; every { has its }',
  8: 'lacks a closing bracket; every [ has its ]',
  9: 'goes on after its end; one array in a file, or a row a line in a file named .ndjson',
  10: 'has a comment; JSON has none',
  12: 'has a text without an end; a double quote ends it, a line break within is \\n',
  14: 'has a \\u without four hex digits; \\u4f60 is one with',
  15: 'has a backslash before a wrong letter; a backslash itself is \\\\',
  16: 'has a control character in a text; a tab is \\t',
};

/** The rows of a file: the array, or the `passes` that stand alone in an object. */
function findList(root: Node): Node | undefined {
  if (root.type !== 'object') return root;
  const [only, ...others] = root.children ?? [];
  return only && others.length === 0 && nameOf(only) === 'passes' ? only.children![1] : undefined;
}

function nameOf(property: Node): string {
  return property.children![0]!.value as string;
}

function rowOf(node: Node, text: string, line: number): RawRow | LineFault {
  if (node.type !== 'object') return { line, says: 'is no row; a row is an object of fields' };
  const fields = new Map<string, unknown>();
  const places = new Map<string, number>();
  for (const property of node.children ?? []) {
    const name = nameOf(property);
    const offset = property.offset;
    if (fields.has(name)) {
      const at = line + countBreaks(text, node.offset, offset);
      return { line: at, says: `field ${quote(name)} stands there twice; once in a row` };
    }
    fields.set(name, valueOf(name, property.children![1]!, text));
    places.set(name, offset);
  }
  return {
    fields: Object.fromEntries(fields),
    lineOf: field => line + countBreaks(text, node.offset, places.get(field) ?? node.offset),
  };
}

/** An object that stands where a text of JSON does becomes that text, as it was written: no digit gets lost. */
function valueOf(field: string, node: Node, text: string): unknown {
  return node.type === 'object' && INFO_FIELDS.has(field)
    ? compact(text.slice(node.offset, node.offset + node.length))
    : getNodeValue(node);
}

/** JSON without the white space between its tokens. */
function compact(json: string): string {
  return json.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1');
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
