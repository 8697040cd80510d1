import type { MadeAnswer } from './answer.ts';
import type { Entry } from './archive.ts';
import { renderCommand } from './command.ts';
import type { ModelCard } from './model.ts';
import type { Ask, Repeat } from './platform.ts';
import type { GenerationRequest, ImageRef, Options, Task } from './request.ts';

/** How far variations may go from their picture: the same scene, painted anew. */
const VARIATION_STRENGTH = 0.6;
const VARIATION_COUNT = 4;

/** What is asked when an earlier request is repeated. The words stay the person's own, flags included, so that they can be edited once more. */
export function repeatAsk(repeat: Repeat, { request, answer }: Entry, cards: readonly ModelCard[]): Ask {
  const { id, of, how, thread, requester, tenant, locale } = repeat;
  const made = answer?.kind === 'made' ? answer : undefined;
  return {
    id,
    options: {},
    thread,
    requester,
    tenant,
    locale: locale ?? request.language,
    origin: { id: of, how },
    ...changeFor(repeat, request, made, cards),
  };
}

type Change = Pick<Ask, 'text' | 'images' | 'task' | 'words'>;

function changeFor({ how, text }: Repeat, request: GenerationRequest, made: MadeAnswer | undefined, cards: readonly ModelCard[]): Change {
  const { prompt, options } = request;
  const same = { task: request.task, images: imagesOf(request, made) };
  const words = made === undefined ? {} : { words: wordsOf(made) };
  switch (how) {
    case 'again':
      return { ...same, ...words, text: renderCommand(prompt, without(options, 'seed')) };
    case 'own-words':
      return { ...same, text: renderCommand(prompt, { ...options, enhance: 'raw', ...(made && { seed: made.recipe.seed }) }) };
    case 'edit':
      return { ...same, text: text ?? renderCommand(prompt, options) };
    case 'variations':
      return variations(request, made, cards);
  }
}

/** Of the first picture, by the model that made it where that can. Without a picture there is nothing to vary, and it is asked again. */
function variations(request: GenerationRequest, made: MadeAnswer | undefined, cards: readonly ModelCard[]): Change {
  const [picture] = made?.pictures ?? [];
  if (made === undefined || picture === undefined) return { text: renderCommand(request.prompt, request.options), images: request.images };
  const canTransform = cards.some(({ id, tasks }) => id === made.model.id && tasks.includes('transform'));
  const kept = without(canTransform ? { ...request.options, model: made.model.id } : without(request.options, 'model', 'style'), 'seed');
  const task: Task = { kind: 'transform', strength: VARIATION_STRENGTH };
  return {
    task,
    words: wordsOf(made),
    images: [{ key: picture.key }],
    text: renderCommand(request.prompt, { ...without(kept, 'aspectRatio', 'strength'), count: VARIATION_COUNT }),
  };
}

/** The pictures as they were prepared: a platform's own may be gone by now. */
function imagesOf({ images }: GenerationRequest, made: MadeAnswer | undefined): readonly ImageRef[] {
  return made === undefined ? images : made.recipe.inputs.map((key) => ({ key }));
}

function wordsOf({ prompt, negativePrompt, title, altText, enhancedBy, degraded }: MadeAnswer): GenerationRequest['words'] {
  return { prompt, negativePrompt, title, altText, by: enhancedBy, degraded };
}

function without(options: Options, ...names: readonly (keyof Options)[]): Options {
  const left = { ...options };
  for (const name of names) delete left[name];
  return left;
}
