import { compact, isObject, objectsIn, textOf, type JsonObject } from '../json.ts';

/** What a person enters into one field: words, the label of a choice, several labels, a conversation's id, files. */
export type Entered = string | readonly string[] | readonly JsonObject[];

const labelOf = (option: JsonObject): string | undefined => (isObject(option['text']) ? textOf(option['text']['text']) : undefined);

function optionsOf(element: JsonObject): JsonObject[] {
  const groups = objectsIn(element['option_groups']).flatMap((group) => objectsIn(group['options']));
  return [...objectsIn(element['options']), ...groups];
}

function choose(element: JsonObject, wanted: string): JsonObject {
  const found = optionsOf(element).find((option) => labelOf(option) === wanted || option['value'] === wanted);
  if (found === undefined) throw new Error(`there is no choice “${wanted}”, only ${optionsOf(element).map(labelOf).join(', ')}`);
  return found;
}

const list = (entered: Entered): readonly string[] =>
  typeof entered === 'string' ? [entered] : entered.filter((one) => typeof one === 'string');

/** The state of one field as an interaction reports it. Without anything entered it is what the field began with. */
export function fieldState(element: JsonObject, entered: Entered | undefined): JsonObject {
  const type = textOf(element['type']) ?? '';
  const first = entered === undefined ? undefined : list(entered)[0];
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'url_text_input': {
      const value = first ?? textOf(element['initial_value']);
      return { type, value: value === undefined || value === '' ? null : value };
    }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: first === undefined ? (element['initial_option'] ?? null) : choose(element, first) };
    case 'multi_static_select':
    case 'checkboxes': {
      const chosen = entered === undefined ? objectsIn(element['initial_options']) : list(entered).map((label) => choose(element, label));
      return { type, selected_options: chosen };
    }
    case 'users_select':
      return { type, selected_user: first ?? element['initial_user'] ?? null };
    case 'conversations_select':
      return { type, selected_conversation: first ?? element['initial_conversation'] ?? null };
    case 'channels_select':
      return { type, selected_channel: first ?? element['initial_channel'] ?? null };
    case 'datepicker':
      return { type, selected_date: first ?? element['initial_date'] ?? null };
    case 'timepicker':
      return { type, selected_time: first ?? element['initial_time'] ?? null };
    case 'file_input':
      return { type, files: objectsIn(entered) };
    default:
      throw new Error(`nobody can enter anything into a ${type}`);
  }
}

/** Why Slack's own form would not let this be sent, or nothing. */
export function fieldTrouble(block: JsonObject, state: JsonObject): string | undefined {
  const element = isObject(block['element']) ? block['element'] : {};
  const { type: _type, ...values } = state;
  const [value] = Object.values(values);
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return block['optional'] === true ? undefined : 'please complete this required field';
  if (typeof value !== 'string' || state['type'] !== 'plain_text_input') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typeof max === 'number' && value.length > max) return `must be at most ${max} characters`;
  return typeof min === 'number' && value.length < min ? `must be at least ${min} characters` : undefined;
}

/** The action of an element that was pressed or changed, as `block_actions` reports it. */
export function actionOf(blockId: string, element: JsonObject, entered: Entered | undefined): JsonObject {
  const { action_id, type } = element;
  if (type === 'button' || type === 'icon_button') {
    return compact({ action_id, block_id: blockId, text: element['text'], value: element['value'], style: element['style'], type });
  }
  if (type === 'feedback_buttons') {
    const side = entered === 'negative' ? element['negative_button'] : element['positive_button'];
    return { action_id, block_id: blockId, type, ...(isObject(side) && { text: side['text'], value: side['value'] }) };
  }
  if (type === 'overflow') {
    return { action_id, block_id: blockId, type, selected_option: choose(element, typeof entered === 'string' ? entered : '') };
  }
  return { action_id, block_id: blockId, ...fieldState(element, entered) };
}
