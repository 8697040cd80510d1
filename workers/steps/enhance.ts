import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import { enhancedSchema } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Job } from './job.ts';

/** Lets the prompt be understood and improved, once: a job that comes back paints the same words, or hears the same no, and pays nobody again. */
export async function enhance(job: Job): Promise<EnhancedPrompt> {
  const { journal, request } = job;
  if (request.words !== undefined) return request.words;
  const known = enhancedSchema.parse((await journal.page('enhance').read('prompt')) ?? { kind: 'asked', times: 0 });
  const settled = known.kind === 'asked' ? await ask(job, known.times) : known;
  if (settled.kind === 'refused') throw new Refusal(settled.code, settled.details);
  return settled.prompt;
}

/**
 * Asks, and books what it cost. That it will be asked is written before: of `times` earlier workers, who died meanwhile, nobody knows what they had to
 * pay. They asked for the same words, so that each of them is booked as this call is.
 */
async function ask({ journal, request, model, tools, signal }: Job, times: number) {
  const page = journal.page('enhance');
  await page.write('prompt', { kind: 'asked', times: times + 1 });
  const draft = {
    prompt: request.prompt,
    negativePrompt: request.options.negativePrompt ?? '',
    language: request.language,
    mode: request.options.enhance ?? 'enhance',
    task: request.task.kind,
  };
  const { paid, ...settled } = await tools.enhancer.enhance(draft, model.card, signal);
  const spent = paid === undefined ? [] : [{ what: 'prompt', modelId: paid.modelId, costMicros: paid.costMicros * (times + 1) } as const];
  await page.write('prompt', { ...settled }, ...spent);
  return settled;
}
