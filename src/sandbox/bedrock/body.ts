import { z } from 'zod';
import { isVietnamese } from './english.ts';
import { malformed, modelComplaint, validation, type ServiceError } from './errors.ts';
import { checkPicture } from './picture.ts';
import { SIZES, type FieldRule, type ModelRules, type Size } from './rules.ts';

/** A request that the model would work on. */
export interface Order {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** 0 asks for a seed of the model's choice. */
  readonly seed: number;
  readonly size: Size;
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly image: Buffer | undefined;
  readonly strength: number | undefined;
}

export type Reading = { readonly kind: 'order'; readonly order: Order } | { readonly kind: 'error'; readonly error: ServiceError };

const jsonObject = z.record(z.string(), z.unknown());

/** The body once every field was held against the table: only what depends on other fields is still open. */
const fieldsSchema = z.object({
  prompt: z.string(),
  negative_prompt: z.string().default(''),
  mode: z.string().optional(),
  strength: z.number().optional(),
  seed: z.number().default(0),
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
  image: z.string().optional(),
  aspect_ratio: z.string().optional(),
});
type Fields = z.infer<typeof fieldsSchema>;

const refuse = (error: ServiceError): Reading => ({ kind: 'error', error });

/** Reads and checks a body against the model's table, decoding an input picture for real. */
export async function readOrder(model: ModelRules, body: Buffer): Promise<Reading> {
  const json = parseJson(body);
  if (json === undefined) return refuse(validation('Malformed input request, please reformat your input and try again.'));
  const complaint = checkFields(model, json) ?? checkTogether(model, fieldsSchema.parse(json));
  if (complaint !== undefined) return refuse(complaint);
  const fields = fieldsSchema.parse(json);
  const common = {
    prompt: fields.prompt,
    negativePrompt: fields.negative_prompt,
    seed: fields.seed,
    format: fields.output_format,
    strength: fields.strength,
  };
  if (fields.image === undefined) {
    return {
      kind: 'order',
      order: { ...common, size: SIZES[fields.aspect_ratio ?? '1:1'] ?? { width: 1024, height: 1024 }, image: undefined },
    };
  }
  const picture = await checkPicture(fields.image);
  if (picture.kind === 'unusable') return refuse(modelComplaint(picture.reason));
  return { kind: 'order', order: { ...common, size: likeInput(picture.size), image: picture.bytes } };
}

function parseJson(body: Buffer): Record<string, unknown> | undefined {
  try {
    return jsonObject.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** That a transformed picture keeps its input's size, in multiples of 64, is likely and not confirmed. */
const likeInput = (size: Size): Size => ({ width: toMultiple(size.width), height: toMultiple(size.height) });
const toMultiple = (side: number): number => Math.max(1, Math.round(side / 64)) * 64;

function checkFields(model: ModelRules, json: Record<string, unknown>): ServiceError | undefined {
  const names = Object.keys(model.fields);
  if (Object.keys(json).some((name) => !names.includes(name))) {
    const list = names.map((name) => `'${name}'`).join(', ');
    return modelComplaint(`Invalid field in request. Available fields: [${list}]`);
  }
  if (json['prompt'] === undefined) return malformed('#: required key [prompt] not found');
  const violations = Object.entries(json).flatMap(([name, value]) => {
    const rule = model.fields[name];
    const violation = rule && violationOf(rule, value);
    return violation === undefined ? [] : [`#/${name}: ${violation}`];
  });
  const [first, ...more] = violations;
  if (first === undefined) return undefined;
  return malformed(more.length === 0 ? first : `${violations.length} schema violations found`);
}

/** In the words of the schema checker that the service's known messages come from; only its `maxLength` was seen for certain. */
function violationOf(rule: FieldRule, value: unknown): string | undefined {
  if (rule.kind === 'choice') {
    return typeof value === 'string' && rule.choices.includes(value) ? undefined : `${JSON.stringify(value)} is not a valid enum value`;
  }
  if (rule.kind === 'integer') return Number.isInteger(value) ? outOfRange(rule, Number(value)) : wrongType('Integer', value);
  if (rule.kind === 'number') return typeof value === 'number' ? outOfRange(rule, value) : wrongType('Number', value);
  if (typeof value !== 'string') return wrongType('String', value);
  if (rule.kind === 'picture') return undefined;
  const length = Array.from(value).length;
  return length > rule.lengthMax ? `expected maxLength: ${rule.lengthMax}, actual: ${length}` : undefined;
}

function wrongType(expected: string, value: unknown): string {
  const found = value === null ? 'Null' : Array.isArray(value) ? 'JSONArray' : (TYPE_NAMES[typeof value] ?? 'Object');
  return `expected type: ${expected}, found: ${found}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'String', number: 'Double', boolean: 'Boolean', object: 'JSONObject' };

function outOfRange(range: { readonly min: number; readonly max: number }, value: number): string | undefined {
  if (value < range.min) return `${value} is not greater or equal to ${range.min}`;
  return value > range.max ? `${value} is not less or equal to ${range.max}` : undefined;
}

/** Rules about several fields at once. The wording is ours, that each is a ValidationException is likely. */
function checkTogether(model: ModelRules, fields: Fields): ServiceError | undefined {
  const transforms = fields.mode === 'image-to-image' || (fields.mode === undefined && fields.image !== undefined);
  if (fields.image !== undefined && !model.acceptsPicture) return modelComplaint('image: this model takes no image');
  if (transforms && fields.image === undefined) return modelComplaint('image: required for image-to-image');
  if (transforms && fields.strength === undefined) return modelComplaint('strength: required for image-to-image');
  if (transforms && fields.aspect_ratio !== undefined) return modelComplaint('aspect_ratio: only valid for text-to-image');
  if (!transforms && fields.image !== undefined) return modelComplaint('image: only valid for image-to-image');
  if (!transforms && fields.strength !== undefined) return modelComplaint('strength: only valid for image-to-image');
  // That other languages than English are refused is reported of the former versions, not confirmed of these; how it is said is not known.
  const foreign = [fields.prompt, fields.negative_prompt].some((text) => isVietnamese(text));
  return foreign ? modelComplaint('Only English prompts are supported.') : undefined;
}
