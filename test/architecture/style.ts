import { posix } from 'node:path';
import { isNode, lineAt, lineCount, literalOf, nodesBelow, ofType, textOf, type Node, type Source } from './source.ts';

const FILE_LINES = 250;
const TEST_LINES = 500;
const FUNCTION_LINES = 70;
const BUCKETS = /(^|\/)(utils?|helpers?|common|shared|misc|types?|constants?|services?|managers?)(\.test)?(\.ts|\.mjs|\/)/i;
const UNFINISHED = /\b(TODO|FIXME|XXX)\b/;
/** A word of two letters or more; a single letter is somebody folding letters. */
const VIETNAMESE = /[ăđơưĂĐƠƯ\u1EA0-\u1EF9]\p{L}|\p{L}[ăđơưĂĐƠƯ\u1EA0-\u1EF9]/u;
/** Three words or more that begin like a sentence and end like one. */
const SENTENCE = /^\p{Lu}\p{Ll}*(\s+\S+){2,}[.!?…]$/u;

const isTest = ({ path }: Source): boolean => path.startsWith('test/') || path.startsWith('bench/');
const isIn = ({ path }: Source, ...patterns: readonly string[]): boolean => patterns.some((pattern) => posix.matchesGlob(path, pattern));
const isNamed = (value: unknown, name: string): boolean => isNode(value) && value['name'] === name;
const atLines = (source: Source, nodes: readonly Node[], what: string): string[] =>
  nodes.map((node) => `line ${lineAt(source, node)}: ${what}`);

export const tooLong = (source: Source): readonly string[] => {
  const [lines, most] = [lineCount(source.text), isTest(source) ? TEST_LINES : FILE_LINES];
  return lines > most ? [`${lines} lines, at most ${most}`] : [];
};

export const longFunctions = (source: Source): readonly string[] => {
  if (isTest(source)) return [];
  const functions = ofType(source, 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression');
  return functions
    .map((node) => ({ node, lines: lineCount(source.text.slice(node.start, node.end)) }))
    .filter(({ lines }) => lines > FUNCTION_LINES)
    .map(({ node, lines }) => `line ${lineAt(source, node)}: a function of ${lines} lines, at most ${FUNCTION_LINES}`);
};

export const bucketNames = ({ path }: Source): readonly string[] => (BUCKETS.test(path) ? ['is named like a bucket'] : []);

export const anyTypes = (source: Source): readonly string[] => atLines(source, ofType(source, 'TSAnyKeyword'), 'the type any');

export const unfinished = (source: Source): readonly string[] => {
  if (isIn(source, 'test/architecture.test.ts', 'test/architecture/**')) return []; // They must be able to name it.
  return source.text.split('\n').flatMap((line, index) => (UNFINISHED.test(line) ? [`line ${index + 1}: unfinished work`] : []));
};

const passesOn = (node: Node): boolean =>
  node.type === 'ExportAllDeclaration' ||
  node.type === 'ImportDeclaration' ||
  (node.type === 'ExportNamedDeclaration' && node['declaration'] === null);

export const barrels = ({ statements }: Source): readonly string[] =>
  statements.some(({ type }) => type.startsWith('Export')) && statements.every(passesOn) ? ['only passes on what others export'] : [];

export const defaultExports = (source: Source): readonly string[] =>
  atLines(source, ofType(source, 'ExportDefaultDeclaration'), 'a default export');

export const classes = (source: Source): readonly string[] =>
  isIn(source, 'src/core/failure.ts', 'tools/*.mjs')
    ? []
    : atLines(source, ofType(source, 'ClassDeclaration', 'ClassExpression'), 'a class');

export const moduleState = (source: Source): readonly string[] => {
  if (isTest(source)) return [];
  const declarations = source.statements.map((node) => (isNode(node['declaration']) ? node['declaration'] : node));
  const changing = declarations.filter((node) => node.type === 'VariableDeclaration' && node['kind'] !== 'const');
  return atLines(source, changing, 'state of the module');
};

export const environmentReads = (source: Source): readonly string[] => {
  if (isTest(source) || isIn(source, 'src/main/**', 'src/config.ts', 'tools/**')) return [];
  const reads = ofType(source, 'MemberExpression').filter(({ object, property }) => isNamed(object, 'process') && isNamed(property, 'env'));
  return atLines(source, reads, 'process.env');
};

export const waitingSteps = (source: Source): readonly string[] => {
  if (!isIn(source, 'workers/steps/**', 'workers/pipeline.ts')) return [];
  const timers = ofType(source, 'Identifier').filter((node) => isNamed(node, 'setTimeout') || isNamed(node, 'setInterval'));
  return atLines(source, timers, 'a timer: waiting is the queue’s work');
};

export const optionalMethods = (source: Source): readonly string[] => {
  if (!isIn(source, 'src/core/*.ts')) return [];
  const optional = ofType(source, 'TSMethodSignature').filter((node) => node['optional'] === true);
  return atLines(source, optional, 'an optional method of a port');
};

/** Words about Vietnamese are data of the core, of the instructions and of the sandbox's painter. Words for people live in messages alone. */
export const strayVietnamese = (source: Source): readonly string[] => {
  if (isTest(source) || isIn(source, 'src/core/**', 'src/sandbox/**', 'workers/enhancer/**')) return [];
  const words = source.nodes.filter((node) => VIETNAMESE.test(textOf(node) ?? ''));
  return atLines(source, words, 'Vietnamese outside the messages');
};

/** Errors are for whoever reads the log, so their words may stand where they are thrown. */
export const straySentences = (source: Source): readonly string[] => {
  if (!isIn(source, 'adapters/**', 'src/main/**', 'src/config.ts', 'src/core/!(messages)/**', 'src/core/*.ts')) return [];
  const spoken = source.statements.flatMap((statement) => nodesBelow(statement, ({ type }) => type === 'NewExpression'));
  const sentences = spoken.filter((node) => SENTENCE.test((textOf(node) ?? '').trim()));
  return atLines(source, sentences, 'a sentence for people outside the messages');
};

/** A platform's or a model's name that decides something belongs in that platform's or model's own file. */
export const namesThatDecide =
  (homes: ReadonlyMap<string, readonly string[]>) =>
  (source: Source): readonly string[] => {
    if (isTest(source)) return [];
    const compared = source.nodes.flatMap((node) => {
      if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(String(node['operator']))) return [node['left'], node['right']];
      return node.type === 'SwitchCase' ? [node['test']] : [];
    });
    return compared.filter(isNode).flatMap((node) => {
      const name = literalOf(node);
      const home = typeof name === 'string' ? homes.get(name) : undefined;
      return home === undefined || isIn(source, ...home) ? [] : [`line ${lineAt(source, node)}: decides by the name ${String(name)}`];
    });
  };
