import { malformed, type ServiceError } from './errors.ts';

/** What one member of a request's body may be. The checks read these tables; there is no rule about single fields anywhere else. */
export type FieldRule =
  | { readonly kind: 'text'; readonly lengthMin?: number; readonly lengthMax: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'picture'; readonly limits: PictureLimits }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'list'; readonly of: FieldRule; readonly min: number; readonly max: number }
  | ObjectRule;

export interface ObjectRule {
  readonly kind: 'object';
  /** In the order in which the service lists them when it complains. */
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly required: readonly string[];
}

/** What a picture has to be, once it is decoded. */
export interface PictureLimits {
  readonly formats: readonly string[];
  readonly sideMin: number;
  readonly sideMax: number;
  readonly pixelsMin: number;
  readonly pixelsMax: number;
  /** Of the long side to the short one. */
  readonly ratioMax: number;
  readonly bytesMax: number;
  /** Nothing see-through in it. */
  readonly opaque?: true;
  /** Nothing but black and white. */
  readonly pure?: true;
}

/** The names in an object that its table does not have. */
export const unknownFields = (rule: ObjectRule, json: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(json).filter((name) => !(name in rule.fields));

/** What is wrong with an object, in the words of the schema checker that the service's known messages come from. */
export function complaintAbout(rule: ObjectRule, json: unknown): ServiceError | undefined {
  const [first, ...more] = violations(rule, json, '#');
  if (first === undefined) return undefined;
  return malformed(more.length === 0 ? first : `${more.length + 1} schema violations found`);
}

/** Only the wording of a text that is too long, and of a key that is missing, was seen for certain. */
function violations(rule: FieldRule, value: unknown, at: string): readonly string[] {
  switch (rule.kind) {
    case 'object':
      return isObject(value) ? membersOf(rule, value, at) : [`${at}: ${wrongType('JSONObject', value)}`];
    case 'list':
      if (!Array.isArray(value)) return [`${at}: ${wrongType('JSONArray', value)}`];
      if (value.length < rule.min) return [`${at}: expected minimum item count: ${rule.min}, found: ${value.length}`];
      if (value.length > rule.max) return [`${at}: expected maximum item count: ${rule.max}, found: ${value.length}`];
      return value.flatMap((item, index) => violations(rule.of, item, `${at}/${index}`));
    default: {
      const violation = violationOf(rule, value);
      return violation === undefined ? [] : [`${at}: ${violation}`];
    }
  }
}

function membersOf({ fields, required }: ObjectRule, value: Readonly<Record<string, unknown>>, at: string): readonly string[] {
  const missing = required.filter((name) => value[name] === undefined).map((name) => `${at}: required key [${name}] not found`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const rule = fields[name];
    return rule === undefined ? [`${at}: extraneous key [${name}] is not permitted`] : violations(rule, member, `${at}/${name}`);
  });
  return [...missing, ...members];
}

function violationOf(rule: Exclude<FieldRule, { kind: 'object' | 'list' }>, value: unknown): string | undefined {
  if (rule.kind === 'choice') {
    return typeof value === 'string' && rule.choices.includes(value) ? undefined : `${JSON.stringify(value)} is not a valid enum value`;
  }
  if (rule.kind === 'flag') return typeof value === 'boolean' ? undefined : wrongType('Boolean', value);
  if (rule.kind === 'integer') return Number.isInteger(value) ? outOfRange(rule, Number(value)) : wrongType('Integer', value);
  if (rule.kind === 'number') return typeof value === 'number' ? outOfRange(rule, value) : wrongType('Number', value);
  if (typeof value !== 'string') return wrongType('String', value);
  if (rule.kind === 'picture') return undefined;
  if (rule.kind === 'pattern')
    return rule.pattern.test(value) ? undefined : `string [${value}] does not match pattern ${rule.pattern.source}`;
  const length = Array.from(value).length;
  if (length < (rule.lengthMin ?? 0)) return `expected minLength: ${rule.lengthMin}, actual: ${length}`;
  return length > rule.lengthMax ? `expected maxLength: ${rule.lengthMax}, actual: ${length}` : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function wrongType(expected: string, value: unknown): string {
  const found = value === null ? 'Null' : Array.isArray(value) ? 'JSONArray' : (TYPE_NAMES[typeof value] ?? 'Object');
  return `expected type: ${expected}, found: ${found}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'String', number: 'Double', boolean: 'Boolean', object: 'JSONObject' };

function outOfRange(range: { readonly min: number; readonly max: number }, value: number): string | undefined {
  if (value < range.min) return `${value} is not greater or equal to ${range.min}`;
  return value > range.max ? `${value} is not less or equal to ${range.max}` : undefined;
}
