import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import type { Plan, Prepared } from '#src/core/facts.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageInput, InputPictureLimits, Margins, MaskRules, SizePixels } from '#src/core/model.ts';
import { nearestOfCard } from '#src/core/nearest.ts';
import { marginsOf, takesMask } from '#src/core/tasks.ts';
import type { Job } from './job.ts';

export interface Painting {
  readonly plan: Plan;
  readonly prompt: EnhancedPrompt;
  /** The thing in the picture that is meant, in English. */
  readonly subject: string | undefined;
  readonly prepared: Prepared;
}

/** The pictures of a request as one model takes them. */
export type DrawnPictures = Pick<ImageInput, 'image' | 'references' | 'mask' | 'margins'>;

/** What is asked of the model that has the job in hand. What was fitted to another model before is fitted to this one. */
export function inputOf({ request, model }: Job, { plan, prompt, subject }: Painting, seed: number, pictures: DrawnPictures): ImageInput {
  const { task, options } = request;
  const { card } = model;
  const wished = 'strength' in task ? task.strength : undefined;
  return {
    task: task.kind,
    prompt: prompt.prompt.slice(0, card.prompt.lengthMax),
    negativePrompt: prompt.negativePrompt.slice(0, card.negativePrompt?.lengthMax ?? 0),
    aspectRatio: nearestOfCard(card, plan.aspectRatio),
    seed: ((seed - 1) % card.seedMax) + 1,
    style: card.styles.find((style) => style === options.style),
    ...pictures,
    strength: pictures.image === undefined ? undefined : (wished ?? card.strengthDefault),
    growPixels: 'grow' in task ? task.grow : undefined,
    subject,
  };
}

/** Reads the pictures that were kept. The request's own model finds them as it takes them, whoever stands in for it may need them smaller. */
export async function drawPictures(job: Job, keys: readonly string[]): Promise<DrawnPictures> {
  const { request, model, tools } = job;
  const kept = await Promise.all(keys.map(async (key) => tools.blobs.get(key)));
  const limits = model.card.inputPicture;
  const isFitted = model.card.id === request.modelId || limits === undefined;
  const [image, second, ...more] = isFitted ? kept : await fitAll(job, kept, limits);
  if (image === undefined) return { image };
  const rules = model.card.editing?.masks?.[request.task.kind];
  if (rules !== undefined && takesMask(request.task)) {
    const mark = second === undefined ? ({ kind: 'transparency' } as const) : ({ kind: 'mask', mask: second } as const);
    const marked = await tools.images.mark(image, mark, rules, job.signal);
    return { image: marked.picture, mask: marked.mask };
  }
  if (request.task.kind === 'outpaint') return drawMargins(job, image, rules);
  return { image, references: second === undefined ? [] : [second, ...more] };
}

const fitAll = async ({ tools, signal }: Job, kept: readonly Media[], limits: InputPictureLimits): Promise<readonly Media[]> =>
  Promise.all(kept.map(async (media) => tools.images.prepare(media, limits, signal)));

/** A model that goes on by itself is told how far; one that reads masks is given the larger canvas, which has to fit its limits too. */
async function drawMargins(job: Job, image: Media, rules: MaskRules | undefined): Promise<DrawnPictures> {
  const { request, model, tools, signal } = job;
  const size = await tools.images.measure(image);
  const margins = marginsOf(request.task, size);
  if (rules === undefined || margins === undefined) return { image, margins };
  const limits = model.card.inputPicture;
  const share = Math.min(1, (limits?.sidePixelsMax ?? Number.POSITIVE_INFINITY) / longSide(size, margins));
  const smaller = { ...margins };
  for (const side of ['left', 'right', 'up', 'down'] as const) smaller[side] = Math.floor(margins[side] * share);
  const sidePixelsMax = Math.floor(Math.max(size.width, size.height) * share);
  const fitted = share === 1 || limits === undefined ? image : await tools.images.prepare(image, { ...limits, sidePixelsMax }, signal);
  const marked = await tools.images.mark(fitted, { kind: 'margins', margins: smaller }, rules, signal);
  return { image: marked.picture, mask: marked.mask };
}

const longSide = ({ width, height }: SizePixels, { left, right, up, down }: Margins): number =>
  Math.max(width + left + right, height + up + down);
