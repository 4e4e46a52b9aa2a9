import { RETURN_CODES, SUB_CODES } from '../../protocol/codes';
import type { View } from '../../render/format';
import { ENGLISH_SAY, type Say } from '../../render/phrases';
import { hang } from '../../render/width';
import { CONDITIONS, FAULT_GROUPS, FAULTS, faultSyntax } from '../../sandbox/fault-table';

/** The language of faults; names are those of the JSON output. */
export interface FaultLanguage {
  readonly faults: readonly {
    readonly name: string;
    readonly syntax: string;
    readonly default: string | null;
    readonly group: string;
    readonly says: string;
  }[];
  readonly conditions: readonly { readonly name: string; readonly syntax: string; readonly says: string }[];
  /** What `code=` takes; a message is null where none has been seen. */
  readonly codes: readonly {
    readonly sub_code: string;
    readonly code: string;
    readonly message: string | null;
  }[];
}

/** All that can be asked for. */
export function describeFaults(): FaultLanguage {
  return {
    faults: Object.entries(FAULTS).map(([name, { group, says, default: without = null }]) => ({
      name,
      syntax: faultSyntax(name),
      default: without,
      group,
      says,
    })),
    conditions: Object.entries(CONDITIONS).map(([name, { value, says }]) => ({
      name,
      syntax: `${name}=${value}`,
      says,
    })),
    codes: Object.entries(SUB_CODES).map(([subCode, { code, message = null }]) => ({
      sub_code: subCode,
      code,
      message,
    })),
  };
}

const INDENT = '  ';

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** Columns that a text needs beside what it explains; with fewer it goes below. */
const LEAST_TEXT_WIDTH = 30;

/** The same for people, in the words of `say`, wrapped to the terminal. */
export function formatFaultList({ width, style }: View, say: Say = ENGLISH_SAY): string {
  const { codes } = describeFaults();
  const rows = codes.map(it => [it.sub_code, it.code, it.message ?? RETURN_CODES[it.code]!.msg]);
  const format = (sections: readonly Section[]): string[] => {
    const firstWidth = Math.max(...sections.flatMap(({ rows }) => rows.map(([first]) => first!.length)));
    return sections.map(({ title, rows }) => {
      const lines = rows.map(row => layOut(row, firstWidth, width));
      return [style.heading(hang(say(title), 0, width)), ...lines, ''].join('\n');
    });
  };
  return [...format(languageSections(say)), ...format([{ title: 'Codes for code=', rows }])].join('\n');
}

function languageSections(say: Say): Section[] {
  const { faults, conditions } = describeFaults();
  const groups = Object.entries(FAULT_GROUPS).map(([group, title]) => ({
    title,
    rows: faults
      .filter(fault => fault.group === group)
      .map(it => [it.syntax, say(it.default === null ? it.says : `${it.says} (default: ${it.default})`)]),
  }));
  const rows = conditions.map(({ syntax, says }) => [syntax, say(says)]);
  return [...groups, { title: 'When: FAULT@CONDITION,CONDITION; all must hold', rows }];
}

function layOut([first, ...rest]: readonly string[], firstWidth: number, width: number): string {
  const text = rest.join(INDENT);
  const indent = firstWidth + 2 * INDENT.length;
  if (width - indent >= LEAST_TEXT_WIDTH)
    return INDENT + first!.padEnd(firstWidth) + INDENT + hang(text, indent, width);
  const below = INDENT.repeat(3);
  return `${INDENT}${first!}\n${below}${hang(text, below.length, width)}`;
}
