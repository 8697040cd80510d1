import { Refusal } from './failure.ts';
import type { Margins, SizePixels } from './model.ts';
import { MARGIN_PIXELS_MAX, type Task, type TaskKind } from './request.ts';

/** What words a task lives by: it cannot do without them, it may have some, or it listens to none. */
const WORDS: Readonly<Record<TaskKind, 'needed' | 'welcome' | 'unheard'>> = {
  imagine: 'needed',
  transform: 'needed',
  inpaint: 'needed',
  outpaint: 'welcome',
  erase: 'unheard',
  replace: 'needed',
  recolor: 'needed',
  'remove-background': 'unheard',
  restyle: 'needed',
  sketch: 'needed',
  structure: 'needed',
  upscale: 'welcome',
  video: 'needed',
  describe: 'unheard',
  instruct: 'needed',
};

/** Everything that an instruction about a picture may turn out to mean. */
export const EDITS: readonly TaskKind[] = [
  'transform',
  'inpaint',
  'outpaint',
  'erase',
  'replace',
  'recolor',
  'remove-background',
  'restyle',
  'sketch',
  'structure',
  'upscale',
];

/** What routing has to know of a task: which, and how many pictures come with it, the mask not counted. */
export interface Errand {
  readonly task: Task;
  readonly pictures: number;
}

/** True when the task is told by a mask where to work, or by what is see-through in its picture. */
export const takesMask = (task: Task): boolean => task.kind === 'inpaint' || (task.kind === 'erase' && task.what === undefined);

/** The thing in the picture that is meant, as the person calls it. */
export const subjectOf = (task: Task): string | undefined => ('what' in task ? task.what : undefined);

/** How often Claude may be asked about a request: what is meant, what the thing that is meant is called, and what is to be seen. */
export const questionsFor = (task: Task): number => (task.kind === 'instruct' ? 3 : subjectOf(task) === undefined ? 1 : 2);

/** Giving one picture the style of another says it all; with one picture alone the words say what is painted in its style. */
export const needsWords = ({ task, pictures }: Errand): boolean =>
  WORDS[task.kind] === 'needed' && !(task.kind === 'restyle' && pictures > 1);

/**
 * What is looked for in the place of a task that nobody does yet: whoever may change a picture takes one to be put into words, or one of which somebody
 * has to find out first what is to become of it.
 */
export const routedErrand = (errand: Errand): Errand =>
  errand.task.kind === 'describe' || errand.task.kind === 'instruct' ? { task: { kind: 'transform' }, pictures: 1 } : errand;

/** Throws Refusal `picture-missing`, `pictures-too-many`. */
export function errandOf(task: Task, images: number): Errand {
  if (task.kind === 'imagine') {
    if (images > 0) throw new Refusal('pictures-too-many', { limit: 0 });
    return { task, pictures: 0 };
  }
  if (task.kind === 'video') {
    if (images !== task.frames.length) throw new Refusal('pictures-too-many', { limit: task.frames.length });
    return { task, pictures: images };
  }
  const limit = task.kind === 'transform' || task.kind === 'instruct' ? images : takesMask(task) || task.kind === 'restyle' ? 2 : 1;
  if (images < 1) throw new Refusal('picture-missing');
  if (images > limit) throw new Refusal('pictures-too-many', { limit });
  return { task, pictures: takesMask(task) ? 1 : images };
}

/** How far the picture goes on beyond each side, in its own pixels; undefined for every other task. */
export function marginsOf(task: Task, { width, height }: SizePixels): Margins | undefined {
  if (task.kind !== 'outpaint') return undefined;
  const { left = 0, right = 0, up = 0, down = 0, zoom } = task;
  if (zoom === undefined) return { left, right, up, down };
  const across = Math.min(MARGIN_PIXELS_MAX, Math.max(1, Math.round((width * (zoom - 1)) / 2)));
  const along = Math.min(MARGIN_PIXELS_MAX, Math.max(1, Math.round((height * (zoom - 1)) / 2)));
  return { left: across, right: across, up: along, down: along };
}
