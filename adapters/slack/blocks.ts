import type { Json } from '#src/core/request.ts';
import { TEXT_LIMITS } from './config.ts';
import { cutText, escapeText } from './text.ts';

export type Block = { readonly [name: string]: Json };

/** A message: `text` is what a notification says, and what is read aloud. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Words as they are: Slack finds neither marks nor names in them, so they may be anybody's. Slack takes no empty ones. */
export function plain(text: string, limit: number): Block {
  const words = cutText(text.trim(), limit);
  return { type: 'plain_text', text: words === '' ? '…' : words, emoji: false };
}

/** Slack's markup: only for words of ours, with people's ids in them and people's words escaped. */
export const marked = (text: string): Block => ({ type: 'mrkdwn', text: cutText(text, TEXT_LIMITS.section), verbatim: true });

export const section = (text: Block): Block => ({ type: 'section', text });
export const context = (...texts: readonly string[]): Block => ({
  type: 'context',
  elements: texts.filter((text) => text !== '').map((text) => plain(text, TEXT_LIMITS.context)),
});
export const actions = (...elements: readonly Block[]): Block => ({ type: 'actions', elements });
export const messageText = (text: string): string => cutText(escapeText(text), TEXT_LIMITS.message);

export function button(action: string, label: string, value: string): Block {
  return { type: 'button', action_id: action, text: plain(label, TEXT_LIMITS.button), value };
}

export interface Choice {
  readonly label: string;
  readonly value: string;
}

const option = ({ label, value }: Choice): Block => ({ text: plain(label, TEXT_LIMITS.option), value });

/** A list to choose from; `initial` is chosen already, if it is in the list. */
export function select(id: string, label: string, choices: readonly Choice[], initial: string | undefined): Block {
  const first = choices.find(({ value }) => value === initial) ?? choices[0];
  const element = {
    type: 'static_select',
    action_id: id,
    options: choices.map(option),
    ...(first === undefined ? {} : { initial_option: option(first) }),
  };
  return { type: 'input', block_id: id, label: plain(label, TEXT_LIMITS.label), element };
}

export function textField(id: string, label: string, initial: string): Block {
  return input(id, label, initial, { focus_on_load: true });
}

/** For the rest of a text that is too long for one field; it may be emptied. */
export function furtherTextField(id: string, label: string, initial: string): Block {
  return { ...input(id, label, initial, {}), optional: true };
}

function input(id: string, label: string, initial: string, how: Block): Block {
  const value = cutText(initial, TEXT_LIMITS.input);
  const element = {
    type: 'plain_text_input',
    action_id: id,
    multiline: true,
    max_length: TEXT_LIMITS.input,
    ...how,
    ...(value === '' ? {} : { initial_value: value }),
  };
  return { type: 'input', block_id: id, label: plain(label, TEXT_LIMITS.label), element };
}
