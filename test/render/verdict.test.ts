import { describe, expect, it } from 'vitest';
import type { Fault, Violation } from '../../src/passes/contract';
import type { Detail, Found } from '../../src/passes/expectations';
import { tellVerdict, type ToldVerdict } from '../../src/render/verdict';
import { ENGLISH, loadWords } from '../../src/render/words';

const CHINESE = await loadWords('zh');
const NUMBER: Found = { is: 'number', value: 4, unit: 'ms' };

const tell = (found: Found, details: readonly Detail[], words = ENGLISH as typeof CHINESE): ToldVerdict =>
  tellVerdict({ expect: 'x', status: 'failed', found, details }, words);

describe('tellVerdict', () => {
  it.each<[Found, string, string]>([
    [NUMBER, '4ms', '4ms'],
    [{ is: 'status', status: 'used' }, 'used', '已使用'],
    [{ is: 'status', status: 'lent' }, 'lent', 'lent'],
    [{ is: 'status', status: '' }, 'no status', '无状态'],
    [{ is: 'merchant', name: '盒马' }, '盒马', '盒马'],
    [{ is: 'all', count: 4 }, 'all 4', '全部 4 张'],
    [{ is: 'otherwise', count: 1, of: 4 }, '1 of 4 otherwise', '4 张中有 1 张不是'],
    [{ is: 'no merchant', count: 1 }, 'none of 1 merchant', '1 个商家中没有'],
    [{ is: 'conforming', count: 1 }, '1 pass as the API page says', '1 张卡券均与接口文档一致'],
    [{ is: 'deviations', count: 2 }, '2 deviations', '2 处与接口文档不一致'],
    [{ is: 'not listed' }, 'not listed', '不在列表中'],
    [{ is: 'no listing' }, 'there is no listing', '没有列表'],
  ])('tells what was found: %j', (found, english, chinese) => {
    expect([tell(found, []).found, tell(found, [], CHINESE).found]).toEqual([english, chinese]);
  });

  const violation = (fault: Fault, field: string, passId?: string): { is: 'violation' } & Violation => ({
    is: 'violation',
    passId,
    field,
    fault,
  });

  it.each<[Detail, string, string]>([
    [{ is: 'pass', passId: '1', status: '' }, 'pass 1: no status', '卡券 1：无状态'],
    [{ is: 'pass', passId: '1', status: 'used' }, 'pass 1: used', '卡券 1：已使用'],
    [{ is: 'merchant', name: '盒马' }, '盒马', '盒马'],
    [
      violation({ is: 'missing' }, 'pass_id'),
      'pass without an id: pass_id is missing',
      '无 ID 的卡券：pass_id 缺失',
    ],
    [
      violation({ is: 'unknown' }, 'x', '1'),
      'pass 1: x is no field of the API page',
      '卡券 1：x 不是接口文档中的字段',
    ],
    [
      violation({ is: 'other kind', kind: 'number', wanted: 'text' }, 'x', '1'),
      'pass 1: x is a number, not text',
      '卡券 1：x 是数字，应为文本',
    ],
    [
      violation({ is: 'other entry', kind: 'null', wanted: 'pass' }, 'x', '1'),
      'pass 1: x holds null, not a pass',
      '卡券 1：x 含有空值，应为卡券',
    ],
    [
      violation({ is: 'no time', text: `"${'9'.repeat(60)}` }, 'x', '1'),
      `pass 1: x is "\\"${'9'.repeat(38)}…", not a time as yyyy-MM-dd HH:mm:ss`,
      `卡券 1：x 是 "\\"${'9'.repeat(38)}…"，应为“年-月-日 时:分:秒”形式的时间`,
    ],
    [
      violation({ is: 'no status', text: 'gone' }, 'x', '1'),
      'pass 1: x is "gone", not one of can_use, used, expired, closed',
      '卡券 1：x 是 "gone"，应为 can_use, used, expired, closed 之一',
    ],
    [
      violation({ is: 'long', length: 101, longest: 100 }, 'x', '1'),
      'pass 1: x has 101 characters, more than 100',
      '卡券 1：x 有 101 个字符，最多 100 个',
    ],
  ])('tells what stands in the way: %j', (detail, english, chinese) => {
    expect([tell(NUMBER, [detail]).details, tell(NUMBER, [detail], CHINESE).details]).toEqual([
      [english],
      [chinese],
    ]);
  });
});
