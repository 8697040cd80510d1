import type { Delivery } from '../deliveries.ts';
import { isObject, objectsIn, textOf, type JsonObject } from '../json.ts';
import { inputBlocks, type OpenView } from '../modals.ts';
import type { Parts } from '../parts.ts';
import { takeView } from '../surfaces.ts';
import { fieldState, fieldTrouble, type Entered } from './fill.ts';

export type Values = Readonly<{ [field: string]: Entered }>;

const labelOf = (block: JsonObject): string | undefined => (isObject(block['label']) ? textOf(block['label']['text']) : undefined);

/** Fills the form as a person does: fields by label, block or action; what is not named stays as it began. Throws what Slack's form would say. */
export function fill(view: OpenView, values: Values): void {
  const open = new Set(Object.keys(values));
  const state: { [blockId: string]: JsonObject } = {};
  for (const block of inputBlocks(view)) {
    const element = isObject(block['element']) ? block['element'] : {};
    const names = [labelOf(block), textOf(block['block_id']), textOf(element['action_id'])].filter((name) => name !== undefined);
    const name = names.find((candidate) => open.has(candidate));
    if (name !== undefined) open.delete(name);
    const field = fieldState(element, name === undefined ? undefined : values[name]);
    const trouble = fieldTrouble(block, field);
    if (trouble !== undefined) throw new Error(`the form says at ${labelOf(block)}: ${trouble}`);
    state[textOf(block['block_id']) ?? ''] = { [textOf(element['action_id']) ?? '']: field };
  }
  if (open.size > 0) throw new Error(`the form has no field ${[...open].join(', ')}, only ${inputBlocks(view).map(labelOf).join(', ')}`);
  view.state = { ...view.state, ...state };
}

/** Does with the modals what the acknowledgement of a submission asks for. */
export function followSubmission({ modals, record, ...rest }: Parts, view: OpenView, { acknowledged, response }: Delivery): void {
  if (!acknowledged) return void Object.assign(view, { errors: { '': 'We had some trouble connecting. Try again?' } });
  const parts: Parts = { modals, record, ...rest };
  const takeNew = (): JsonObject => takeView(parts, response['view'], { teamId: view.teamId, where: 'response_action' });
  switch (response['response_action']) {
    case undefined:
      if (Object.keys(response).length > 0) record.violate('acknowledgement', `of a submission: ${JSON.stringify(response)}`);
      return modals.closeTop(view.userId);
    case 'clear':
      return modals.closeAll(view.userId);
    case 'update':
      return void modals.update(view, takeNew());
    case 'push':
      return void modals.push(view, takeNew());
    case 'errors':
      return showErrors(parts, view, response['errors']);
    default:
      return record.violate('response_action', String(response['response_action']));
  }
}

function showErrors({ record }: Parts, view: OpenView, errors: unknown): void {
  const given = isObject(errors) ? errors : {};
  const known = new Set(
    objectsIn(view.content['blocks'])
      .filter(({ type }) => type === 'input')
      .map((block) => block['block_id']),
  );
  const strange = Object.entries(given).filter(([blockId, text]) => !known.has(blockId) || typeof text !== 'string' || text === '');
  if (Object.keys(given).length === 0 || strange.length > 0) record.violate('response_action', `errors: ${JSON.stringify(errors)}`);
  view.errors = given;
  record.changed();
}
