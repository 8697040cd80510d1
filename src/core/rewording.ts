import { isSameEdit, renderEdit } from './command-edit-render.ts';
import { parseEdit, type Edit } from './command-edit.ts';
import { VIDEO_DEFAULTS } from './command-video.ts';
import { renderCommand } from './command.ts';
import { Refusal } from './failure.ts';
import type { Ask } from './platform.ts';
import type { GenerationRequest, ImageRef, Task, VideoTask } from './request.ts';
import { takesMask } from './tasks.ts';

/** What an earlier request asked for. */
type Wish = Pick<GenerationRequest, 'task' | 'prompt' | 'options' | 'language' | 'isUnderstood'>;

/** What a clip is told beside its words, as flags. */
const renderVideoFlags = ({ durationSeconds, resolution, isLooped }: VideoTask): string =>
  `--duration ${durationSeconds}s --resolution ${resolution}${isLooped ? ' --loop' : ''}`;

/**
 * An earlier request as the words and flags that a person would type for it in their language: what stands in every form in which it is changed.
 * `rewordedAsk` reads them.
 */
export function renderWish({ task, prompt, options, language, isUnderstood }: Wish): string {
  if (isUnderstood === true) return renderCommand(prompt, options);
  if (task.kind === 'video') return [renderCommand(prompt, options), renderVideoFlags(task)].filter((part) => part !== '').join(' ');
  if (task.kind === 'transform')
    return renderCommand(prompt, task.strength === undefined ? options : { ...options, strength: task.strength });
  return renderEdit(task, prompt, options, language) ?? renderCommand(prompt, options);
}

/**
 * What came of an earlier request as such words, with the prompt that was used. Undefined where they would not be read as that again: after an
 * instruction that had to be understood all words are one, and a scene is none.
 */
export function renderOutcome(request: Wish, outcome: Pick<Wish, 'task' | 'prompt' | 'options'>): string | undefined {
  const text = renderWish({ ...outcome, language: request.language });
  if (request.isUnderstood !== true && request.task.kind !== 'instruct') return text;
  const read = attempt(text, undefined);
  return read !== undefined && isSameEdit({ ...read, options: {} }, { ...outcome, options: {} }) ? text : undefined;
}

/** What the field is called that these words stand in. */
export const fieldFor = ({ task: { kind }, isUnderstood }: Pick<Wish, 'task' | 'isUnderstood'>): 'field-prompt' | 'field-change' =>
  isUnderstood !== true && (kind === 'imagine' || kind === 'transform' || kind === 'video' || kind === 'describe')
    ? 'field-prompt'
    : 'field-change';

type Reworded = Pick<Ask, 'text' | 'images' | 'task' | 'isInstruction'>;

/**
 * What is asked with these words, which took the place of those of `renderWish`: what they leave out is not wanted any more. Of an edit they are read as
 * an instruction, and where they are none they are other words for the same task. What could not stand in the words, its pictures and what its
 * task does not listen to, is as it was.
 */
export function rewordedAsk(text: string, request: GenerationRequest, images: readonly ImageRef[]): Reworded {
  const { task } = request;
  if (request.isUnderstood === true) return { images, text, isInstruction: true };
  switch (task.kind) {
    case 'imagine':
    case 'describe':
      return { images, text, task };
    case 'transform':
      // How much is to change stands in the words.
      return { images, text };
    case 'video':
      return { images, text, task: { ...task, ...VIDEO_DEFAULTS } };
    case 'instruct':
      return { images, text, isInstruction: true };
    default:
      return rewordedEdit(text, request, images);
  }
}

function rewordedEdit(text: string, request: GenerationRequest, images: readonly ImageRef[]): Reworded {
  const { task, prompt } = request;
  // Words that no rule reads say something else where nothing but an instruction makes sense.
  const meant = task.kind === 'erase' || task.kind === 'remove-background' ? {} : { task };
  const [shown, read] = [renderWish(request), text].map((words) => attempt(words, meant.task));
  if (read === undefined) return { images, text, isInstruction: true, ...meant };
  const isUnchanged = shown !== undefined && isSameEdit({ ...read, options: {} }, { ...shown, options: {} });
  if (isUnchanged && !isSameEdit(read, { task, prompt, options: read.options })) {
    return { images, task, text: renderCommand(prompt, read.options) };
  }
  return { images: isUnchanged ? images : imagesFor(read.task, task, images), text, isInstruction: true, ...meant };
}

/** Undefined also for words that are refused, which they are once they are asked. */
function attempt(text: string, meant: Task | undefined): Edit | undefined {
  try {
    return parseEdit(text, meant);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A mask stays with what is told by one where to work, and a style with what is painted in it. */
function imagesFor(task: Task, before: Task, images: readonly ImageRef[]): readonly ImageRef[] {
  const isKept = takesMask(before) ? takesMask(task) : task.kind === before.kind;
  return isKept ? images : images.slice(0, 1);
}
