/** A YAML value as far as docker-compose.yml goes: texts (numbers and booleans too), lists and maps. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
}

const PAIR = /^([\w.<-]+):(?:\s+(.*))?$/;

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }));

/** Cuts lines into groups that each begin with a line of the least indentation. */
const groups = (lines: readonly Line[]): [first: Line, below: Line[]][] => {
  const cut: [Line, Line[]][] = [];
  for (const line of lines) {
    const last = cut.at(-1);
    if (last === undefined || line.indent <= last[0].indent) cut.push([line, []]);
    else last[1].push(line);
  }
  return cut;
};

const isMap = (value: Yaml | undefined): value is { readonly [key: string]: Yaml } => typeof value === 'object' && !Array.isArray(value);

const scalar = (text: string): Yaml => {
  if (/^'[^'\\]*'$/.test(text)) return text.slice(1, -1);
  if (text.startsWith('[')) {
    const value: unknown = JSON.parse(text.replaceAll("'", '"'));
    return Array.isArray(value) ? value.map(String) : String(value);
  }
  if (/^[{|>&*'"!]/.test(text) || / #/.test(text)) throw new Error(`this reader does not know: ${text}`);
  return text;
};

/**
 * Reads the part of YAML that docker-compose.yml uses: maps, lists, JSON lists, one level of anchors with `<<`.
 * It throws on anything else instead of guessing.
 */
export const readYaml = (text: string): Yaml => {
  const anchors = new Map<string, Yaml>();

  const readPair = ({ text: line }: Line, below: readonly Line[]): Record<string, Yaml> => {
    const [, key, rest = ''] = PAIR.exec(line) ?? [];
    if (key === undefined) throw new Error(`neither a key nor a list: ${line}`);
    if (key === '<<') {
      const merged = anchors.get(rest.replace('*', ''));
      if (!isMap(merged)) throw new Error(`no such anchor: ${rest}`);
      return { ...merged };
    }
    if (rest.startsWith('&')) anchors.set(rest.slice(1), read(below));
    return { [key]: rest === '' || rest.startsWith('&') ? read(below) : scalar(rest) };
  };

  const readItem = (first: Line, below: readonly Line[]): Yaml => {
    const item = { indent: first.indent + 2, text: first.text.slice(2) };
    return PAIR.test(item.text) ? read([item, ...below]) : scalar(item.text);
  };

  const read = (lines: readonly Line[]): Yaml => {
    const parts = groups(lines);
    if (parts[0]?.[0].text.startsWith('- ')) return parts.map(([first, below]) => readItem(first, below));
    return Object.assign({}, ...parts.map(([first, below]) => readPair(first, below)));
  };

  return read(linesOf(text));
};
