import { BULK } from './bulk';
import { COMMAND_LINE } from './command-line';
import { CONNECTION } from './connection';
import { DOCTOR } from './doctor';
import { EXAMPLES, HELP } from './help';
import { SANDBOX } from './sandbox';
import { SIGNING } from './signing';

/** Every table of Chinese phrases. */
export const TABLES: readonly Readonly<Record<string, string>>[] = [
  HELP,
  EXAMPLES,
  COMMAND_LINE,
  CONNECTION,
  SIGNING,
  DOCTOR,
  SANDBOX,
  BULK,
];
