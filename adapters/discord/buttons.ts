import { say, type MessageKey } from '#src/core/messages.ts';
import { requestIdSchema, type Language } from '#src/core/request.ts';

/** What pressing a button, or sending a form, does to the request in its id. Everything else about it is in the ledger, so buttons never die. */
const ACTIONS = [
  'again',
  'variations',
  'edit',
  'own-words',
  'recipe',
  'delete',
  'delete-yes',
  'delete-no',
  'cancel',
  'edited',
  'change',
] as const;
export type Action = (typeof ACTIONS)[number];

const PREFIX = 'hoami';
const STYLE = { primary: 1, secondary: 2, danger: 4 } as const;
const ACTION_ROW = 1;
const BUTTON = 2;

export interface Row {
  readonly type: typeof ACTION_ROW;
  readonly components: readonly {
    readonly type: typeof BUTTON;
    readonly style: number;
    readonly label: string;
    readonly custom_id: string;
  }[];
}

export const customId = (action: Action, id: string): string => `${PREFIX}:${action}:${id}`;

/** Undefined for ids that are not ours, such as those of an older bot with the same token. */
export function parseCustomId(text: string): { readonly action: Action; readonly id: string } | undefined {
  const [prefix, name, id] = text.split(':');
  const action = ACTIONS.find((one) => one === name);
  const parsed = requestIdSchema.safeParse(id);
  return prefix === PREFIX && action !== undefined && parsed.success ? { action, id: parsed.data } : undefined;
}

/** The request of a button that stands below results, and only there. */
export function isResultButton(text: string): string | undefined {
  const parsed = parseCustomId(text);
  return parsed?.action === 'again' || parsed?.action === 'edit' ? parsed.id : undefined;
}

const button = (language: Language, action: Action, label: MessageKey & `button-${string}`, id: string, style: number) =>
  ({ type: BUTTON, style, label: say(language, label), custom_id: customId(action, id) }) as const;
const row = (components: Row['components']): Row => ({ type: ACTION_ROW, components });

/** Below a picture. `improved`: somebody changed the person's words, so that going back to them means something. */
export function resultButtons(language: Language, id: string, improved: boolean): readonly Row[] {
  const words = improved ? [button(language, 'own-words', 'button-own-words', id, STYLE.secondary)] : [];
  return [
    row([
      button(language, 'again', 'button-again', id, STYLE.primary),
      button(language, 'variations', 'button-variations', id, STYLE.secondary),
      button(language, 'edit', 'button-edit', id, STYLE.secondary),
      ...words,
    ]),
    row([button(language, 'recipe', 'button-recipe', id, STYLE.secondary), button(language, 'delete', 'button-delete', id, STYLE.danger)]),
  ];
}

/** Below a no: other words may help. */
export const refusalButtons = (language: Language, id: string): readonly Row[] => [
  row([button(language, 'edit', 'button-edit', id, STYLE.secondary)]),
];

export const cancelButton = (language: Language, id: string): readonly Row[] => [
  row([button(language, 'cancel', 'button-cancel', id, STYLE.secondary)]),
];

export const deleteButtons = (language: Language, id: string): readonly Row[] => [
  row([
    { ...button(language, 'delete-yes', 'button-delete', id, STYLE.danger), label: say(language, 'delete-yes') },
    { ...button(language, 'delete-no', 'button-delete', id, STYLE.secondary), label: say(language, 'delete-no') },
  ]),
];
