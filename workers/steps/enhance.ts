import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import { enhancedSchema } from '#src/core/facts.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

/** Lets the prompt be understood and improved, once: a job that comes back paints the same words. */
export async function enhance({ journal, request, model, tools, signal }: Job): Promise<EnhancedPrompt> {
  return once(journal.page('enhance'), 'prompt', enhancedSchema, async () => {
    const draft = {
      prompt: request.prompt,
      negativePrompt: request.options.negativePrompt ?? '',
      language: request.language,
      mode: request.options.enhance ?? 'enhance',
      task: request.task.kind,
    };
    const { prompt, negativePrompt, title, altText, by, degraded, costMicros } = await tools.enhancer.enhance(draft, model.card, signal);
    const fact = { prompt, negativePrompt, title, altText, by, degraded, costMicros };
    return costMicros === 0 ? { fact } : { fact, spent: { what: 'prompt', modelId: 'claude', costMicros } };
  });
}
