import type { z } from 'zod';
import { describedSchema, type DescribedAnswer } from '#src/core/answer.ts';
import { lookedSchema, type Prepared } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
import { askOnce, type Heard } from './ask-once.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

/**
 * Lets the first picture be put into words, and fixes them as the answer. Nothing is painted.
 * Throws Refusal `description-off` where nobody can look at it, `description-unavailable` when nobody can just now, and `filtered-input` when whoever
 * looked says no.
 */
export async function describe(job: Job, { keys: [key = ''] }: Prepared): Promise<DescribedAnswer> {
  const { journal, request, tools, signal } = job;
  const looked = await askOnce(job, 'words', lookedSchema, async () => {
    const { interpreter } = tools;
    if (interpreter === undefined) throw new Refusal('description-off');
    const picture = await tools.images.prepare(await tools.blobs.get(key), interpreter.pictureLimits, signal);
    return async (): Promise<Heard<Looked>> => {
      const { words, isRefused, paid } = await interpreter.describe(picture, request.language, signal);
      if (words === undefined) return { fact: refused(isRefused ? 'filtered-input' : 'description-unavailable'), paid };
      return { fact: { kind: 'words', words: { ...words, prompts: [...words.prompts] } }, paid };
    };
  });
  if (looked.kind === 'refused') throw new Refusal(looked.code, looked.details);
  const { words } = looked;
  return once(journal.page('settle'), 'answer', describedSchema, async () => ({
    fact: { kind: 'described', ...words, key, costMicros: await journal.spentMicros(), sandbox: tools.sandbox },
  }));
}

type Looked = z.infer<typeof lookedSchema>;

const refused = (code: Refusal['code']): Looked => ({ kind: 'refused', code, details: {} });
