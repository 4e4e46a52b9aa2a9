import { describe, expect, it } from 'vitest';
import { checkProfileName, findProfile, NO_PROFILES, parseProfiles } from '../../src/profile/profile';
import { refusal } from '../helpers/refusal';

describe('checkProfileName', () => {
  it.each([
    'main',
    'a',
    'shop.cn',
    'a.b.c',
    '生产环境',
    '__proto__',
    'constructor',
    'a b',
    'a-b',
    '😀',
    'x'.repeat(64),
  ])('checkProfileName accepts %j', name => expect(checkProfileName(name)).toBe(name));

  it.each([
    '',
    ' ',
    ' a',
    'a ',
    '-a',
    '--a',
    'a\nb',
    'a\tb',
    '\x1b[2J',
    'a\u202eb',
    'a\u200b',
    '\ufeffa',
    'a\ud800',
    'x'.repeat(65),
  ])('checkProfileName refuses %j', name => {
    expect(refusal(() => checkProfileName(name))).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
  });
});

describe('findProfile', () => {
  const profiles = parseProfiles({ profiles: { main: { app_id: '1' }, 生产: {} } }, 'config.json');

  it('findProfile finds by name', () => {
    expect(findProfile(profiles, 'main')).toEqual({ app_id: '1' });
  });

  it.each(['Main', 'mai', 'toString', '__proto__', ''])(
    'findProfile refuses %j, saying which there are',
    name => {
      const error = refusal(() => findProfile(profiles, name));
      expect(error).toMatchObject({ kind: 'config', code: 'profile.unknown' });
      expect(error.hint).toContain('main, 生产');
    },
  );

  it('findProfile says how to make a first one', () => {
    expect(refusal(() => findProfile(NO_PROFILES, 'main')).hint).toContain('profile add');
  });
});

describe('parseProfiles', () => {
  it.each([
    ['{}', undefined, []],
    ['{"profiles":{}}', undefined, []],
    ['{"current":"a","profiles":{"a":{"app_id":"1"}}}', 'a', [['a', { app_id: '1' }]]],
    ['{"profiles":{"a.b":{"charset":"GBK"}}}', undefined, [['a.b', { charset: 'GBK' }]]],
    ['{"profiles":{"__proto__":{"app_id":"1"}}}', undefined, [['__proto__', { app_id: '1' }]]],
    [
      '{"later":[1],"profiles":{"a":{"app_id":"1","later":{"x":1}}}}',
      undefined,
      [['a', { app_id: '1', later: { x: 1 } }]],
    ],
  ])('parseProfiles reads %s', (text, current, entries) => {
    const profiles = parseProfiles(JSON.parse(text), 'config.json');
    expect(profiles.current).toBe(current);
    expect([...profiles.byName]).toEqual(entries);
  });

  it.each([
    ['null', 'the file'],
    ['[]', 'the file'],
    ['"a"', 'the file'],
    ['{"profiles":[]}', 'profiles'],
    ['{"profiles":"a"}', 'profiles'],
    ['{"profiles":{"a":null}}', 'profile "a"'],
    ['{"profiles":{"a":[]}}', 'profile "a"'],
    ['{"profiles":{"a":{"app_id":1}}}', 'app_id of profile "a"'],
    ['{"profiles":{"a":{"app_id":null}}}', 'app_id of profile "a"'],
    ['{"current":1}', 'current'],
    ['{"current":null}', 'current'],
  ])('parseProfiles refuses %s, saying where and what', (text, what) => {
    const error = refusal(() => parseProfiles(JSON.parse(text), 'config.json'));
    expect(error).toMatchObject({ kind: 'config', code: 'profile.damaged' });
    expect(error.message).toContain('config.json is damaged');
    expect(error.message).toContain(what);
  });
});
