import type { MadeAnswer } from './answer.ts';
import type { Entry } from './archive.ts';
import { renderCommand } from './command.ts';
import { say, sayEdit } from './messages.ts';
import type { ModelCard } from './model.ts';
import type { Ask, Repeat } from './platform.ts';
import { PICTURE_TASKS, saysAll, type PictureRepeat } from './repeat-edits.ts';
import { renderWish, rewordedAsk } from './rewording.ts';
import type { GenerationRequest, ImageRef, Options, Task } from './request.ts';

/** How far variations may go from their picture: the same scene, painted anew. */
const VARIATION_STRENGTH = 0.6;
const VARIATION_COUNT = 4;

/** What is asked when an earlier request is repeated. The words stay the person's own, flags included, so that they can be edited once more. */
export function repeatAsk(repeat: Repeat, { request, answer }: Entry, cards: readonly ModelCard[]): Ask {
  const { id, of, how, thread, requester, tenant, locale } = repeat;
  const made = answer?.kind === 'made' ? answer : undefined;
  // The platform may not have the picture any more that was looked at; it is kept here.
  const looked = answer?.kind === 'described' ? { images: [{ key: answer.key }] } : {};
  return {
    id,
    options: {},
    thread,
    requester,
    tenant,
    locale: locale ?? request.language,
    origin: { id: of, how },
    ...changeFor(repeat, { ...request, ...looked }, made, cards),
  };
}

type Change = Pick<Ask, 'text' | 'images' | 'task' | 'isInstruction' | 'isUnderstood' | 'words'>;

function changeFor({ how, text }: Repeat, request: GenerationRequest, made: MadeAnswer | undefined, cards: readonly ModelCard[]): Change {
  const { prompt, options } = request;
  const images = imagesOf(request, made);
  const same = { images, ...errandFor(request, made) };
  const words = made === undefined ? {} : { words: wordsOf(made) };
  switch (how) {
    case 'again':
      return { ...same, ...words, text: renderCommand(prompt, without(options, 'seed')) };
    case 'own-words':
      return {
        ...same,
        text: renderCommand(prompt, { ...options, enhance: 'raw', ...(made && made.recipe.seed > 0 && { seed: made.recipe.seed }) }),
      };
    case 'edit':
      return rewordedAsk(text ?? renderWish(request), request, images);
    case 'variations':
      if (made !== undefined && !saysAll(made)) return { ...same, ...words, text: renderCommand(prompt, anew(options)) };
      return variations(request, made, cards);
    case 'animate':
      return { task: PICTURE_TASKS.animate, images: firstOf(made), text: animated(request, made) };
    case 'upscale':
    case 'zoom-out':
    case 'remove-background':
      return edited(how, request, made);
  }
}

/** The words go on with the picture, though these tasks hear none of them: the next one who asks something of it needs them. Those for a part do not. */
function edited(how: Exclude<PictureRepeat, 'animate'>, request: GenerationRequest, made: MadeAnswer | undefined): Change {
  const task = PICTURE_TASKS[how];
  const isWhole = made !== undefined && saysAll(made);
  const change = { task, images: firstOf(made), text: isWhole ? ownWords(request) : '' };
  if (made === undefined) return change;
  const { prompt, negativePrompt, altText, enhancedBy: by } = made;
  const kept = isWhole ? { prompt, negativePrompt } : { prompt: '', negativePrompt: '' };
  const title = sayEdit(request.language, task, '') ?? made.title;
  return { ...change, words: { ...kept, title, altText, by, degraded: false } };
}

/** What somebody wants to see. An instruction says what is to be done instead. */
const ownWords = (request: GenerationRequest): string => (isInstruction(request) ? '' : renderCommand(request.prompt, {}));

const isInstruction = ({ task, isUnderstood }: GenerationRequest): boolean => task.kind === 'instruct' || isUnderstood === true;

function animated(request: GenerationRequest, made: MadeAnswer | undefined): string {
  const words = made !== undefined && saysAll(made) ? ownWords(request) : '';
  return words === '' ? say(request.language, 'animate-words') : words;
}

const firstOf = (made: MadeAnswer | undefined): readonly ImageRef[] => (made?.pictures ?? []).slice(0, 1).map(({ key }) => ({ key }));

/** An instruction that was understood is not read a second time, unless its words are changed. */
function errandFor(
  { task, isUnderstood }: GenerationRequest,
  made: MadeAnswer | undefined,
): Pick<Change, 'task' | 'isInstruction' | 'isUnderstood'> {
  if (task.kind !== 'instruct') return { task, ...(isUnderstood === undefined ? {} : { isUnderstood }) };
  return made === undefined ? { isInstruction: true } : { task: made.recipe.task, isUnderstood: true };
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
    ...(isInstruction(request) ? { isUnderstood: true } : {}),
    words: wordsOf(made),
    images: [{ key: picture.key }],
    text: renderCommand(request.prompt, { ...without(kept, 'aspectRatio', 'strength'), count: VARIATION_COUNT }),
  };
}

/** The pictures as they were prepared: a platform's own may be gone by now. */
function imagesOf({ images }: GenerationRequest, made: MadeAnswer | undefined): readonly ImageRef[] {
  return made === undefined ? images : made.recipe.inputs.map((key) => ({ key }));
}

const anew = (options: Options): Options => ({ ...without(options, 'seed'), count: VARIATION_COUNT });

function wordsOf({ prompt, negativePrompt, title, altText, enhancedBy, degraded }: MadeAnswer): GenerationRequest['words'] {
  return { prompt, negativePrompt, title, altText, by: enhancedBy, degraded };
}

function without(options: Options, ...names: readonly (keyof Options)[]): Options {
  const left = { ...options };
  for (const name of names) delete left[name];
  return left;
}
