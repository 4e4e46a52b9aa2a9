import { extname } from 'node:path';
import { quote } from '../errors';
import { readCsv } from './data-csv';
import { isRowLine, readJson, readNdjson } from './data-json';
import { dataError, type LineFault, MAX_ROWS, type RawRow, readLines } from './data-lines';
import { bagKey, type Dataset, type DatasetAt, type Holding, type SandboxPass } from './holding';
import { createListedHolding } from './listed-holding';
import { type DataRow, judgeRow } from './pass-rules';

/** What a data file says. */
export interface DataFile {
  readonly datasetAt: DatasetAt;
  /** How many users and passes there are in it. */
  readonly users: number;
  readonly passes: number;
}

/** Most faults that are told of. */
const MAX_FAULTS = 10;

/**
 * Reads a data file (docs/sandbox.md): JSON, NDJSON or CSV by its extension, else by what it begins with. Each field
 * keeps to the API page; a pass is unique within its user and group.
 * @throws usage `input.unreadable`; config `sandbox.data` with the first ten faults: no file is half used
 */
export async function readDataset(path: string): Promise<DataFile> {
  const faults: LineFault[] = [];
  const bags = createBags();
  for await (const read of await openRows(path)) {
    faults.push(...('says' in read ? [read] : bags.add(read)));
    if (faults.length >= MAX_FAULTS) break;
  }
  if (faults.length > 0) throw dataError(path, faults.slice(0, MAX_FAULTS), faults.length >= MAX_FAULTS);
  return bags.close();
}

type RowReader = (lines: AsyncIterable<string>) => AsyncIterable<RawRow | LineFault>;

const READERS: Readonly<Record<string, RowReader>> = {
  '.json': readJson,
  '.ndjson': readNdjson,
  '.jsonl': readNdjson,
  '.csv': readCsv,
};

async function openRows(path: string): Promise<AsyncIterable<RawRow | LineFault>> {
  const lines = readLines(path);
  const head: string[] = [];
  while (head.every(isBlank)) {
    const next = await lines.next();
    if (next.done) break;
    head.push(next.value);
  }
  const reader = READERS[extname(path).toLowerCase()] ?? readerFor(head.at(-1) ?? '');
  // NDJSON without a line is a file of no passes.
  if (head.every(isBlank) && reader !== readNdjson) throw dataError(path, [EMPTY]);
  return reader(chain(head, lines));
}

const EMPTY: LineFault = { line: 1, says: 'is empty; rows of passes as JSON, NDJSON or CSV' };

/** By the first line that is not blank. */
function readerFor(line: string): RowReader {
  const first = line.trimStart()[0];
  if (first === '[') return readJson;
  if (first !== '{') return readCsv;
  return isRowLine(line) ? readNdjson : readJson;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

async function* chain<T>(head: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* head;
  yield* rest;
}

/** What one user holds in one group. */
interface Bag {
  readonly passes: SandboxPass[];
  /** The line of each pass, by its id. */
  readonly lines: Map<string, number>;
}

interface Bags {
  add(row: RawRow): LineFault[];
  close(): DataFile;
}

function createBags(): Bags {
  const bags = new Map<string, Bag>();
  const users = new Set<string>();
  let count = 0;

  function put({ user, group, pass }: DataRow, line: number): string | undefined {
    const bag = bags.get(bagKey(user, group)) ?? { passes: [], lines: new Map<string, number>() };
    bags.set(bagKey(user, group), bag);
    const id = pass['pass_id'] as string;
    const first = bag.lines.get(id);
    if (first !== undefined)
      return `pass_id ${quote(id)} stands in line ${first} already; once for a user and group`;
    if (++count > MAX_ROWS) return `is one row too many; at most ${MAX_ROWS}`;
    bag.passes.push(pass);
    bag.lines.set(id, line);
    users.add(user);
    return undefined;
  }

  return {
    add(raw) {
      const { row, faults } = judgeRow(raw.fields);
      const lineFaults = faults.map(({ field, says }) => ({ line: raw.lineOf(field), says }));
      if (faults.length > 0) return lineFaults.sort((a, b) => a.line - b.line);
      const line = raw.lineOf('pass_id');
      const says = put(row, line);
      return says === undefined ? [] : [{ line, says }];
    },
    close: () => ({ datasetAt: startMs => sortBags(bags, startMs), users: users.size, passes: count }),
  };
}

/** Sorts a bag when it is first asked for: a reset costs no walk through all. */
function sortBags(bags: ReadonlyMap<string, Bag>, startMs: number): Dataset {
  const holdings = new Map<string, Holding>();
  return (user, group) => {
    const key = bagKey(user, group);
    const passes = bags.get(key)?.passes;
    if (!passes) return NOTHING;
    const holding = holdings.get(key) ?? createListedHolding(passes, startMs);
    holdings.set(key, holding);
    return holding;
  };
}

const NOTHING = createListedHolding([], 0);
