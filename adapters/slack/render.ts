import type { MadeAnswer } from '#src/core/answer.ts';
import { renderCommand } from '#src/core/command.ts';
import type { RefusalCode, RefusalDetails } from '#src/core/failure.ts';
import { say, sayRefusal, sayRemarks } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { GenerationRequest, Language, Options } from '#src/core/request.ts';
import { actions, button, context, marked, messageText, plain, section, type Block, type Message } from './blocks.ts';
import { TEXT_LIMITS } from './config.ts';

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
} as const;

/** Our own message of a request, while it waits and afterwards. */
export interface PostView {
  readonly id: string;
  readonly language: Language;
  readonly prompt: string;
  readonly options: Options;
  readonly person: string;
  readonly hasPicture: boolean;
  readonly modelLabel: string | undefined;
  readonly ratio: string | undefined;
  /** It begins the thread and says who asked what; under somebody's own message that is there already. */
  readonly isRoot: boolean;
}

export function postView(request: GenerationRequest, cards: readonly ModelCard[], isRoot: boolean): PostView {
  const { id, language, prompt, options, images, requester, modelId } = request;
  const card = cards.find((one) => one.id === modelId);
  return {
    id,
    language,
    prompt,
    options,
    person: requester.id,
    hasPicture: images.length > 0,
    modelLabel: card?.label,
    ratio: options.aspectRatio ?? card?.defaultAspectRatio,
    isRoot,
  };
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
  const isOver = code === 'removed' || code === 'cancelled';
  const edit = isOver ? [] : [actions(button(ACTIONS.edit, say(view.language, 'button-edit'), view.id))];
  // What was deleted is not repeated.
  const head = code === 'removed' ? [] : headOf(view);
  return { text: messageText(sentence), blocks: [...head, section(plain(sentence, TEXT_LIMITS.section)), ...edit] };
}

function headOf({ isRoot, language, person, hasPicture, prompt }: PostView): readonly Block[] {
  if (!isRoot) return [];
  const who = say(language, hasPicture ? 'transforms' : 'imagines', { person: `<@${person}>` });
  return [section(marked(who)), section(plain(prompt, TEXT_LIMITS.section))];
}

/** What stands under our own message of a request once its picture is there. */
export function doneLine(answer: MadeAnswer, language: Language): string {
  return joined(say(language, 'is-made'), formatMicros(answer.costMicros, language));
}

/** What is written beside the pictures. It is all in blocks: their message takes no text of its own beside them. */
export function renderResult(request: GenerationRequest, answer: MadeAnswer, notes: readonly Block[] = []): readonly Block[] {
  const { language, requester } = request;
  const [picture] = answer.pictures;
  const facts = joined(
    answer.model.label,
    `${say(language, 'label-seed')} ${answer.pictures.map(({ seed }) => seed).join(', ')}`,
    picture === undefined ? '' : `${picture.width}×${picture.height}`,
    formatMicros(answer.costMicros, language),
  );
  const title = answer.title.replaceAll(/[*_~`<>&]/g, ' ').trim();
  return [
    section(marked(joined(`<@${requester.id}>`, title === '' ? '' : `*${title}*`))),
    section(plain(answer.prompt, TEXT_LIMITS.section)),
    context(isSaid(answer) ? '' : answer.altText, facts, sayRemarks(language, answer).join(' ')),
    ...notes,
    resultButtons(request.id, answer, language),
  ];
}

/** Whether what the picture shows stands above already, in the title or the prompt. */
function isSaid({ altText, title, prompt }: MadeAnswer): boolean {
  return [title, prompt].some((text) => text.toLowerCase() === altText.toLowerCase());
}

function resultButtons(id: string, { enhancedBy }: MadeAnswer, language: Language): Block {
  const press = (action: string, label: string): Block => button(action, label, id);
  return actions(
    press(ACTIONS.again, say(language, 'button-again')),
    press(ACTIONS.variations, say(language, 'button-variations')),
    press(ACTIONS.edit, say(language, 'button-edit')),
    ...(enhancedBy === 'nobody' ? [] : [press(ACTIONS.ownWords, say(language, 'button-own-words'))]),
    press(ACTIONS.recipe, say(language, 'button-recipe')),
    {
      ...press(ACTIONS.remove, say(language, 'button-delete')),
      style: 'danger',
      confirm: {
        title: plain(say(language, 'button-delete'), 100),
        text: plain(say(language, 'confirm-delete'), 300),
        confirm: plain(say(language, 'delete-yes'), 30),
        deny: plain(say(language, 'delete-no'), 30),
      },
    },
  );
}

/** Everything that asks for the same picture, for one person's eyes. */
export function renderRecipe(answer: MadeAnswer, language: Language): Message {
  const { recipe, code, model } = answer;
  const { aspectRatio, seed, count, style } = recipe;
  const options: Options = { aspectRatio, seed, count, model: recipe.modelId, enhance: 'raw', ...(style === undefined ? {} : { style }) };
  const negative = recipe.negativePrompt === '' ? {} : { negativePrompt: recipe.negativePrompt };
  const line = joined(`${say(language, 'label-recipe')} ${code}`, model.label, `${say(language, 'label-seed')} ${seed}`, aspectRatio);
  const command = `/imagine ${renderCommand(recipe.prompt, { ...options, ...negative })}`;
  return { text: messageText(`${line}\n${command}`), blocks: [context(line), section(plain(command, TEXT_LIMITS.section))] };
}

/** A sentence of ours by itself. `{bot}` and the like are put in before, so that names stay names. */
export const renderSentence = (sentence: string): Message => ({ text: sentence, blocks: [section(marked(sentence))] });
export const renderWords = (sentence: string): Message => ({
  text: messageText(sentence),
  blocks: [section(plain(sentence, TEXT_LIMITS.section))],
});
