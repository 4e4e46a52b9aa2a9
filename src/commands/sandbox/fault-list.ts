import { RETURN_CODES, SUB_CODES } from '../../protocol/codes';
import type { View } from '../../render/format';
import { cutToWidth, padToWidth } from '../../render/width';
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

/** The same for people: a line for each, cut to the terminal. */
export function formatFaultList({ width, style }: View): string {
  const { faults, conditions, codes } = describeFaults();
  const facts = (them: readonly { readonly syntax: string; readonly says: string }[]): string[][] =>
    them.map(({ syntax, says }) => [syntax, says]);
  const sections = [
    ...Object.entries(FAULT_GROUPS).map(([group, title]) => ({
      title,
      rows: facts(faults.filter(fault => fault.group === group)),
    })),
    {
      title: 'When: NAME@CONDITION,CONDITION (all must hold; without any, each call)',
      rows: facts(conditions),
    },
    {
      title: 'Codes for code=',
      rows: codes.map(it => [it.sub_code, it.code, it.message ?? RETURN_CODES[it.code]!.msg]),
    },
  ];
  const shortWidth = widest(sections.slice(0, -1).flatMap(({ rows }) => rows));
  const lines = sections.map(({ title, rows }, i) => {
    const firstWidth = i === sections.length - 1 ? widest(rows) : shortWidth;
    const body = rows.map(row => cutToWidth(INDENT + layOut(row, firstWidth), width));
    return [style.heading(title), ...body].join('\n');
  });
  return `${lines.join('\n\n')}\n`;
}

function widest(rows: readonly (readonly string[])[]): number {
  return Math.max(...rows.map(([first]) => first!.length));
}

function layOut([first, ...rest]: readonly string[], firstWidth: number): string {
  return [padToWidth(first!, firstWidth), ...rest].join(INDENT);
}
