import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { formatDetail } from '../../src/render/detail';
import { loadWords } from '../../src/render/words';
import { loadStyle } from '../../src/terminal/style';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const ENGLISH = { width: 80, style: await loadStyle(false), words: await loadWords(), nowMs: NOON };
const PAINTED = { ...ENGLISH, style: await loadStyle(true) };
const CHINESE = { ...ENGLISH, words: await loadWords('zh') };

const show = (more: Record<string, unknown>, view = ENGLISH): string =>
  formatDetail({ pass_id: '7000790003', ...more } as Pass, view);

describe('formatDetail', () => {
  it.each([
    ['a status', { status: 'can_use' }, 'Status   can_use\n', '状态     可使用 (can_use)\n'],
    ['an unknown status', { status: 'odd' }, 'Status   odd\n', '状态     odd\n'],
    [
      'an end',
      { end_date: '2026-11-25 23:59:59' },
      'Valid until  2026-11-25  in 2 days\n',
      '有效期至  2026-11-25  2 天后\n',
    ],
    ['a broken end', { end_date: 'soon' }, 'Valid until  soon\n', '有效期至  soon\n'],
    [
      'shops',
      { shop_id_list: ['11', '22'] },
      'Shops\n  -      11\n  -      22\n',
      '可用门店\n  -       11\n',
    ],
    ['no shops', { shop_id_list: [] }, 'Shops    []\n', '可用门店  []\n'],
    ['a field that nobody knows', { new_thing: { a: 1 } }, 'new_thing\n  a        1\n', 'new_thing\n'],
    ['broken JSON', { data_info: '{"a":' }, 'Pass data  broken JSON, as it came:\n  {"a":\n', 'JSON 已损坏'],
    ['empty text', { data_info: '' }, 'Pass data\n', '凭证信息\n'],
    [
      'nested JSON',
      { data_info: '{"a":{"b":[1,{"c":null}]}}' },
      'Pass data\n  a\n    b\n      -    1\n      -\n        c  null\n',
      '凭证信息\n  a\n',
    ],
    [
      'the same twice',
      { data_info: '{"a":1}', ext_info: '{"a":1}' },
      'Extension  the same as Pass data\n',
      '扩展信息  与凭证信息相同\n',
    ],
  ])('shows %s', (_what, more, english, chinese) => {
    const tidy = (text: string): string => text.replace(/ +$/gm, '');
    expect(tidy(show(more))).toContain(english);
    expect(tidy(show(more, CHINESE))).toContain(chinese);
  });

  it.each([
    ['2026-11-25 23:59:59', 'can_use', true],
    ['2026-12-25 23:59:59', 'can_use', false],
    ['2026-11-25 23:59:59', 'used', false],
  ])('paints the end %s of a pass that is %s: %s', (end_date, status, painted) => {
    expect(show({ end_date, status }, PAINTED).includes('\x1b[33m2026')).toBe(painted);
  });

  it.each([40, 60, 80, 140])('fits %i columns with nothing cut', width => {
    const long = '满99减20，生鲜专用，活动商品除外'.repeat(20);
    const text = show(
      { logo_text: long, item_id: '7'.repeat(100), data_info: JSON.stringify({ key: long }) },
      {
        ...ENGLISH,
        width,
      },
    );
    expect(Math.max(...text.split('\n').map(line => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(text.replace(/\s/g, '').split(long).length - 1).toBe(3);
    expect(text.replace(/\s/g, '')).toContain('7'.repeat(100));
  });

  it('keeps JSON that is nested too deep as JSON', () => {
    const deep = `${'['.repeat(4000)}1${']'.repeat(4000)}`;
    expect(show({ data_info: deep }, { ...ENGLISH, width: Infinity })).toContain('[[[[');
  });

  it.each(['\x1b[2J', 'a\nb', '\u202egnp', '\x07'])('lets %j do nothing', text => {
    const shown = show({
      logo_text: text,
      status: text,
      [text]: text,
      data_info: JSON.stringify({ [text]: text }),
    });
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(show({ data_info: text }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
