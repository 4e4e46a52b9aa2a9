import { EXIT, EXIT_BY_KIND } from '../exit';
import { classOf, type CodeClass, knownCodes } from '../protocol/codes';
import { type Explanation, EXPLANATIONS, type Prose } from './explanations';
import type { Language } from '../terminal/language';
import type { View } from './format';
import { cutToWidth, displayWidth, padToWidth, wrapToWidth } from './width';

/** Longer lines of prose are hard to read. */
const MAX_PROSE_WIDTH = 80;
const INDENT = '  ';

/** All that is known of a code; names are those of the JSON output. */
export interface ExplainedCode extends CodeClass, Explanation {
  /** The exit code of a command that fails with it. */
  readonly exit: number;
}

/** Joins what codes.ts and explanations.ts say of a known code. */
export function explainCode(code: string): ExplainedCode {
  const { parent, kind, retryable, message } = classOf(code);
  const exit = kind === null ? EXIT.done : EXIT_BY_KIND[kind];
  return { code, parent, kind, exit, retryable, message, ...EXPLANATIONS[code]! };
}

const LABELS = {
  en: {
    parent: 'return code',
    message: 'message',
    exit: 'exit code',
    again: 'try again',
    yes: 'yes, after a while: alipass does so itself, --retries times',
    no: 'no: the same call fails the same way',
    causes: 'Likely causes',
    remedies: 'What to do',
  },
  zh: {
    parent: '所属返回码',
    message: '网关原文',
    exit: '退出码',
    again: '能否重试',
    yes: '能，稍后再试；alipass 自己会重试 --retries 次',
    no: '不能：原样重试，结果一样',
    causes: '常见原因',
    remedies: '处理办法',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** One code for people, at most 80 columns wide: meaning, facts, causes, and what to do. */
export function formatExplanation(explained: ExplainedCode, language: Language, view: View): string {
  const width = Math.min(view.width, MAX_PROSE_WIDTH);
  const { heading } = view.style;
  const labels = LABELS[language];
  const { meaning, causes, remedies } = explained[language];
  const lines = [
    heading(explained.code),
    '',
    ...hang(INDENT, meaning, width),
    '',
    ...factLines(explained, language, view, width),
    '',
    heading(labels.causes),
    ...causes.flatMap(cause => hang(`${INDENT}- `, cause, width)),
    '',
    heading(labels.remedies),
    ...remedies.flatMap((remedy, i) => hang(`${INDENT}${i + 1}. `, remedy, width)),
  ];
  return `${lines.join('\n')}\n`;
}

function factLines(explained: ExplainedCode, language: Language, { style }: View, width: number): string[] {
  const labels = LABELS[language];
  const { parent, message, exit, kind, retryable } = explained;
  const facts = [
    [labels.parent, parent && `${parent} ${classOf(parent).message}`],
    [labels.message, message],
    [labels.exit, kind ? `${exit} (${kind})` : String(exit)],
    [labels.again, kind && (retryable ? labels.yes : labels.no)],
  ] as const;
  const labelWidth = Math.max(...facts.map(([label]) => displayWidth(label))) + INDENT.length;
  return facts.flatMap(([label, value]) => {
    if (value === null) return [];
    const [first, ...rest] = hang(INDENT + padToWidth(label, labelWidth), value, width);
    return [first!.replace(label, style.faint(label)), ...rest];
  });
}

/** Wraps text after `first`, and indents the lines that follow to where it began. */
function hang(first: string, text: string, width: number): string[] {
  const column = displayWidth(first);
  const lines = wrapToWidth(text, width - column);
  return lines.map((line, i) => (i === 0 ? first : ' '.repeat(column)) + line);
}

/** Every code with its meaning on one line, cut to the terminal: return codes, and their sub_codes below them. */
export function formatCodeList(language: Language, view: View): string {
  const codes = knownCodes().map(explainCode);
  const groups = codes
    .filter(({ parent }) => parent === null)
    .map(group => formatGroup(group, codes, language, view));
  return groups.join('\n');
}

function formatGroup(
  group: ExplainedCode,
  codes: readonly ExplainedCode[],
  language: Language,
  { width, style }: View,
): string {
  const children = codes.filter(({ parent }) => parent === group.code);
  const column = Math.max(0, ...children.map(({ code }) => code.length));
  const title = `${group.code} ${group.message}`;
  const rest = cutToWidth(`${INDENT}${summaryOf(group[language])}`, width - title.length);
  const rows = children.map(child =>
    cutToWidth(`${INDENT}${child.code.padEnd(column)}${INDENT}${summaryOf(child[language])}`, width),
  );
  return [style.heading(title) + rest, ...rows].map(line => `${line}\n`).join('');
}

/** The first sentence of the meaning. */
function summaryOf({ meaning }: Prose): string {
  return /^.*?(?:[.:] |[。：]|$)/.exec(meaning)![0].replace(/[.:。：] ?$/, '');
}
