import type { MadeAnswer } from './answer.ts';
import type { ModelCard } from './model.ts';
import type { Repeat } from './platform.ts';
import type { Task } from './request.ts';
import { canDo } from './routing.ts';

/** What is done with the first picture of a result when one button is pressed. */
export const PICTURE_TASKS = {
  upscale: { kind: 'upscale', how: 'fast' },
  'zoom-out': { kind: 'outpaint', zoom: 1.5 },
  'remove-background': { kind: 'remove-background' },
  animate: { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: ['first'] },
} as const satisfies Partial<Record<Repeat['how'], Task>>;
export type PictureRepeat = keyof typeof PICTURE_TASKS;

/** What makes sense to ask for below a result, in the order of its buttons. Pure: the same on every platform. */
export function repeatsFor(answer: MadeAnswer, cards: readonly ModelCard[]): readonly Repeat['how'][] {
  const isClip = answer.clip !== undefined;
  const canVary = !isClip && saysAll(answer) && canAny(cards, { kind: 'transform' });
  return [
    'again',
    ...(canVary ? (['variations'] as const) : []),
    'edit',
    ...(answer.enhancedBy === 'nobody' ? [] : (['own-words'] as const)),
    ...PICTURE_REPEATS.filter((how) => !isClip && canAny(cards, PICTURE_TASKS[how]) && !isSpent(how, answer, cards)),
  ];
}

/** Of these the words say what is to be seen in the whole picture; those of the others name a part, or nothing. */
const WHOLE: readonly Task['kind'][] = [
  'imagine',
  'transform',
  'restyle',
  'sketch',
  'structure',
  'upscale',
  'outpaint',
  'remove-background',
  'video',
];

/** True when the words of a result are words for its whole picture, so that another can be made of them. */
export const saysAll = ({ recipe, prompt }: MadeAnswer): boolean => prompt !== '' && WHOLE.includes(recipe.task.kind);

const PICTURE_REPEATS: readonly PictureRepeat[] = ['upscale', 'zoom-out', 'remove-background', 'animate'];

const canAny = (cards: readonly ModelCard[], task: Task): boolean => cards.some((card) => canDo(card, { task, pictures: 1 }));

/** True where it was just done and would change nothing: what is larger than an upscaler takes would be made smaller first. */
function isSpent(how: PictureRepeat, { recipe, pictures: [picture] }: MadeAnswer, cards: readonly ModelCard[]): boolean {
  if (how === 'remove-background') return recipe.task.kind === 'remove-background';
  if (how !== 'upscale' || recipe.task.kind !== 'upscale' || picture === undefined) return false;
  const able = cards.filter((card) => canDo(card, { task: PICTURE_TASKS.upscale, pictures: 1 }));
  return able.every(({ inputPicture }) => picture.width * picture.height > (inputPicture?.pixelsMax ?? Number.POSITIVE_INFINITY));
}
