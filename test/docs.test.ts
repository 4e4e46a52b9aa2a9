import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

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
