import type { JsonObject } from './request.ts';

const DEPTH_MAX = 32;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value of the form a schema demands: what is known where it fits, else the emptiest value of its type
 * (`""`, `[]`, `false`, `0`, of choices `none` or the first). Every member is filled in, the required and the optional.
 */
export function fillSchema(schema: JsonObject, known: unknown): unknown {
  return fill(schema, known, schema, 0);
}

function fill(schema: JsonObject, known: unknown, root: JsonObject, depth: number): unknown {
  if (depth > DEPTH_MAX) return null;
  const resolved = resolve(schema, root);
  if ('const' in resolved) return resolved['const'];
  const { enum: choices, anyOf, allOf } = resolved;
  if (Array.isArray(choices)) return choices.includes(known) ? known : choices.includes('none') ? 'none' : choices[0];
  const branches: unknown[] = Array.isArray(anyOf) ? anyOf : Array.isArray(allOf) ? allOf : [];
  const branch = branches.filter(isObject).find((each) => fits(resolve(each, root), known)) ?? branches.find(isObject);
  if (branch !== undefined) return fill(branch, known, root, depth + 1);
  switch (typeOf(resolved, known)) {
    case 'object':
      return fillObject(resolved, isObject(known) ? known : {}, root, depth);
    case 'array':
      return fillArray(resolved, known, root, depth);
    case 'string':
      return typeof known === 'string' ? known : '';
    case 'boolean':
      return known === true;
    case 'number':
    case 'integer':
      return typeof known === 'number' ? known : 0;
    default:
      return null;
  }
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, name) => (isObject(node) ? node[name] : undefined), root);
  return isObject(target) ? target : schema;
}

function typeOf(schema: JsonObject, known: unknown): string {
  const { type } = schema;
  if (!Array.isArray(type)) return typeof type === 'string' ? type : 'null';
  const types = type.filter((each) => typeof each === 'string');
  return types.find((each) => fits({ type: each }, known)) ?? types[0] ?? 'null';
}

function fits({ type }: JsonObject, known: unknown): boolean {
  if (known === undefined || known === null) return type === 'null';
  if (type === 'array') return Array.isArray(known);
  if (type === 'object') return isObject(known);
  return type === 'integer' ? Number.isInteger(known) : type === typeof known;
}

function fillObject(schema: JsonObject, known: JsonObject, root: JsonObject, depth: number): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, isObject(member) ? fill(member, known[name], root, depth + 1) : null]),
  );
}

function fillArray(schema: JsonObject, known: unknown, root: JsonObject, depth: number): unknown[] {
  const { items, minItems } = schema;
  if (!isObject(items)) return [];
  const entries: unknown[] = Array.isArray(known) ? known : [];
  const filled = entries.map((entry) => fill(items, entry, root, depth + 1));
  return filled.length === 0 && minItems === 1 ? [fill(items, undefined, root, depth + 1)] : filled;
}
