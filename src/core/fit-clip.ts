import { VIDEO_DEFAULTS } from './command-video.ts';
import { Refusal } from './failure.ts';
import type { Filming, ModelCard } from './model.ts';
import type { Options, VideoTask } from './request.ts';

/** Whether somebody chose this model, or it stands in for another one and makes of the wish what it can. */
export type Choice = 'chosen' | 'stands-in';

/**
 * The clip as this model can make it. What nobody chose, and what was chosen for another model, becomes what is nearest; a wish that this model cannot
 * fulfil is refused, and the nearest is told. Throws Refusal `flag-value-invalid`, `model-cannot`.
 */
export function fitClip(task: VideoTask, card: ModelCard, choice: Choice): VideoTask {
  const { filming } = card;
  if (filming === undefined) throw new Refusal('model-cannot', { model: card.label, able: '' });
  const durationSeconds = nearestOf(filming.durationsSeconds, task.durationSeconds, Number);
  const resolution = nearestOf(filming.resolutions, task.resolution, linesOf);
  const refuse = (flag: string, value: string, nearest: string): Refusal =>
    new Refusal('flag-value-invalid', { flag, value, nearest, model: card.label, expected: 'of-model' });
  if (choice === 'chosen' && isWish('durationSeconds', task) && durationSeconds !== task.durationSeconds)
    throw refuse('--duration', `${task.durationSeconds}s`, `${durationSeconds}s`);
  if (choice === 'chosen' && isWish('resolution', task) && resolution !== task.resolution)
    throw refuse('--resolution', task.resolution, resolution);
  return { ...task, durationSeconds, resolution };
}

/** What is meant of the options of a request, when it is for a clip: one, in its own shape. What is made four times of a picture is dear as a clip. */
export function optionsOfClip({ aspectRatio, model, enhance }: Options): Options {
  return {
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(model === undefined ? {} : { model }),
    ...(enhance === undefined ? {} : { enhance }),
  };
}

const isWish = (name: 'durationSeconds' | 'resolution', task: VideoTask): boolean => task[name] !== VIDEO_DEFAULTS[name];

const linesOf = (resolution: Filming['resolutions'][number]): number => Number.parseInt(resolution, 10);

/** Of two that are as near the one that comes first, which a card names in the order of their price. */
function nearestOf<Value>(choices: readonly Value[], wished: Value, sizeOf: (value: Value) => number): Value {
  const distance = (value: Value): number => Math.abs(sizeOf(value) - sizeOf(wished));
  return choices.toSorted((one, other) => distance(one) - distance(other))[0] ?? wished;
}
