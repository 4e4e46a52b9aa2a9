import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { parseQuestion } from '../../src/render/jmespath';
import { refusal } from '../helpers/refusal';

const PASSES: readonly Pass[] = [
  { pass_id: '2', status: 'used' },
  { pass_id: '1', status: 'can_use' },
];

describe('parseQuestion', () => {
  it.each<[string, unknown]>([
    ['length(@)', 2],
    ['[].pass_id', ['2', '1']],
    ["[?status=='used'] | [0].pass_id", '2'],
    ['sort_by(@, &pass_id)[].status', ['can_use', 'used']],
    ['[9]', null],
  ])('parseQuestion of %s answers %j', (text, answer) => {
    expect(parseQuestion(text)(PASSES)).toEqual(answer);
  });

  it.each([
    ['', /ends too early, at character 1: {2}▸ $/],
    ['[?status==', /ends too early, at character 11: \[\?status== ▸ $/],
    ['[].{a: }', /at character 8: \[\]\.\{a: {2}▸ \}$/],
    ['a b', /at character 3: a {2}▸ b$/],
    ['a.b.c..d', /at character 7: a\.b\.c\. ▸ \.d$/],
    ['a.#', /unknown character: #, at character 3: a\. ▸ #$/],
    ['[?a==`{bad`]', /at character 6: \[\?a== ▸ `\{bad`\]$/],
    ['[].lenth(@)', /no function lenth, at character 4: \[\]\. ▸ lenth\(@\)$/],
  ])('parseQuestion refuses %j and shows where', (text, words) => {
    const error = refusal(() => parseQuestion(text));
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(words);
  });

  it('parseQuestion suggests a function', () => {
    expect(refusal(() => parseQuestion('lenth(@)')).hint).toMatch(/Did you mean length\?/);
  });

  it('the question refuses values of a wrong type', () => {
    const error = refusal(() => parseQuestion('abs([0].status)')(PASSES));
    expect(error).toMatchObject({ kind: 'usage' });
    expect(error.message).toMatch(/can’t be answered: Invalid type: abs\(\)/);
  });
});
