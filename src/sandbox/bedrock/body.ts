import { z } from 'zod';
import { isVietnamese } from './english.ts';
import { modelComplaint, validation, type ServiceError } from './errors.ts';
import { complaintAbout, unknownFields, type FieldRule, type ObjectRule, type PictureLimits } from './fields.ts';
import { checkPicture } from './picture.ts';
import type { Given, Json, ModelRules, Order } from './rules.ts';

export type Reading =
  | { readonly kind: 'order'; readonly order: Order; readonly pictureBytes: number }
  | { readonly kind: 'error'; readonly error: ServiceError };

const jsonObject = z.record(z.string(), z.unknown());

const refuse = (error: ServiceError): Reading => ({ kind: 'error', error });

/** Reads and checks a body against the model's table, decoding its pictures for real. */
export async function readOrder(model: ModelRules, body: Buffer): Promise<Reading> {
  const json = parseJson(body);
  if (json === undefined) return refuse(validation('Malformed input request, please reformat your input and try again.'));
  const complaint = unknownField(model, json) ?? complaintAbout(model.body, json);
  if (complaint !== undefined) return refuse(complaint);
  const pictures: Record<string, Given> = {};
  for (const { name, base64, limits } of picturesIn(model.body, json, '')) {
    const checked = await checkPicture(name, base64, limits);
    if (checked.kind === 'unusable') return refuse(modelComplaint(checked.reason));
    pictures[name] = checked.given;
  }
  const together = model.check(json, pictures) ?? foreignWords(model.body, json);
  if (together !== undefined) return refuse(modelComplaint(together));
  const pictureBytes = Object.values(pictures).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return { kind: 'order', order: model.read(json, pictures), pictureBytes };
}

function parseJson(body: Buffer): Json | undefined {
  try {
    return jsonObject.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Each family has its own words for a field that it does not know. The others are told by the schema checker. */
function unknownField({ body, dialect, shortName }: ModelRules, json: Json): ServiceError | undefined {
  const [unknown] = unknownFields(body, json);
  if (unknown === undefined) return undefined;
  const names = Object.keys(body.fields);
  switch (dialect) {
    case 'generation':
      return modelComplaint(`Invalid field in request. Available fields: [${names.map((name) => `'${name}'`).join(', ')}]`);
    case 'service':
      return modelComplaint(`Invalid field '${unknown}' in request. Available fields for ${shortName} are: ${names.join(', ')}`);
    default:
      return undefined;
  }
}

interface Found {
  readonly name: string;
  readonly base64: string;
  readonly limits: PictureLimits;
}

/** Every picture of a body that its table has passed, by its place in it. */
function picturesIn(rule: FieldRule, value: unknown, name: string): readonly Found[] {
  if (rule.kind === 'picture') return typeof value === 'string' ? [{ name, base64: value, limits: rule.limits }] : [];
  const inner = (member: string): string => (name === '' ? member : `${name}/${member}`);
  if (rule.kind === 'list')
    return Array.isArray(value) ? value.flatMap((item, index) => picturesIn(rule.of, item, inner(String(index)))) : [];
  if (rule.kind !== 'object') return [];
  const members = jsonObject.safeParse(value).data ?? {};
  return Object.entries(rule.fields).flatMap(([member, of]) => picturesIn(of, members[member], inner(member)));
}

/** That other languages than English are refused is reported of former versions, not confirmed of these; how it is said is not known. */
function foreignWords(rule: ObjectRule, json: Json): string | undefined {
  return wordsIn(rule, json).some((text) => isVietnamese(text)) ? 'Only English prompts are supported.' : undefined;
}

function wordsIn(rule: FieldRule, value: unknown): readonly string[] {
  if (rule.kind === 'text') return typeof value === 'string' ? [value] : [];
  if (rule.kind === 'list') return Array.isArray(value) ? value.flatMap((item) => wordsIn(rule.of, item)) : [];
  if (rule.kind !== 'object') return [];
  const members = jsonObject.safeParse(value).data ?? {};
  return Object.entries(rule.fields).flatMap(([member, of]) => wordsIn(of, members[member]));
}
