import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import * as published from 'discord-api-spec/zod';
import { toJSONSchema } from 'zod/mini';
import { isJsonArray, isObject, plainObject, type Json, type JsonObject } from '../json.ts';
import type { Fault } from '../problems.ts';

/** The schemas of Discord's published OpenAPI document that the emulator judges by. */
export type SchemaName = keyof typeof published;

const SNOWFLAKE: JsonObject = { type: 'string', pattern: '^(0|[1-9][0-9]{0,19})$' };
const BIT_SET: JsonObject = { anyOf: [{ type: 'string', pattern: '^[0-9]{1,20}$' }, { type: 'null' }] };

/** Where the published schemas are known to be stricter or poorer than the documented service. */
function corrected(properties: JsonObject): JsonObject {
  return {
    ...properties,
    // An attachment's id is the number of its file: the documentation's examples send it as a number.
    ...('waveform' in properties && 'id' in properties && { id: { anyOf: [SNOWFLAKE, { type: 'number', minimum: 0, maximum: 9 }] } }),
    // A bit set travels as text, and commands may be age-restricted; neither is in the schemas of requests.
    ...('default_member_permissions' in properties && { default_member_permissions: BIT_SET, nsfw: { type: ['boolean', 'null'] } }),
  };
}

/** The schema a reference within the document leads to. */
function resolved(schema: Json, definitions: JsonObject): Json {
  const reference = isObject(schema) ? schema['$ref'] : undefined;
  return typeof reference === 'string' ? (definitions[reference.replace('#/$defs/', '')] ?? {}) : schema;
}

const kindsOf = (reference: Json, definitions: JsonObject): readonly Json[] => {
  const schema = resolved(reference, definitions);
  const properties = isObject(schema) ? schema['properties'] : undefined;
  if (!isObject(properties)) return [];
  const type = resolved(properties['type'] ?? null, definitions);
  if (!isObject(type)) return [];
  if (type['const'] !== undefined) return [type['const']];
  return isJsonArray(type['enum']) ? type['enum'] : [];
};

/** A choice between objects that say their type is judged by the one of that type, so that errors name what is wrong. */
function byType(schema: JsonObject, definitions: JsonObject): JsonObject {
  const { anyOf: choices, ...rest } = schema;
  if (!isJsonArray(choices)) return schema;
  // "Or undefined" comes out as "or anything", which would let everything through.
  const anyOf = choices.filter((choice) => isObject(choice) && Object.keys(choice).length > 0);
  const kinds = anyOf.map((branch) => kindsOf(branch, definitions));
  const isTold = kinds.every((list) => list.length > 0) && new Set(kinds.flat()).size === kinds.flat().length && anyOf.length > 1;
  if (!isTold) return { ...rest, anyOf };
  const cases: JsonObject[] = anyOf.map((branch, index) => ({
    if: { not: { properties: { type: { enum: kinds[index] ?? [] } }, required: ['type'] } },
    else: branch,
  }));
  return { ...rest, type: 'object', required: ['type'], properties: { type: { enum: kinds.flat() } }, allOf: cases };
}

function adapt(value: Json, definitions: JsonObject): Json {
  if (isJsonArray(value)) return value.map((part) => adapt(part, definitions));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).flatMap(([name, part]) => (part === undefined ? [] : [[name, adapt(part, definitions)] as const]));
  const adapted: JsonObject = Object.fromEntries(parts);
  const { properties, format } = adapted;
  // Discord writes times as +00:00, which the package's pattern for them forgets.
  if (format === 'date-time') return { type: 'string', format };
  return byType(isObject(properties) ? { ...adapted, properties: corrected(properties) } : adapted, definitions);
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));

const schemas = new Map(Object.entries(published));

/** Compiled once for the process: the same schema judges the same way everywhere. */
const compiled = new Map<SchemaName, ValidateFunction>();

function validatorOf(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const source = schemas.get(name);
  if (source === undefined) throw new Error(`Discord publishes no ${name}`);
  // As output a schema names every property an object may have and allows no other.
  const schema = plainObject(toJSONSchema(source, { io: 'output', unrepresentable: 'any', reused: 'ref' }));
  const adapted = adapt(schema, isObject(schema['$defs']) ? schema['$defs'] : {});
  const validator = ajv.compile(isObject(adapted) ? adapted : {});
  compiled.set(name, validator);
  return validator;
}

const pathOf = ({ instancePath, keyword, params }: ErrorObject): (string | number)[] => {
  const path: (string | number)[] = instancePath.split('/').slice(1);
  const missing: unknown = params['missingProperty'] ?? params['additionalProperty'];
  return ['required', 'additionalProperties'].includes(keyword) && typeof missing === 'string' ? [...path, missing] : path;
};

const CODES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => readonly [string, string]>> = {
  required: () => ['BASE_TYPE_REQUIRED', 'This field is required'],
  additionalProperties: () => ['EMULATOR_UNKNOWN_FIELD', 'Discord publishes no such field'],
  maxLength: ({ limit }) => ['BASE_TYPE_MAX_LENGTH', `Must be ${String(limit)} or fewer in length.`],
  minLength: ({ limit }) => ['BASE_TYPE_MIN_LENGTH', `Must be ${String(limit)} or more in length.`],
  maxItems: ({ limit }) => ['BASE_TYPE_MAX_LENGTH', `Must be ${String(limit)} or fewer in length.`],
  minItems: ({ limit }) => ['BASE_TYPE_MIN_LENGTH', `Must be ${String(limit)} or more in length.`],
  maximum: ({ limit }) => ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${String(limit)}.`],
  minimum: ({ limit }) => ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${String(limit)}.`],
  enum: () => ['UNION_TYPE_CHOICES', 'No such value may stand here.'],
  pattern: () => ['STRING_TYPE_REGEX', 'String value did not match validation regex.'],
  format: () => ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'],
};

function faultOf(error: ErrorObject): Fault {
  const [code, message] = CODES[error.keyword]?.(error.params) ?? ['BASE_TYPE_BAD_TYPE', error.message ?? 'of the wrong type'];
  return { path: pathOf(error), code, message };
}

/** "Or null" is a choice of two: its other half says what is wrong, and the choice itself adds nothing. */
const saysNothing = (error: ErrorObject): boolean =>
  ['anyOf', 'if'].includes(error.keyword) || (error.keyword === 'type' && error.params['type'] === 'null');

/** What Discord's published schema has against a body; unknown properties are refused, which Discord does not. */
export function judge(name: SchemaName, body: Json): readonly Fault[] {
  const validate = validatorOf(name);
  if (validate(body)) return [];
  const errors = validate.errors ?? [];
  const telling = errors.filter((error) => !saysNothing(error));
  return (telling.length > 0 ? telling : errors).map(faultOf);
}

/** What discord.js puts into every body of a message, wherever it goes: Discord's way of saying nothing. */
const FILLERS = ['tts', 'enforce_nonce'];

export const withoutFillers = (body: JsonObject, overlooked: readonly string[] = []): JsonObject =>
  Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !overlooked.includes(name) && (value !== false || !FILLERS.includes(name))),
  );

/** Compiles everything now, so that no call has to wait for it. */
export function compileAll(names: readonly SchemaName[]): void {
  for (const name of names) validatorOf(name);
}
