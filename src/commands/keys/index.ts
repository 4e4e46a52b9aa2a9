import type { CommandGroup } from '../command';
import { convert } from './convert';
import { generate } from './generate';
import { inspect } from './inspect';
import { match } from './match';

/** Work with key files, without any gateway. */
export const keys: CommandGroup = { commands: [generate, inspect, convert, match] };
