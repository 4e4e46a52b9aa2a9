import type { Listing } from '../passes/pages';
import type { Pass } from '../passes/pass';
import type { Language } from '../terminal/language';
import type { Style } from '../terminal/style';
import type { Column } from './columns';

/** What a renderer may know of the place where its text goes. */
export interface View {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly style: Style;
  /** The columns that were asked for; what the format shows by itself when undefined. */
  readonly columns?: readonly Column[] | undefined;
  /** Whether the JSON in `data_info` and `ext_info` is opened. */
  readonly expand?: boolean;
  /** Whether tables and CSV begin with the names of their columns. */
  readonly header?: boolean;
  /** Whether tables show every column and cut nothing. */
  readonly wide?: boolean;
  /** Whether CSV is made for spreadsheets. */
  readonly excel?: boolean;
  /** Whether each record of CSV is a piece of its own. */
  readonly recordByRecord?: boolean;
  /** The language of what is for people; English when undefined. */
  readonly lang?: Language;
  /** The clock that passes are judged by, in milliseconds since the epoch; times are not related to it when undefined. */
  readonly nowMs?: number;
}

/** Writes a listing as text, a piece for each page or so; nothing comes before the first page is there. */
export type Renderer = (listing: Listing, view: View) => AsyncIterable<string>;

interface FormatFact {
  readonly load: () => Promise<Renderer>;
  /** Has columns that are the same for every pass, so they must be known before the first. */
  readonly tabular: boolean;
  /** Is made for people: whatever could act on a terminal is escaped. */
  readonly forPeople: boolean;
  /** What names of its files end in. */
  readonly endings: readonly string[];
}

/** The output formats; each is loaded when it is used. */
export const FORMATS = {
  table: {
    tabular: true,
    forPeople: true,
    endings: ['.txt'],
    load: async () => (await import('./table')).renderTable,
  },
  json: {
    tabular: false,
    forPeople: false,
    endings: ['.json'],
    load: async () => (await import('./json')).renderJson,
  },
  ndjson: {
    tabular: false,
    forPeople: false,
    endings: ['.ndjson', '.jsonl'],
    load: async () => (await import('./json')).renderNdjson,
  },
  csv: {
    tabular: true,
    forPeople: false,
    endings: ['.csv'],
    load: async () => (await import('./csv')).renderCsv,
  },
  markdown: {
    tabular: true,
    forPeople: true,
    endings: ['.md'],
    load: async () => (await import('./markdown')).renderMarkdown,
  },
} as const satisfies Readonly<Record<string, FormatFact>>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** The format that a file’s name asks for by its ending, if any does. */
export function formatOfFile(path: string): Format | undefined {
  const name = path.toLowerCase();
  return FORMAT_NAMES.find(format => FORMATS[format].endings.some(ending => name.endsWith(ending)));
}

/** Renders a listing. Opened JSON makes columns of its own, for which a tabular format waits until all passes are there. */
export async function* renderListing(listing: Listing, format: Format, view: View): AsyncGenerator<string> {
  const { tabular, load } = FORMATS[format];
  const render = await load();
  if (!tabular || !view.expand || view.columns) return yield* render(listing, view);
  const { expandedColumns } = await import('./columns');
  const held = await holdPasses(listing);
  const whole = { ...listing, pages: onePage(held) };
  yield* render(whole, { ...view, columns: expandedColumns(held) });
}

/** All passes of a listing. */
export async function holdPasses({ pages }: Listing): Promise<readonly Pass[]> {
  const held: Pass[] = [];
  for await (const page of pages) for (const pass of page) held.push(pass);
  return held;
}

/** Passes that are there already, as the pages of a listing. */
export async function* onePage(passes: readonly Pass[]): AsyncGenerator<readonly Pass[]> {
  yield passes;
}
