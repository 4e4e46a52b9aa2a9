import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONDITIONS, FAULTS, faultSyntax } from '../src/sandbox/fault-table';
import { parseScenario } from '../src/sandbox/faults';
import { FAULT_OUTCOMES } from './helpers/fault-outcomes';
import { AWKWARD_USER, PAGE_USER } from '../src/sandbox/dataset';
import { userIdAt } from '../src/sandbox/generator';
import { ROW_FIELDS } from '../src/sandbox/pass-rules';

const root = join(import.meta.dirname, '..');
const titles = [...readFileSync(join(root, 'docs/protocol.md'), 'utf8').matchAll(/^## (.+)$/gm)].map(
  ([, title]) => title!,
);

const citations = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file => {
    const text = readFileSync(join(root, 'src', file), 'utf8').replace(/\s*\n\s*(\*|\/\/)?\s*/g, ' ');
    return [...text.matchAll(/docs\/protocol\.md, "([^"]+)"/g)].map(([, title]) => ({ file, title: title! }));
  });

describe('docs/protocol.md', () => {
  it('is cited by the source', () => {
    expect(citations.length).toBeGreaterThan(10);
  });

  it.each(citations)('has the section that $file cites: $title', ({ title }) => {
    expect(titles).toContain(title);
  });
});

const sandboxPage = readFileSync(join(root, 'docs/sandbox.md'), 'utf8');
const faultsSection = /^## Faults$.*?(?=^## |(?![^]))/ms.exec(sandboxPage)![0];

/** The cells of the table with this heading, without the back quotes and the escapes of Markdown. */
function tableOf(section: string, heading: string): string[][] {
  const lines = section.split('\n');
  const start = lines.findIndex(line => new RegExp(`^\\| ${heading} +\\|`).test(line)) + 2;
  const rows = lines.slice(start, start + lines.slice(start).findIndex(line => !line.startsWith('|')));
  return rows.map(row =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.replace(/[`\\]/g, '').trim()),
  );
}

describe('docs/sandbox.md, "Faults"', () => {
  const faults = tableOf(faultsSection, 'fault');

  it('has every fault and no other', () => {
    expect(faults.map(([syntax]) => syntax)).toEqual(Object.keys(FAULTS).map(faultSyntax));
  });

  it.each(Object.keys(FAULTS).map((name, i) => ({ name, i })))(
    'tells the exit codes of $name',
    ({ name, i }) => {
      const proven = FAULT_OUTCOMES.filter(({ fault }) => /^[^=@]+/.exec(fault)![0] === name);
      const exits = [...new Set(proven.map(({ exit }) => exit))].toSorted();
      expect(faults[i]!.at(-1)).toBe(exits.join(', '));
    },
  );

  it('has every condition and no other', () => {
    const rows = tableOf(faultsSection, 'condition');
    expect(rows.map(([syntax]) => syntax)).toEqual(
      Object.entries(CONDITIONS).map(([name, { value }]) => `${name}=${value}`),
    );
  });

  it('shows a scenario that can be read, and faults that there are', () => {
    const [, scenario = ''] = /```\n(#.*?)```/s.exec(faultsSection)!;
    expect(parseScenario(scenario, 'docs').length).toBe(4);
    const shown = [...faultsSection.matchAll(/--fault (\S+)/g)].map(([, fault]) => fault!);
    expect(parseScenario(shown.join('\n'), 'docs').length).toBeGreaterThan(1);
  });
});

describe('docs/sandbox.md, "Data"', () => {
  it.each([...ROW_FIELDS, AWKWARD_USER, PAGE_USER, userIdAt(0), userIdAt(9)])('names %s', name => {
    expect(sandboxPage).toContain(`\`${name}\``);
  });
});
