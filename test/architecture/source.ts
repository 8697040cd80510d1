import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseAst } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDERS = ['src', 'adapters', 'workers', 'tools', 'test', 'bench'];

/** A node of the syntax tree (ESTree with TypeScript). Only its kind and place are known; the rest is asked for by name. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** One file of the project as the rules see it. */
export interface Source {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly statements: readonly Node[];
  /** Every node of the tree, in the order of the text. */
  readonly nodes: readonly Node[];
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** A node and all below it, without what lies below a node that `prune` names. */
export const nodesBelow = (node: Node, prune: (node: Node) => boolean = () => false): Node[] => {
  if (prune(node)) return [];
  const children = Object.values(node).flat().filter(isNode);
  return [node, ...children.flatMap((child) => nodesBelow(child, prune))];
};

export const parseSource = (path: string, text: string): Source => {
  const program: unknown = parseAst(text, { lang: path.endsWith('.ts') ? 'ts' : 'js' });
  if (!isNode(program)) throw new Error(`${path} was not parsed into a tree`);
  return { path, text, statements: nodesIn(program['body']), nodes: nodesBelow(program) };
};

/** Every program file of the project, parsed. */
export const readSources = (): readonly Source[] =>
  globSync(
    FOLDERS.map((folder) => `${folder}/**/*.{ts,mjs}`),
    { cwd: ROOT },
  )
    .toSorted()
    .map((path) => parseSource(path.replaceAll('\\', '/'), readFileSync(join(ROOT, path), 'utf8')));

/** Every style sheet of the project: its lines count, nothing in it is parsed. */
export const readStyles = (): readonly Source[] =>
  globSync('adapters/*/page/*.css', { cwd: ROOT })
    .toSorted()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(ROOT, path), 'utf8'), statements: [], nodes: [] }));

export const ofType = (source: Source, ...types: readonly string[]): Node[] => source.nodes.filter(({ type }) => types.includes(type));

export const lineAt = (source: Source, node: Node): number => source.text.slice(0, node.start).split('\n').length;

export const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** A string or number literal's value, or undefined. */
export const literalOf = (value: unknown): unknown => (isNode(value) && value.type === 'Literal' ? value['value'] : undefined);

/** The fixed text of a string or template literal; undefined for any other node. */
export const textOf = (node: Node): string | undefined => {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateElement' || typeof node['value'] !== 'object' || node['value'] === null) return undefined;
  return 'cooked' in node['value'] && typeof node['value'].cooked === 'string' ? node['value'].cooked : undefined;
};

const IMPORTS = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'TSImportType']);

const isMetaResolve = ({ type, callee }: Node): boolean =>
  type === 'CallExpression' && isNode(callee) && isNode(callee['object']) && callee['object'].type === 'MetaProperty';

/** What a file names in an import, an export-from, `import()` or `import.meta.resolve`: a project path, or a package's or Node's own name. */
export const importsOf = (source: Source): string[] =>
  source.nodes
    .filter((node) => IMPORTS.has(node.type) || isMetaResolve(node))
    .map((node) => literalOf(isMetaResolve(node) && Array.isArray(node['arguments']) ? node['arguments'][0] : node['source']))
    .filter((name) => typeof name === 'string')
    .map((name) => {
      if (name.startsWith('.')) return posix.join(posix.dirname(source.path), name);
      return name.startsWith('#') ? name.slice(1) : name;
    });
