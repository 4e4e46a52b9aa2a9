const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** A zone is off by quarters of an hour; a call is under way for less than this. */
const SLACK_MS = 2 * MINUTE_MS;
/** Beijing's. */
const GATEWAY_ZONE_MINUTES = 8 * 60;
const [WESTMOST_MINUTES, EASTMOST_MINUTES] = [-12 * 60, 14 * 60];

/** How far a Beijing time is off, and of which zone it would be the local time: `8 h 0 min behind: local time of UTC?` */
export function describeOffset(offMs: number): string {
  const minutes = Math.round(Math.abs(offMs) / MINUTE_MS);
  const far = `${Math.floor(minutes / 60)} h ${minutes % 60} min ${offMs < 0 ? 'behind' : 'ahead'}`;
  const zone = guessZone(offMs);
  return zone === undefined ? far : `${far}: local time of ${zone}?`;
}

function guessZone(offMs: number): string | undefined {
  const quarters = Math.round(offMs / QUARTER_MS);
  const zone = GATEWAY_ZONE_MINUTES + quarters * 15;
  if (Math.abs(offMs - quarters * QUARTER_MS) > SLACK_MS) return undefined;
  if (zone < WESTMOST_MINUTES || zone > EASTMOST_MINUTES) return undefined;
  const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60];
  const sign = zone < 0 ? '-' : '+';
  return zone === 0 ? 'UTC' : `UTC${sign}${hours}${minutes === 0 ? '' : `:${minutes}`}`;
}
