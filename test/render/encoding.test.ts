import { describe, expect, it } from 'vitest';
import { encodeRecords, type Encoding } from '../../src/render/encoding';

async function encoded(
  texts: readonly string[],
  encoding: Encoding,
  header = false,
): Promise<{ bytes: Buffer; characters: number; records: number }> {
  const lacking = { characters: 0, records: 0 };
  async function* pieces(): AsyncGenerator<string> {
    yield* texts;
  }
  const parts: Uint8Array[] = [];
  for await (const part of encodeRecords(pieces(), encoding, header, lacking)) parts.push(part);
  return { bytes: Buffer.concat(parts), ...lacking };
}

// What glibc's iconv makes of the same.
describe('encodeRecords', () => {
  it.each<[Encoding, string, string]>([
    ['gbk', '盒马', 'bad0c2ed'],
    ['gb18030', '盒马', 'bad0c2ed'],
    ['gbk', '€', '80'],
    ['gb18030', '€', 'a2e3'],
    ['gb18030', '\u0080', '81308130'],
    ['gb18030', '㐀', '8139ee39'],
    ['gb18030', '😀', '9439fc36'],
    ['gb18030', '𠀀', '95328236'],
    ['utf-8', '😀', 'f09f9880'],
  ])('encodeRecords in %s makes of %s %s', async (encoding, text, hex) => {
    expect(await encoded([text], encoding)).toMatchObject({ characters: 0, records: 0 });
    expect((await encoded([text], encoding)).bytes.toString('hex')).toBe(hex);
  });

  it('encodeRecords in gb18030 has all of Unicode but 19 private characters, and its decoder reads it back', async () => {
    const all = Array.from({ length: 0x110000 }, (_, i) => i).filter(i => i < 0xd800 || i > 0xdfff);
    let lacking = 0;
    for (let start = 0; start < all.length; start += 50_000) {
      const text = String.fromCodePoint(...all.slice(start, start + 50_000));
      const { bytes, characters } = await encoded([text], 'gb18030');
      const back = [...new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes)];
      const wrong = [...text].filter((character, i) => back[i] !== character);
      expect(wrong.join('')).toMatch(/^\p{Co}*$/u);
      expect(wrong.length).toBe(characters);
      lacking += characters;
    }
    expect(lacking).toBe(19);
  });

  it.each<[Encoding, string, string]>([
    ['gbk', '😀😀', '??'],
    ['gbk', '\ud800', '?'],
    ['gb18030', '\ud800x', '?x'],
    ['utf-8', '\ud800', '\ufffd'],
  ])('encodeRecords in %s counts what %j lacks', async (encoding, text, shown) => {
    const { bytes, characters, records } = await encoded(['header😀', text, 'plain', text], encoding, true);
    expect(bytes.toString().endsWith(`${shown}plain${shown}`)).toBe(true);
    expect({ characters, records }).toMatchObject({ records: 2 });
    expect(characters).toBeGreaterThanOrEqual(2);
  });

  it.each<[Encoding, string]>([
    ['utf-8', 'efbbbf61'],
    ['gbk', '61'],
    ['gb18030', '61'],
  ])('encodeRecords in %s writes a byte order mark only where it means one', async (encoding, hex) => {
    expect((await encoded(['\ufeffa'], encoding)).bytes.toString('hex')).toBe(hex);
  });
});
