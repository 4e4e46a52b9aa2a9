/** The gateway's clock is UTC+8 all year round, whatever the machine's zone (docs/protocol.md, "Requests"). */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The last second that was written: thousands of calls are signed in the same one. */
let written = { second: NaN, text: '' };

/** Writes an instant as `yyyy-MM-dd HH:mm:ss` in Beijing time. */
export function formatBeijingTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== written.second) {
    const text = new Date(epochMs + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
    written = { second, text };
  }
  return written.text;
}

/** Reads `yyyy-MM-dd HH:mm:ss` in Beijing time; undefined for any other form and for dates that do not exist. */
export function parseBeijingTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const epochMs = Date.parse(`${text.replace(' ', 'T')}Z`) - BEIJING_OFFSET_MS;
  const exists = !Number.isNaN(epochMs) && formatBeijingTime(epochMs) === text;
  return exists ? epochMs : undefined;
}
