import { planSchema, type Plan, type Prepared } from '#src/core/facts.ts';
import type { VideoModel } from '#src/core/model.ts';
import { nearestToShape } from '#src/core/nearest.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

const NO_SEED = 0;

/** Settles seeds and ratio before the first paid call, so that a repeated job asks for exactly the same pictures. */
export async function plan({ journal, request, model, tools }: Job): Promise<Plan> {
  return once(journal.page('plan'), 'pictures', planSchema, async () => {
    const { seedMax, defaultAspectRatio } = model.card;
    const first = request.options.seed ?? tools.randomSeed(seedMax);
    const seeds = Array.from({ length: request.options.count ?? 1 }, (_, index) => ((first - 1 + index) % seedMax) + 1);
    return { fact: { aspectRatio: request.options.aspectRatio ?? defaultAspectRatio, seeds } };
  });
}

/** Of a clip there is one, without a seed. It is as wide as was asked, or as the picture it goes on from. */
export async function planClip({ journal, request, model, tools }: Job<VideoModel>, { keys: [first] }: Prepared): Promise<Plan> {
  return once(journal.page('plan'), 'pictures', planSchema, async () => {
    const shape = async (key: string): Promise<number> => {
      const { width, height } = await tools.images.measure(await tools.blobs.get(key));
      return width / height;
    };
    const nearest = first === undefined ? model.card.defaultAspectRatio : nearestToShape(model.card, await shape(first));
    return { fact: { aspectRatio: request.options.aspectRatio ?? nearest, seeds: [NO_SEED] } };
  });
}
