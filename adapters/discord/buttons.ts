import { say } from '#src/core/messages.ts';
import type { Repeat } from '#src/core/platform.ts';
import { requestIdSchema, type Language } from '#src/core/request.ts';

/** What pressing a button, or sending a form, does to the request in its id. Everything else about it is in the ledger, so buttons never die. */
const ACTIONS = [
  'again',
  'variations',
  'edit',
  'own-words',
  'upscale',
  'zoom-out',
  'remove-background',
  'animate',
  'paint-1',
  'paint-2',
  'paint-3',
  'paint-4',
  'price-yes',
  'price-no',
  'new-link',
  'recipe',
  'delete',
  'delete-yes',
  'delete-no',
  'delete-here',
  'keep-here',
  'cancel',
  'edited',
  'change',
  'film',
] as const;
type Action = (typeof ACTIONS)[number];

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
  return parsed !== undefined && MARKS.includes(parsed.action) ? parsed.id : undefined;
}

/** One of these stands below every answer, and below nothing else. */
const MARKS: readonly Action[] = ['again', 'edit', 'paint-1'];
/** What asks for the same once more, and what goes on from the first picture: a row of each. */
const ROWS: readonly (readonly Repeat['how'][])[] = [
  ['again', 'variations', 'edit', 'own-words'],
  ['upscale', 'zoom-out', 'remove-background', 'animate'],
];

const button = (action: Action, label: string, id: string, style: number) =>
  ({ type: BUTTON, style, label, custom_id: customId(action, id) }) as const;
const row = (components: Row['components']): Row => ({ type: ACTION_ROW, components });

/** Below a picture or a clip. `repeats`: what makes sense to ask for there. `isLinked`: the clip is not there itself, but a link that ends. */
export function resultButtons(language: Language, id: string, repeats: readonly Repeat['how'][], isLinked: boolean): readonly Row[] {
  const rows = ROWS.map((hows) => hows.filter((how) => repeats.includes(how))).filter((hows) => hows.length > 0);
  return [
    ...rows.map((hows) =>
      row(hows.map((how) => button(how, say(language, `button-${how}`), id, how === 'again' ? STYLE.primary : STYLE.secondary))),
    ),
    row([
      ...(isLinked ? [button('new-link', say(language, 'button-new-link'), id, STYLE.secondary)] : []),
      button('recipe', say(language, 'button-recipe'), id, STYLE.secondary),
      button('delete', say(language, 'button-delete'), id, STYLE.danger),
    ]),
  ];
}

const PAINTS = ['paint-1', 'paint-2', 'paint-3', 'paint-4'] as const satisfies readonly Action[];

/** Which of the prompts below a described picture is to be painted, counted from 0; undefined for every other button. */
export function paintIn(action: Action): number | undefined {
  const index = PAINTS.findIndex((paint) => paint === action);
  return index < 0 ? undefined : index;
}

/** Below a picture that was put into words: one for each prompt that was suggested, which with the last one is a full row. */
export const describedButtons = (language: Language, id: string, prompts: number): readonly Row[] => [
  row([
    ...PAINTS.slice(0, prompts).map((paint, index) =>
      button(paint, say(language, 'button-paint', { number: index + 1 }), id, STYLE.secondary),
    ),
    button('delete', say(language, 'button-delete'), id, STYLE.danger),
  ]),
];

/** Below a price: a yes that says it once more, and a no. */
export const priceButtons = (language: Language, id: string, yes: string): readonly Row[] => [
  row([button('price-yes', yes, id, STYLE.primary), button('price-no', say(language, 'price-no'), id, STYLE.secondary)]),
];

/** Below a no: other words may help. */
export const refusalButtons = (language: Language, id: string): readonly Row[] => [
  row([button('edit', say(language, 'button-edit'), id, STYLE.secondary)]),
];

export const cancelButton = (language: Language, id: string): readonly Row[] => [
  row([button('cancel', say(language, 'button-cancel'), id, STYLE.secondary)]),
];

/** The question whether it is meant: in a message of its own, or `here`, in place of the buttons below the answer itself. */
export const deleteButtons = (language: Language, id: string, here: boolean): readonly Row[] => [
  row([
    button(here ? 'delete-here' : 'delete-yes', say(language, 'delete-yes'), id, STYLE.danger),
    button(here ? 'keep-here' : 'delete-no', say(language, 'delete-no'), id, STYLE.secondary),
  ]),
];
