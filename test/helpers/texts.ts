import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

const SRC = join(import.meta.dirname, '../../src');

/** A text that stands in a source file; what is put into it is a hole: `{name}`. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The texts in quotes of a source file, with either branch of a condition within them: `{n} row`, `{n} rows`. */
export function textsOf(file: string): SourceText[] {
  const root = parseAst(readFileSync(join(SRC, file), 'utf8'), { lang: 'ts' }) as unknown as Node;
  const texts: string[] = [];
  collect(root, texts);
  return texts.map(text => ({ file, text }));
}

export const SOURCES: readonly string[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .sort();

/** Types, and what names a file, are nothing that is said. */
const UNSAID = /^(Import|Export(All|Named)|TSLiteralType|TSType|TSInterface)/;

function collect(node: Node, texts: string[]): void {
  if (UNSAID.test(node.type) && !node['declaration']) return;
  const variants = variantsOf(node);
  if (variants) texts.push(...variants);
  for (const child of childrenOf(node, variants !== undefined)) collect(child, texts);
}

function childrenOf(node: Node, isText: boolean): Node[] {
  const within = isText ? holesOf(node) : Object.values(node).flat();
  return within.filter((it): it is Node => typeof (it as Node | null)?.type === 'string');
}

/** What stands in the holes of a text, but for what {@link variantsOf} spells out. */
function holesOf(node: Node): Node[] {
  if (node.type === 'BinaryExpression')
    return [node['left'], node['right']].flatMap(it => holesOrSelf(it as Node));
  if (node.type === 'ConditionalExpression')
    return [
      node['test'] as Node,
      ...[node['consequent'], node['alternate']].flatMap(it => holesOrSelf(it as Node)),
    ];
  return ((node['expressions'] ?? []) as Node[]).flatMap(holesOrSelf);
}

const holesOrSelf = (node: Node): Node[] => (variantsOf(node) ? holesOf(node) : [node]);

/** All that a text may be; undefined for what is no text. */
function variantsOf(node: Node): string[] | undefined {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : undefined;
    case 'TemplateLiteral':
      return variantsOfTemplate(node);
    case 'ConditionalExpression': {
      const [a, b] = [node['consequent'], node['alternate']].map(it => variantsOf(it as Node));
      return a && b ? [...a, ...b] : undefined;
    }
    case 'BinaryExpression': {
      if (node['operator'] !== '+') return undefined;
      const [a, b] = [node['left'], node['right']].map(it => variantsOf(it as Node));
      if (!a && !b) return undefined;
      return product([a ?? [hole(node['left'] as Node)], b ?? [hole(node['right'] as Node)]]);
    }
    default:
      return undefined;
  }
}

function variantsOfTemplate(node: Node): string[] {
  const quasis = node['quasis'] as { value: { cooked: string } }[];
  const holes = (node['expressions'] as Node[]).map(it => variantsOf(it) ?? [hole(it)]);
  return product(
    quasis.flatMap(({ value }, i) => (i < holes.length ? [[value.cooked], holes[i]!] : [[value.cooked]])),
  );
}

function product(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>((texts, part) => texts.flatMap(text => part.map(it => text + it)), ['']);
}

/** A hole by the name of what fills it. */
function hole(node: Node): string {
  return `{${nameOf(node) ?? 'value'}}`;
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type === 'TSNonNullExpression') return nameOf(node['expression'] as Node);
  if (node.type === 'MemberExpression') return nameOf(node['property'] as Node);
  if (node.type === 'CallExpression') {
    const [argument] = node['arguments'] as Node[];
    return (
      (argument && nameOf(argument)) ??
      nameOf(((node['callee'] as Node)['object'] as Node) ?? (node['callee'] as Node))
    );
  }
  return undefined;
}
