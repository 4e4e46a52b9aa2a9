import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../src/passes/evidence';
import { EXPECTATION_FORMS, judge, parseExpectation, parseExpectations } from '../../src/passes/expectations';
import type { Pass } from '../../src/passes/pass';
import { tellVerdict, type ToldVerdict } from '../../src/render/verdict';
import { ENGLISH } from '../../src/render/words';
import { refusal } from '../helpers/refusal';

const PASSES: readonly Pass[] = [
  { pass_id: '1', status: 'can_use', mechant_name: 'Hema Fresh' },
  { pass_id: '2', status: 'can_use', mechant_name: '盒马' },
  { pass_id: '3', status: 'used' },
  { pass_id: '4' },
];

/** As programs are told. */
function judged(text: string, passes = PASSES): ToldVerdict {
  const expectation = parseExpectation(text, '--expect');
  const gathering = gatherEvidence([expectation]);
  for (const pass of passes) gathering.add(pass);
  return tellVerdict(judge(expectation, gathering.evidence({ pages: 2, slowestMs: 300 })), ENGLISH);
}

describe('judge', () => {
  it.each([
    ['count>=4', 'ok', '4'],
    ['count>=5', 'failed', '4'],
    ['count<=4', 'ok', '4'],
    ['count<=3', 'failed', '4'],
    ['count == 4', 'ok', '4'],
    ['count==3', 'failed', '4'],
    ['count!=3', 'ok', '4'],
    ['count!=4', 'failed', '4'],
    ['count>3', 'ok', '4'],
    ['count>4', 'failed', '4'],
    ['count<5', 'ok', '4'],
    ['count<4', 'failed', '4'],
    ['count(can_use)==2', 'ok', '2'],
    ['count(expired)==0', 'ok', '0'],
    ['count(used)==0', 'failed', '1'],
    ['pages<=2', 'ok', '2'],
    ['pages<2', 'failed', '2'],
    ['latency<=300ms', 'ok', '300ms'],
    ['latency<1s', 'ok', '300ms'],
    ['latency<300ms', 'failed', '300ms'],
    ['pass 3', 'ok', 'used'],
    ['pass 4', 'ok', 'no status'],
    ['pass 5', 'failed', 'not listed'],
    ['pass 3 is used', 'ok', 'used'],
    ['pass 3 is can_use', 'failed', 'used'],
    ['pass 4 is used', 'failed', 'no status'],
    ['all can_use', 'failed', '2 of 4 otherwise'],
    ['merchant hema', 'ok', 'Hema Fresh'],
    ['merchant 盒马', 'ok', '盒马'],
    ['merchant KFC', 'failed', 'none of 2 merchants'],
    ['schema', 'ok', '4 passes as the API page says'],
  ] as const)('%s: %s', (text, status, found) => {
    expect(judged(text)).toMatchObject({ expect: text, status, found });
  });

  it('names the passes that keep "all" from being true', () => {
    expect(judged('all can_use').details).toEqual(['pass 3: used', 'pass 4: no status']);
  });

  it('takes "all" for true of an empty listing, and "count>=1" for false', () => {
    expect(judged('all used', []).status).toBe('ok');
    expect(judged('count>=1', []).status).toBe('failed');
  });

  it('names no more than a hundred passes', () => {
    const many = Array.from({ length: 500 }, (_, i): Pass => ({ pass_id: `P${i}`, status: 'used' }));
    expect(judged('all can_use', many).details).toHaveLength(100);
  });
});

describe('parseExpectation', () => {
  it.each(EXPECTATION_FORMS)('reads the form that it names: %s', form => {
    const text = form.replace('ID', '1').replace('STATUS', 'used').replace('TEXT', 'x');
    expect(parseExpectation(text, '--expect').text).toBe(text);
  });

  it.each([
    ['', /must be an expectation: count>=1/],
    ['count', /must be an expectation/],
    ['count=>1', /must be an expectation/],
    ['count=1', /must be an expectation/],
    ['count>=-1', /must be an expectation/],
    ['count>=1.5', /must be an expectation/],
    ['count>=1 or so', /must be an expectation/],
    ['count()>=1', /must be one of can_use/],
    ['count(usable)>=1', /"usable" must be one of can_use, used, expired, closed/],
    ['pages(used)>=1', /must be an expectation/],
    ['latency<=800', /"800" must be a time such as 800ms/],
    ['pass', /must be an expectation/],
    ['pass 1 is', /must be an expectation/],
    ['pass 1 is gone', /"gone" must be one of/],
    ['all', /must be an expectation/],
    ['all gone', /"gone" must be one of/],
    ['merchant', /must be an expectation/],
    ['Schema', /must be an expectation/],
  ])('refuses %j', (text, words) => {
    const { kind, message } = refusal(() => parseExpectation(text, '--expect'));
    expect(kind).toBe('usage');
    expect(message).toMatch(words);
    expect(message).toMatch(/^--expect "/);
  });

  it.each([
    ['count=1', 'Did you mean count==1?'],
    ['count(used) = 0', 'Did you mean count(used)==0?'],
    ['count=many', undefined],
    ['count=>1', undefined],
  ])('reads no comparison in %j, and hints %j', (text, hint) => {
    expect(refusal(() => parseExpectation(text, '--expect')).hint).toBe(hint);
  });
});

describe('parseExpectations', () => {
  const texts = (file: string): string[] => parseExpectations(file, 'smoke.txt').map(({ text }) => text);

  it('reads one a line, without comments and empty lines', () => {
    expect(texts('# smoke\n\ncount>=1  # one at least\r\n  pass a#b\n')).toEqual(['count>=1', 'pass a#b']);
  });

  it('reads a JSON array', () => {
    expect(texts(' ["count>=1", "schema"]')).toEqual(['count>=1', 'schema']);
  });

  it.each([
    ['a bad line', 'count>=1\n\nconut>=1', /^smoke\.txt:3 "conut>=1" must be/],
    ['broken JSON', '["count>=1",\n"schema"\n"x"]', /^smoke\.txt:3 .* must be valid JSON/],
    ['JSON that is cut', '["count>=1",\n', /^smoke\.txt:2 .* must be valid JSON/],
    ['a bad entry', '["count>=1", "x"]', /^smoke\.txt, entry 2 "x" must be an expectation/],
    ['an entry that is no text', '[1]', /^smoke\.txt, entry 1 "1" must be an expectation as text/],
  ])('names the place of %s', (_what, file, words) => {
    expect(refusal(() => texts(file)).message).toMatch(words);
  });
});
