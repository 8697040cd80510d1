import { isObject, objectsOf, textOf, type Json, type JsonObject } from '../json.ts';
import type { Fault } from '../problems.ts';

export const KIND = {
  row: 1,
  button: 2,
  textSelect: 3,
  textInput: 4,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

const LEGACY_TOP = [KIND.row] as readonly number[];
const COMPONENTS_MAX = 40;
const LEGACY_ROWS_MAX = 5;
const TEXT_MAX = 4000;
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

export interface Placed {
  readonly node: JsonObject;
  readonly path: readonly (string | number)[];
}

/** Every component of a tree with its place, parents before children. */
export function placedIn(components: Json | undefined, path: readonly (string | number)[] = ['components']): readonly Placed[] {
  return objectsOf(components).flatMap((node, index) => placedBelow(node, [...path, index]));
}

function placedBelow(node: JsonObject, path: readonly (string | number)[]): readonly Placed[] {
  const { accessory, component, components } = node;
  return [
    { node, path },
    ...placedIn(components, [...path, 'components']),
    ...(isObject(accessory) ? placedBelow(accessory, [...path, 'accessory']) : []),
    ...(isObject(component) ? placedBelow(component, [...path, 'component']) : []),
  ];
}

export const kindOf = (node: JsonObject): number => (typeof node['type'] === 'number' ? node['type'] : 0);

/** Where a component names files or links, as it was sent. */
export function mediaOf(node: JsonObject): readonly { readonly media: JsonObject; readonly path: readonly (string | number)[] }[] {
  const one = (value: Json | undefined, path: readonly (string | number)[]) => (isObject(value) ? [{ media: value, path }] : []);
  if (kindOf(node) === KIND.gallery)
    return objectsOf(node['items']).flatMap((item, index) => one(item['media'], ['items', index, 'media']));
  if (kindOf(node) === KIND.thumbnail) return one(node['media'], ['media']);
  return kindOf(node) === KIND.file ? one(node['file'], ['file']) : [];
}

const fault = (path: readonly (string | number)[], code: string, message: string): Fault => ({ path, code, message });

/** Ids that come twice in one message or modal, among what people press and among the numbers of components. */
export function repeatedIds(placed: readonly Placed[]): readonly Fault[] {
  const customIds = placed.filter(({ node }) => typeof node['custom_id'] === 'string');
  const numbers = placed.filter(({ node }) => typeof node['id'] === 'number' && node['id'] !== 0);
  const repeated = (list: readonly Placed[], name: string) =>
    list.filter(({ node }, index) => list.findIndex((other) => other.node[name] === node[name]) < index);
  return [
    ...repeated(customIds, 'custom_id').map(({ path }) =>
      fault([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'),
    ),
    ...repeated(numbers, 'id').map(({ path }) => fault([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')),
  ];
}

function buttonFaults({ node, path }: Placed): readonly Fault[] {
  const style = node['style'];
  const [isLink, isPremium] = [style === LINK_STYLE, style === PREMIUM_STYLE];
  const [hasId, hasUrl] = [typeof node['custom_id'] === 'string', typeof node['url'] === 'string'];
  const faults: Fault[] = [];
  if (isLink && !hasUrl) faults.push(fault([...path, 'url'], 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required'));
  if (!isLink && hasUrl) faults.push(fault([...path, 'url'], 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'Only a link has a url'));
  if ((isLink || isPremium) === hasId) {
    const word = hasId ? 'A custom id and a url or SKU cannot both be specified' : 'A custom id is required';
    faults.push(
      fault(
        [...path, 'custom_id'],
        hasId ? 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE' : 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
        word,
      ),
    );
  }
  if (!isPremium && textOf(node['label']) === '' && !isObject(node['emoji'])) {
    faults.push(fault([...path, 'label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A label or an emoji is required'));
  }
  return faults;
}

/** Values that come twice among a list of choices, and more chosen than there are. */
export function choiceFaults({ node, path }: Placed): readonly Fault[] {
  const options = objectsOf(node['options']);
  const [least, most] = [node['min_values'], node['max_values']].map((value) => (typeof value === 'number' ? value : undefined));
  const repeated = options.flatMap(({ value }, index) => (options.findIndex((other) => other['value'] === value) < index ? [index] : []));
  const faults = repeated.map((index) =>
    fault([...path, 'options', index, 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'),
  );
  if (least !== undefined && least > (most ?? 1))
    faults.push(fault([...path, 'min_values'], 'SELECT_COMPONENT_MIN_VALUES', 'More at least than at most'));
  if (options.length > 0 && (most ?? 1) > options.length && most !== undefined) {
    faults.push(fault([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES', 'More than there are options'));
  }
  return faults;
}

/** A row holds up to five buttons or one select, never both. */
function rowFaults({ node, path }: Placed): readonly Fault[] {
  const kinds = objectsOf(node['components']).map(kindOf);
  const isFull = kinds.length > 1 && kinds.some((kind) => kind !== KIND.button);
  return isFull
    ? [fault([...path, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width')]
    : [];
}

function rulesOf(placed: Placed): readonly Fault[] {
  const kind = kindOf(placed.node);
  if (kind === KIND.row) return rowFaults(placed);
  if (kind === KIND.button) return buttonFaults(placed);
  return kind >= KIND.textSelect && kind <= 8 ? choiceFaults(placed) : [];
}

/** What the schemas cannot say about a message's components. */
export function componentFaults(components: Json | undefined, isV2: boolean): readonly Fault[] {
  const placed = placedIn(components);
  const top = objectsOf(components);
  const faults = [...repeatedIds(placed), ...placed.flatMap(rulesOf)];
  if (placed.length > COMPONENTS_MAX)
    faults.push(fault(['components'], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `At most ${COMPONENTS_MAX} components in total`));
  if (isV2) {
    const letters = placed.reduce((sum, { node }) => sum + (kindOf(node) === KIND.text ? textOf(node['content']).length : 0), 0);
    if (letters > TEXT_MAX)
      faults.push(fault(['components'], 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', `Text of all components over ${TEXT_MAX}`));
    return faults;
  }
  if (top.length > LEGACY_ROWS_MAX)
    faults.push(fault(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${LEGACY_ROWS_MAX} in length.`));
  const tooNew = top.flatMap((node, index) => (LEGACY_TOP.includes(kindOf(node)) ? [] : [index]));
  return [
    ...faults,
    ...tooNew.map((index) => fault(['components', index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).')),
  ];
}
