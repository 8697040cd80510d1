import type { StoredFile, Upload } from './files.ts';
import { isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from './json.ts';

/** What a person gives for one field: words, a number, yes or no, a file. */
export type Value = string | number | boolean | Upload;

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'bytes' in value && 'filename' in value;

const [STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, ATTACHMENT] = [3, 4, 5, 6, 7, 10, 11] as const;

/** Puts a file where Discord keeps what came with a command. */
export type Keep = (upload: Upload) => Promise<StoredFile>;

export interface Given {
  readonly options: readonly JsonObject[];
  readonly files: readonly StoredFile[];
}

/** How a value is spoken of. */
const spoken = (value: Value): string => (isUpload(value) ? value.filename : String(value));

const cannot = (what: string): Error => new Error(`the client does not let this be sent: ${what}`);

const numberIn = (option: JsonObject, name: string): number | undefined => (typeof option[name] === 'number' ? option[name] : undefined);

function checkText(option: JsonObject, value: string): void {
  const [least, most] = [numberIn(option, 'min_length') ?? 0, numberIn(option, 'max_length') ?? 6000];
  if (value.length < least || value.length > most || value === '')
    throw cannot(`${textOf(option['name'])} must have ${least} to ${most} letters`);
}

function checkNumber(option: JsonObject, value: number): void {
  const [least, most] = [numberIn(option, 'min_value') ?? -Infinity, numberIn(option, 'max_value') ?? Infinity];
  const isWhole = option['type'] !== INTEGER || Number.isInteger(value);
  if (!isWhole || value < least || value > most) throw cannot(`${textOf(option['name'])} must be between ${least} and ${most}`);
}

const GROUPS: Readonly<Record<string, RegExp>> = {
  image: /\.(?:png|jpe?g|gif|webp|avif|heic|bmp|svg)$/i,
  video: /\.(?:mp4|mov|qt|webm)$/i,
  audio: /\.(?:mp3|wav|ogg|flac|m4a)$/i,
};

/** The client looks at the name's ending only: what is inside may be anything. */
export function checkFileType(types: Json | undefined, filename: string): void {
  if (!isJsonArray(types) || types.length === 0) return;
  const fits = types.some((type) => GROUPS[textOf(type)]?.test(filename) ?? filename.toLowerCase().endsWith(textOf(type)));
  if (!fits) throw cannot(`${filename} is not of a kind that may be attached here`);
}

/** The value as it stands in the payload, after the checks that the client makes. A choice is given by its value or by what the person reads. */
function valueOf(option: JsonObject, value: Value, isBeingTyped: boolean): Json {
  const type = option['type'];
  const choices = objectsOf(option['choices']);
  const chosen = choices.find(
    (choice) =>
      choice['value'] === value ||
      choice['name'] === value ||
      Object.values(isObject(choice['name_localizations']) ? choice['name_localizations'] : {}).includes(spoken(value)),
  );
  if (choices.length > 0 && chosen === undefined) throw cannot(`${textOf(option['name'])} offers no ${spoken(value)}`);
  const given = chosen?.['value'] ?? (isUpload(value) ? undefined : value);
  if (isBeingTyped) return given ?? '';
  const isRight =
    (type === STRING && typeof given === 'string') ||
    ((type === INTEGER || type === NUMBER) && typeof given === 'number') ||
    (type === BOOLEAN && typeof given === 'boolean') ||
    ((type === USER || type === CHANNEL) && typeof given === 'string');
  if (!isRight || given === undefined) throw cannot(`${textOf(option['name'])} takes no ${typeof value}`);
  if (typeof given === 'string' && type === STRING) checkText(option, given);
  if (typeof given === 'number') checkNumber(option, given);
  return given;
}

/** Fills a command's fields as a person does, and refuses what the client refuses. `focused`: the field being typed in, for autocomplete. */
export async function fill(
  defined: readonly JsonObject[],
  values: Readonly<Record<string, Value>>,
  keep: Keep,
  focused?: string,
): Promise<Given> {
  const strange = Object.keys(values).filter((name) => !defined.some((option) => option['name'] === name));
  if (strange.length > 0) throw cannot(`there is no field called ${strange.join(', ')}`);
  const missing = defined.filter((option) => option['required'] === true && !(textOf(option['name']) in values));
  if (missing.length > 0 && focused === undefined) throw cannot(`${missing.map(({ name }) => textOf(name)).join(', ')} must be filled in`);
  const options: JsonObject[] = [];
  const files: StoredFile[] = [];
  for (const option of defined) {
    const name = textOf(option['name']);
    const value = values[name];
    if (value === undefined) continue;
    const isFocused = name === focused;
    const base = { name, type: option['type'] ?? STRING, ...(isFocused && { focused: true }) };
    if (option['type'] === ATTACHMENT) {
      if (!isUpload(value)) throw cannot(`${name} takes a file`);
      checkFileType(option['file_types'], value.filename);
      const file = await keep(value);
      files.push(file);
      options.push({ ...base, value: file.id });
    } else options.push({ ...base, value: valueOf(option, value, isFocused) });
  }
  return { options, files };
}
