import type { DescribedAnswer, MadeAnswer } from '#src/core/answer.ts';
import type { RefusalCode, RefusalDetails } from '#src/core/failure.ts';
import { say, sayDescribed, sayRefusal, sayRemarks } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Repeat } from '#src/core/platform.ts';
import { repeatsFor } from '#src/core/repeat-edits.ts';
import { renderRecipe } from '#src/core/recipe.ts';
import type { GenerationRequest, Language, Options } from '#src/core/request.ts';
import { actions, button, context, marked, messageText, plain, section, type Block, type Message } from './blocks.ts';
import { TEXT_LIMITS } from './config.ts';
import { cutText } from './text.ts';

/** Names of what can be pressed. They are on messages for years: a name that was once given keeps its meaning. */
export const ACTIONS = {
  again: 'hoami-again',
  variations: 'hoami-variations',
  edit: 'hoami-edit',
  ownWords: 'hoami-own-words',
  recipe: 'hoami-recipe',
  remove: 'hoami-delete',
  cancel: 'hoami-cancel',
  defaults: 'hoami-defaults',
  upscale: 'hoami-upscale',
  zoomOut: 'hoami-zoom-out',
  removeBackground: 'hoami-remove-background',
  animate: 'hoami-animate',
  agree: 'hoami-agree',
  decline: 'hoami-decline',
  newLink: 'hoami-new-link',
  /** With the number of a prompt behind it. */
  paint: 'hoami-paint',
} as const;

/** Our own message of a request, while it waits and afterwards. */
export interface PostView {
  readonly id: string;
  readonly language: Language;
  readonly prompt: string;
  readonly options: Options;
  readonly person: string;
  readonly deed: 'imagines' | 'transforms' | 'slack-films' | 'slack-describes';
  readonly modelLabel: string | undefined;
  readonly ratio: string | undefined;
  /** It begins the thread and says who asked what; under somebody's own message that is there already. */
  readonly isRoot: boolean;
}

export function postView(request: GenerationRequest, cards: readonly ModelCard[], isRoot: boolean): PostView {
  const { id, language, prompt, options, requester, modelId } = request;
  const card = cards.find((one) => one.id === modelId);
  // Who does it is not known before somebody has understood the words, and words for a picture are nobody's of these.
  const isOpen = request.task.kind === 'instruct' || request.task.kind === 'describe';
  return {
    id,
    language,
    prompt,
    options,
    person: requester.id,
    deed: deedOf(request),
    modelLabel: isOpen ? undefined : card?.label,
    ratio: options.aspectRatio ?? (isOpen ? undefined : card?.defaultAspectRatio),
    isRoot,
  };
}

function deedOf({ task, images }: GenerationRequest): PostView['deed'] {
  if (task.kind === 'video') return 'slack-films';
  if (task.kind === 'describe') return 'slack-describes';
  return images.length > 0 ? 'transforms' : 'imagines';
}

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join(' · ');

/** `status` is one line; with `canCancel` it can still be called off. */
export function renderPost(view: PostView, status: string, canCancel: boolean): Message {
  const { language, modelLabel, ratio, id } = view;
  const line = joined(modelLabel, ratio, status);
  const cancel = canCancel ? [actions(button(ACTIONS.cancel, say(language, 'button-cancel'), id))] : [];
  return { text: messageText(`${view.prompt}\n${line}`), blocks: [...headOf(view), context(line), ...cancel] };
}

/** The end without a picture: why, and the words to try again with. */
export function renderRefused(view: PostView, code: RefusalCode, details: RefusalDetails): Message {
  const sentence = sayRefusal(view.language, code, details);
  const isOver = code === 'removed' || code === 'cancelled' || code === 'clip-cancelled';
  const edit = isOver ? [] : [actions(button(ACTIONS.edit, say(view.language, 'button-edit'), view.id))];
  // What was deleted is not repeated.
  const head = code === 'removed' ? [] : headOf(view);
  return { text: messageText(sentence), blocks: [...head, section(plain(sentence, TEXT_LIMITS.section)), ...edit] };
}

function headOf({ isRoot, language, person, deed, prompt }: PostView): readonly Block[] {
  if (!isRoot) return [];
  const who = section(marked(say(language, deed, { person: `<@${person}>` })));
  return prompt === '' ? [who] : [who, section(plain(prompt, TEXT_LIMITS.section))];
}

/** What stands under our own message of a request once its answer is there. */
export function doneLine(answer: Pick<MadeAnswer, 'costMicros'>, language: Language): string {
  return joined(say(language, 'is-made'), formatMicros(answer.costMicros, language));
}

/** What is written beside the pictures, or the clip. It is all in blocks: their message takes no text of its own beside them. */
export function renderResult(
  request: GenerationRequest,
  answer: MadeAnswer,
  cards: readonly ModelCard[],
  notes: readonly Block[] = [],
): readonly Block[] {
  const { language, requester } = request;
  const title = answer.title.replaceAll(/[*_~`<>&]/g, ' ').trim();
  return [
    section(marked(joined(`<@${requester.id}>`, title === '' ? '' : `*${title}*`))),
    section(plain(answer.prompt, TEXT_LIMITS.section)),
    context(isSaid(answer) ? '' : answer.altText, factsOf(answer, language), sayRemarks(language, answer).join(' ')),
    ...notes,
    ...resultButtons(request.id, answer, cards, language),
  ];
}

/** Which model, which seeds where it has any, how long, how large, how dear. */
function factsOf({ model, pictures, clip, costMicros }: MadeAnswer, language: Language): string {
  const seeds = pictures.map(({ seed }) => seed).filter((seed) => seed > 0);
  const [size] = clip === undefined ? pictures : [clip];
  return joined(
    model.label,
    seeds.length === 0 ? '' : `${say(language, 'label-seed')} ${seeds.join(', ')}`,
    clip === undefined ? '' : say(language, 'clip-seconds', { seconds: Math.round(clip.durationMs / 1000) }),
    size === undefined ? '' : `${size.width}×${size.height}`,
    formatMicros(costMicros, language),
  );
}

/** Whether what the picture shows stands above already, in the title or the prompt. */
function isSaid({ altText, title, prompt }: MadeAnswer): boolean {
  return [title, prompt].some((text) => text.toLowerCase() === altText.toLowerCase());
}

/** What is done with the words in one row, with what becomes of the answer at its end; what is done with its picture in another. */
function resultButtons(id: string, answer: MadeAnswer, cards: readonly ModelCard[], language: Language): readonly Block[] {
  const press = (action: string, label: string): Block => button(action, label, id);
  const repeats = repeatsFor(answer, cards);
  const rowOf = (row: readonly RepeatButton[]): Block[] =>
    row.filter((how) => repeats.includes(how)).map((how) => press(ACTIONS[REPEAT_ACTIONS[how]], say(language, `button-${how}`)));
  const withPicture = rowOf(['upscale', 'zoom-out', 'remove-background', 'animate']);
  const words = actions(
    ...rowOf(['again', 'variations', 'edit', 'own-words']),
    press(ACTIONS.recipe, say(language, 'button-recipe')),
    deleteButton(id, language),
  );
  return withPicture.length === 0 ? [words] : [words, actions(...withPicture)];
}

type RepeatButton = Repeat['how'];

const REPEAT_ACTIONS = {
  again: 'again',
  variations: 'variations',
  edit: 'edit',
  'own-words': 'ownWords',
  upscale: 'upscale',
  'zoom-out': 'zoomOut',
  'remove-background': 'removeBackground',
  animate: 'animate',
} as const satisfies Record<RepeatButton, keyof typeof ACTIONS>;

function deleteButton(id: string, language: Language): Block {
  return {
    ...button(ACTIONS.remove, say(language, 'button-delete'), id),
    style: 'danger',
    confirm: {
      title: plain(say(language, 'button-delete'), 100),
      text: plain(say(language, 'confirm-delete'), 300),
      confirm: plain(say(language, 'delete-yes'), 30),
      deny: plain(say(language, 'delete-no'), 30),
    },
  };
}

/** A picture in words; each of the prompts stands by itself, to be copied, and can be painted with one press. */
export function renderDescribed({ id, language, requester }: GenerationRequest, answer: DescribedAnswer): Message {
  const { title, altText, prompts, costMicros, sandbox } = answer;
  const pieces = prompts.map((prompt) => ({
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: cutText(prompt.trim() === '' ? '…' : prompt, TEXT_LIMITS.section) }],
  }));
  const paints = prompts.map((_, index) =>
    button(`${ACTIONS.paint}-${index}`, say(language, 'button-paint', { number: index + 1 }), `${id} ${index}`),
  );
  const name = title.replaceAll(/[*_~`<>&]/g, ' ').trim();
  return {
    text: messageText(sayDescribed(language, answer)),
    blocks: [
      section(marked(joined(`<@${requester.id}>`, name === '' ? '' : `*${name}*`))),
      section(plain(altText, TEXT_LIMITS.section)),
      section(plain(say(language, 'described-prompts'), TEXT_LIMITS.section)),
      { type: 'rich_text', elements: pieces },
      context(joined(formatMicros(costMicros, language), say(language, sandbox ? 'sandbox-words' : 'ai-generated-words'))),
      actions(...paints, deleteButton(id, language)),
    ],
  };
}

/** Everything that asks for the same picture, for one person's eyes. */
export function renderRecipeMessage({ recipe, code, model }: MadeAnswer, language: Language): Message {
  const { aspectRatio, seed } = recipe;
  const seeded = seed === 0 ? '' : `${say(language, 'label-seed')} ${seed}`;
  const line = joined(`${say(language, 'label-recipe')} ${code}`, model.label, seeded, aspectRatio);
  const command = renderRecipe(recipe);
  return { text: messageText(`${line}\n${command}`), blocks: [context(line), section(plain(command, TEXT_LIMITS.section))] };
}

/** A sentence of ours by itself. `{bot}` and the like are put in before, so that names stay names. */
export const renderSentence = (sentence: string): Message => ({ text: sentence, blocks: [section(marked(sentence))] });
export const renderWords = (sentence: string): Message => ({
  text: messageText(sentence),
  blocks: [section(plain(sentence, TEXT_LIMITS.section))],
});
