import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import { enhancedSchema } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

/** Lets the prompt be understood and improved, once: a job that comes back paints the same words, or hears the same no, and pays nobody again. */
export async function enhance({ journal, request, model, tools, signal }: Job): Promise<EnhancedPrompt> {
  if (request.words !== undefined) return request.words;
  const enhanced = await once(journal.page('enhance'), 'prompt', enhancedSchema, async () => {
    const draft = {
      prompt: request.prompt,
      negativePrompt: request.options.negativePrompt ?? '',
      language: request.language,
      mode: request.options.enhance ?? 'enhance',
      task: request.task.kind,
    };
    const { paid, ...outcome } = await tools.enhancer.enhance(draft, model.card, signal);
    const fact = enhancedSchema.parse(outcome);
    return paid === undefined ? { fact } : { fact, spent: { what: 'prompt', ...paid } };
  });
  if (enhanced.kind === 'refused') throw new Refusal(enhanced.code, enhanced.details);
  return enhanced.prompt;
}
