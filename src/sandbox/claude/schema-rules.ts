import type { JsonObject } from './request.ts';

const OPTIONAL_MEMBERS_MAX = 24;
const DEPTH_MAX = 32;
const ANNOTATIONS = ['title', 'description', 'default', 'examples', '$schema', '$id', '$comment', '$defs', 'definitions'];
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/** Which keywords each type may have. What is missing here (lengths, ranges, patterns of keys) the grammar cannot enforce, so it is refused. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems'],
  string: ['format', 'pattern'],
  number: [],
  integer: [],
  boolean: [],
  null: [],
};
const FOR_ANY_TYPE = ['type', 'enum', 'const', 'anyOf', 'allOf', '$ref', ...ANNOTATIONS];

interface Walk {
  readonly root: JsonObject;
  /** References that are being followed: meeting one again is recursion. */
  readonly following: readonly string[];
  readonly depth: number;
  readonly count: { optional: number };
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The service's words for what structured output cannot do with a schema, or undefined when it can compile it. */
export function checkSchema(schema: JsonObject): string | undefined {
  const count = { optional: 0 };
  const fault = checkNode(schema, { root: schema, following: [], depth: 0, count });
  if (fault !== undefined) return `output_config.format.schema: ${fault}`;
  if (count.optional <= OPTIONAL_MEMBERS_MAX) return undefined;
  return `output_config.format.schema: Schema contains too many optional parameters (${count.optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters (limit: ${OPTIONAL_MEMBERS_MAX}).`;
}

function checkNode(node: JsonObject, walk: Walk): string | undefined {
  if (walk.depth > DEPTH_MAX) return 'Schema is nested too deeply.';
  const next = { ...walk, depth: walk.depth + 1 };
  const reference = node['$ref'];
  if (typeof reference === 'string') return checkReference(reference, next);
  const branches = [...objectsIn(node['anyOf']), ...objectsIn(node['allOf'])];
  if (branches.length > 0) return firstFault(branches, next);
  const types = typesOf(node);
  if (types.length === 0) return 'enum' in node || 'const' in node ? checkKeywords(node, []) : 'Schema type is required.';
  return checkKeywords(node, types) ?? checkTypes(node, types, next);
}

const firstFault = (nodes: readonly JsonObject[], walk: Walk): string | undefined =>
  nodes.map((node) => checkNode(node, walk)).find((fault) => fault !== undefined);

function typesOf(node: JsonObject): readonly string[] {
  const { type } = node;
  return typeof type === 'string' ? [type] : Array.isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

function checkReference(reference: string, walk: Walk): string | undefined {
  if (walk.following.includes(reference)) return `Recursive schemas are not supported: '${reference}'`;
  const path = reference.startsWith('#/') ? reference.slice(2).split('/') : undefined;
  const target = path?.reduce<unknown>((node, name) => (isObject(node) ? node[name] : undefined), walk.root);
  if (!isObject(target)) return `Only references within the schema are supported: '${reference}'`;
  return checkNode(target, { ...walk, following: [...walk.following, reference] });
}

function checkKeywords(node: JsonObject, types: readonly string[]): string | undefined {
  const unknownType = types.find((type) => !Object.hasOwn(KEYWORDS, type));
  if (unknownType !== undefined) return `Unknown type '${unknownType}'`;
  const allowed = [...FOR_ANY_TYPE, ...types.flatMap((type) => KEYWORDS[type] ?? [])];
  const unsupported = Object.keys(node).filter((keyword) => !allowed.includes(keyword));
  if (unsupported.length > 0) return `For '${types.join("' or '")}' type, properties ${unsupported.join(', ')} are not supported`;
  const { enum: values } = node;
  if (Array.isArray(values) && values.some((value) => typeof value === 'object' && value !== null))
    return 'Complex types within enums are not supported';
  return undefined;
}

function checkTypes(node: JsonObject, types: readonly string[], walk: Walk): string | undefined {
  if (types.includes('object')) return checkObject(node, walk);
  if (types.includes('array')) return checkArray(node, walk);
  const { format } = node;
  if (types.includes('string') && format !== undefined && !(typeof format === 'string' && FORMATS.includes(format)))
    return `For 'string' type, format ${JSON.stringify(format)} is not supported`;
  return undefined;
}

function checkObject(node: JsonObject, walk: Walk): string | undefined {
  if (node['additionalProperties'] !== false) return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  const properties = isObject(node['properties']) ? node['properties'] : {};
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const unknown = required.find((name) => typeof name !== 'string' || !Object.hasOwn(properties, name));
  if (unknown !== undefined) return `'required' names '${String(unknown)}', which is not in 'properties'`;
  walk.count.optional += Object.keys(properties).length - new Set(required).size;
  const members = Object.values(properties);
  if (!members.every(isObject)) return "For 'object' type, each of 'properties' must be a schema";
  return firstFault(members, walk);
}

function checkArray(node: JsonObject, walk: Walk): string | undefined {
  const { items, minItems } = node;
  if (minItems !== undefined && minItems !== 0 && minItems !== 1)
    return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
  return isObject(items) ? checkNode(items, walk) : "For 'array' type, 'items' must be a schema";
}
