import { createHash } from 'node:crypto';

/** Changes the text of a recording's lines and writes new digests, as a forger would; its own code, not that of src. */
export function mend(recording: Buffer, change: (line: string, number: number) => string): Buffer {
  let digest = '';
  const lines = recording.toString('utf8').split('\n').slice(0, -1);
  const mended = lines.map((line, i) => {
    const text = change(line, i + 1).replace(/,"digest":"[0-9a-f]{64}"\}$/, '');
    digest = createHash('sha256').update(`${digest}${text}`).digest('hex');
    return `${text},"digest":"${digest}"}\n`;
  });
  return Buffer.from(mended.join(''));
}

/** The lines of a recording as JSON. */
export function linesOf(recording: Buffer): Record<string, unknown>[] {
  const lines = recording.toString('utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as Record<string, unknown>);
}
