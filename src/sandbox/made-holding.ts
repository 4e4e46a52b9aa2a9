import type { Group, PassStatus } from '../protocol/api';
import { formatBeijingTime } from '../protocol/time';
import { AWKWARD_TEXTS, type AwkwardFields, FAR_FUTURE, withFields } from './awkward';
import { CATALOGUE } from './catalogue';
import { hash, pick } from './dice';
import type { Holding, SandboxPass } from './holding';

/** What to make a holding of. */
export interface MadeOrder {
  /** Decides all that chance decides: the same passes for the same seed. */
  readonly seed: number;
  readonly group: Group;
  /** What the ids of this holding begin with; nine digits that count from 0 follow. */
  readonly idPrefix: string;
  readonly usable: number;
  /** How many are used, expired or closed. */
  readonly past: number;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** Whether texts that clients get wrong occur every so often. */
  readonly awkward?: boolean;
}

const INDEX_DIGITS = 9;

/** A holding whose passes are made when they are asked for: however long, it costs nothing. At most 10^9 passes. */
export function createMadeHolding(order: MadeOrder): Holding {
  const { idPrefix, usable, past } = order;
  const length = usable + past;
  return {
    length,
    usable,
    at: index => makePass(order, index),
    indexOf: passId => {
      const digits = passId.startsWith(idPrefix) ? passId.slice(idPrefix.length) : '';
      const index = /^\d{9}$/.test(digits) ? Number(digits) : Infinity;
      return index < length ? index : -1;
    },
  };
}

function makePass(order: MadeOrder, index: number): SandboxPass {
  const dice = hash(`${order.seed}/${index}`);
  const pass = makePlainPass(order, index, dice);
  const awkward = order.awkward ? drawAwkward(index, dice) : undefined;
  return awkward ? withFields(pass, awkward) : pass;
}

const PAST_STATUSES: readonly PassStatus[] = ['used', 'expired', 'closed'];

function makePlainPass(order: MadeOrder, index: number, dice: number): SandboxPass {
  const { group, idPrefix, usable, startMs } = order;
  const { merchant, title, subtitle, button } = pick(CATALOGUE[group], dice);
  const { start, end } = validity(lastDay(index, usable, dice), dice, startMs);
  const info = JSON.stringify({
    logoText: title,
    brandName: merchant,
    secondLogoText: subtitle,
    btnDesc: button,
  });
  return {
    pass_id: idPrefix + String(index).padStart(INDEX_DIGITS, '0'),
    mechant_name: merchant,
    logo_text: title,
    second_logo_text: subtitle,
    item_id: `2024${String(dice).padStart(12, '0')}${String(index).padStart(16, '0')}`,
    start_date: formatBeijingTime(start),
    end_date: formatBeijingTime(end),
    gmt_create: formatBeijingTime(start - (dice % DAY_MS)),
    shop_id_list: [shopId(dice), shopId(dice + 1)],
    data_info: info,
    status: index < usable ? 'can_use' : pick(PAST_STATUSES, index),
    ext_info: info,
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;
/** Days that the usable passes of a user are spread over. */
const USABLE_DAYS = 60;

/** The last day of a pass, counted from the start's: usable passes end later the sooner they come. */
function lastDay(index: number, usable: number, dice: number): number {
  if (index >= usable) return -1 - (dice % 180);
  return Math.floor(((usable - 1 - index + (dice % 1024) / 1024) * USABLE_DAYS) / usable);
}

/** From the start of one Beijing day to the last second of another, which is over once it has begun. */
function validity(lastDay: number, dice: number, startMs: number): { start: number; end: number } {
  const today = Math.floor((startMs + 999 + BEIJING_OFFSET_MS) / DAY_MS) * DAY_MS - BEIJING_OFFSET_MS;
  const end = today + (lastDay + 1) * DAY_MS - 1000;
  const days = USABLE_DAYS + ((dice >>> 8) % 30);
  return { start: end + 1000 - days * DAY_MS, end };
}

function shopId(dice: number): string {
  return `20150927000770000000${String(dice % 100_000_000).padStart(8, '0')}`;
}

/** One pass in so many is awkward. */
const AWKWARD_EVERY = 32;

/** An end in the far future would break the order anywhere but at the head. */
function drawAwkward(index: number, dice: number): AwkwardFields | undefined {
  const drawn = dice >>> 10;
  if (index === 0 && drawn % 4 === 0) return FAR_FUTURE;
  return drawn % AWKWARD_EVERY === 0 ? pick(AWKWARD_TEXTS, dice) : undefined;
}
