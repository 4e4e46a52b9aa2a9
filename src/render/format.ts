import type { Listing } from '../passes/pages';
import type { Style } from '../terminal/style';

/** What a renderer may know of the place where its text goes. */
export interface View {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly style: Style;
}

/** Writes a listing as text, a piece for each page or so; nothing comes before the first page is there. */
export type Renderer = (listing: Listing, view: View) => AsyncIterable<string>;

/** The output formats; each is loaded when it is used. */
export const FORMATS = {
  table: async (): Promise<Renderer> => (await import('./table')).renderTable,
  json: async (): Promise<Renderer> => (await import('./json')).renderJson,
  ndjson: async (): Promise<Renderer> => (await import('./json')).renderNdjson,
  csv: async (): Promise<Renderer> => (await import('./csv')).renderCsv,
} as const;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];
