import type { CommandGroup } from '../command';
import { data } from './data';
import { faults } from './faults';
import { serve } from './serve';
import { STEERING_COMMANDS } from './steer';

/** `alipass sandbox`: a gateway of one's own. */
export const sandbox: CommandGroup = { commands: [serve, data, faults, ...STEERING_COMMANDS] };
