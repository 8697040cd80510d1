import { KIND, kindOf, placedIn } from './bodies/components.ts';
import type { StoredFile } from './files.ts';
import { isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from './json.ts';
import { checkFileType, isUpload, type Keep } from './option-values.ts';
import type { Upload } from './files.ts';

/** One field of a modal as a person sees it. */
export interface FieldView {
  readonly label: string;
  readonly description: string;
  readonly customId: string;
  readonly kind: number;
  readonly required: boolean;
  /** What stands in it already. */
  readonly value: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string; readonly chosen: boolean }[];
}

export interface ModalView {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly FieldView[];
}

/** What a person gives for one field: words, one or more choices, a tick, files. */
export type FieldValue = string | boolean | readonly string[] | readonly Upload[];

const FIELD_KINDS: readonly number[] = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

interface Field {
  readonly node: JsonObject;
  readonly label: string;
  readonly description: string;
}

function fieldsOf(modal: JsonObject): readonly Field[] {
  return placedIn(modal['components'])
    .flatMap(({ node }) => {
      if (kindOf(node) === KIND.label && isObject(node['component']))
        return [{ node: node['component'], label: textOf(node['label']), description: textOf(node['description']) }];
      if (kindOf(node) === KIND.row)
        return objectsOf(node['components']).map((child) => ({ node: child, label: textOf(child['label']), description: '' }));
      return [];
    })
    .filter(({ node }) => FIELD_KINDS.includes(kindOf(node)));
}

const fieldView = ({ node, label, description }: Field): FieldView => ({
  label,
  description,
  customId: textOf(node['custom_id']),
  kind: kindOf(node),
  required: node['required'] !== false && kindOf(node) !== KIND.checkbox,
  value: textOf(node['value']),
  placeholder: textOf(node['placeholder']),
  options: objectsOf(node['options']).map((option) => ({
    label: textOf(option['label']),
    value: textOf(option['value']),
    chosen: option['default'] === true,
  })),
});

export const modalView = (modal: JsonObject): ModalView => ({
  title: textOf(modal['title']),
  customId: textOf(modal['custom_id']),
  fields: fieldsOf(modal).map(fieldView),
});

const cannot = (what: string): Error => new Error(`the client does not let this be sent: ${what}`);

const isFiles = (value: FieldValue): value is readonly Upload[] => Array.isArray(value) && value.length > 0 && value.every(isUpload);

function chosenIn(view: FieldView, node: JsonObject, value: FieldValue | undefined): readonly string[] {
  const given =
    value === undefined ? view.options.filter(({ chosen }) => chosen).map((option) => option.value) : [value].flat().map(String);
  const values = given.map((choice) => {
    const found = view.options.find((option) => option.value === choice || option.label === choice);
    if (found === undefined) throw cannot(`${view.label} offers no ${choice}`);
    return found.value;
  });
  const [least, most] = [node['min_values'], node['max_values']].map((count) => (typeof count === 'number' ? count : 1));
  const isFew = values.length < (view.required ? (least ?? 1) : 0);
  if (isFew || values.length > (most ?? 1)) throw cannot(`${view.label}: ${values.length} chosen`);
  return values;
}

function textIn(view: FieldView, node: JsonObject, value: FieldValue | undefined): string {
  const text = typeof value === 'string' ? value : view.value;
  const [least, most] = [node['min_length'], node['max_length']];
  const isShort = text.length < (typeof least === 'number' ? least : 0) && (view.required || text !== '');
  if ((view.required && text === '') || isShort || text.length > (typeof most === 'number' ? most : 4000))
    throw cannot(`${view.label} has ${text.length} letters`);
  return text;
}

async function filesIn(view: FieldView, node: JsonObject, value: FieldValue | undefined, keep: Keep): Promise<readonly StoredFile[]> {
  const uploads = value !== undefined && isFiles(value) ? value : [];
  const most = typeof node['max_values'] === 'number' ? node['max_values'] : 1;
  if ((view.required && uploads.length === 0) || uploads.length > most) throw cannot(`${view.label}: ${uploads.length} files`);
  for (const { filename } of uploads) checkFileType(node['file_types'], filename);
  return Promise.all(uploads.map(keep));
}

async function fieldJson(field: Field, value: FieldValue | undefined, keep: Keep, files: StoredFile[]): Promise<JsonObject> {
  const { node } = field;
  const view = fieldView(field);
  const base = { type: kindOf(node), id: node['id'] ?? 1, custom_id: view.customId };
  if (kindOf(node) === KIND.textInput) return { ...base, value: textIn(view, node, value) };
  if (kindOf(node) === KIND.checkbox) return { ...base, value: value === undefined ? node['default'] === true : value === true };
  if (kindOf(node) === KIND.upload) {
    const stored = await filesIn(view, node, value, keep);
    files.push(...stored);
    return { ...base, values: stored.map(({ id }) => id) };
  }
  if (kindOf(node) === KIND.radio) return { ...base, value: chosenIn(view, node, value)[0] ?? null };
  const isPicked = kindOf(node) === KIND.textSelect || kindOf(node) === KIND.checkboxes;
  return { ...base, values: isPicked ? [...chosenIn(view, node, value)] : [value ?? []].flat().map(String) };
}

/** A modal filled in by label or custom id, with what was in it where nothing is said; refuses what the client refuses. */
export async function fillModal(
  modal: JsonObject,
  values: Readonly<Record<string, FieldValue>>,
  keep: Keep,
): Promise<{ readonly data: JsonObject; readonly files: readonly StoredFile[] }> {
  const fields = fieldsOf(modal);
  const names = fields.flatMap((field) => [field.label, textOf(field.node['custom_id'])]);
  const strange = Object.keys(values).filter((name) => !names.includes(name));
  if (strange.length > 0) throw cannot(`there is no field called ${strange.join(', ')}`);
  const files: StoredFile[] = [];
  const fill = (field: Field): Promise<JsonObject> =>
    fieldJson(field, values[field.label] ?? values[textOf(field.node['custom_id'])], keep, files);
  const components: Json[] = [];
  for (const top of objectsOf(modal['components'])) {
    const id = top['id'] ?? components.length + 1;
    const own = fields.filter(
      ({ node }) => node === top['component'] || (isJsonArray(top['components']) && objectsOf(top['components']).includes(node)),
    );
    const filled = await Promise.all(own.map(fill));
    if (kindOf(top) === KIND.label) components.push({ type: KIND.label, id, component: filled[0] ?? null });
    else components.push(kindOf(top) === KIND.row ? { type: KIND.row, id, components: filled } : { type: kindOf(top), id });
  }
  return { data: { custom_id: textOf(modal['custom_id']), components }, files };
}
