import { type Group, GROUPS } from '../protocol/api';
import { AWKWARD_USER, createSampleDataset, PAGE_USER } from './dataset';
import { createGeneratedDataset, type GeneratorOrder, userIdAt } from './generator';
import type { DataRow } from './pass-rules';

/** Who holds how many of the sample's current and past passes in a sample of a data file. */
const SAMPLE: readonly (readonly [user: string, group: Group, current: number, past: number])[] = [
  [PAGE_USER, 'card', 1, 0],
  [PAGE_USER, 'voucher', 3, 2],
  [PAGE_USER, 'ticket', 1, 0],
  [PAGE_USER, 'cert', 1, 0],
  ['2088102122458832', 'voucher', 2, 1],
  [AWKWARD_USER, 'voucher', 4, 1],
];

/** A few rows to begin a data file with, for a sandbox that starts at `startMs`. */
export function* sampleRows(startMs: number): Generator<DataRow> {
  const dataset = createSampleDataset(startMs);
  for (const [user, group, current, past] of SAMPLE) {
    const holding = dataset(user, group);
    for (let i = 0; i < current; i++) yield { user, group, pass: holding.at(i) };
    for (let i = 0; i < past; i++) yield { user, group, pass: holding.at(holding.usable + i) };
  }
}

/** How many rows {@link generatedRows} makes. */
export function countGeneratedRows({ users, passes }: GeneratorOrder): number {
  return users * passes * GROUPS.length * 2;
}

/** All that the generated users hold: user by user, group by group, the current passes first. */
export function* generatedRows(order: GeneratorOrder): Generator<DataRow> {
  const dataset = createGeneratedDataset(order);
  for (let i = 0; i < order.users; i++) {
    const user = userIdAt(i);
    for (const group of GROUPS) {
      const holding = dataset(user, group);
      for (let j = 0; j < holding.length; j++) yield { user, group, pass: holding.at(j) };
    }
  }
}
