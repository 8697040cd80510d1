import { planSchema, type Plan } from '#src/core/facts.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

/** Settles seeds and ratio before the first paid call, so that a repeated job asks for exactly the same pictures. */
export async function plan({ journal, request, model, tools }: Job): Promise<Plan> {
  return once(journal.page('plan'), 'pictures', planSchema, async () => {
    const { seedMax, defaultAspectRatio } = model.card;
    const first = request.options.seed ?? tools.randomSeed(seedMax);
    const seeds = Array.from({ length: request.options.count ?? 1 }, (_, index) => ((first - 1 + index) % seedMax) + 1);
    return { fact: { aspectRatio: request.options.aspectRatio ?? defaultAspectRatio, seeds } };
  });
}
