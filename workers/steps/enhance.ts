import type { Draft, EnhancedPrompt } from '#src/core/enhancer.ts';
import { enhancedSchema } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
import { sayEdit, sayUnderstood } from '#src/core/messages.ts';
import { subjectOf } from '#src/core/tasks.ts';
import { askOnce } from './ask-once.ts';
import type { Job } from './job.ts';

/** Lets the prompt be understood and improved, once: a job that comes back paints the same words, or hears the same no, and pays nobody again. */
export async function enhance(job: Job): Promise<EnhancedPrompt> {
  const { request } = job;
  if (request.words !== undefined) return request.words;
  const caption = captionOfEdit(job);
  const negativePrompt = request.options.negativePrompt ?? '';
  // Nobody has to be asked what to take away.
  if (request.prompt === '') return { prompt: '', negativePrompt, title: '', altText: '', ...caption, by: 'nobody', degraded: false };
  const words = await write(job, 'prompt', { prompt: request.prompt, negativePrompt, mode: request.options.enhance ?? 'enhance' });
  return { ...words, ...caption };
}

/** The thing in the picture that is meant, in the language of the models. */
export async function nameSubject(job: Job): Promise<string | undefined> {
  const what = subjectOf(job.request.task);
  if (what === undefined) return undefined;
  return (await write(job, 'subject', { prompt: what, negativePrompt: '', mode: 'translate' })).prompt;
}

/** Words of two or three say little of an edit to somebody who does not see it: what was done says more. */
function captionOfEdit({ journal, request }: Job): Partial<Pick<EnhancedPrompt, 'title' | 'altText'>> {
  const { task, prompt, language } = request;
  const edit = sayEdit(language, task, prompt);
  if (edit !== undefined) return { title: edit, altText: edit };
  const title = journal.request.task.kind === 'instruct' ? sayUnderstood(language, task, prompt) : undefined;
  if (title === undefined) return {};
  // What is to be seen in the whole picture says more of it than its title does; words for a part of it do not.
  return task.kind === 'inpaint' ? { title, altText: title } : { title };
}

type Words = Pick<Draft, 'prompt' | 'negativePrompt' | 'mode'>;

async function write(job: Job, question: 'prompt' | 'subject', words: Words): Promise<EnhancedPrompt> {
  const { request, model, tools, signal } = job;
  const draft = { ...words, language: request.language, task: request.task.kind, hasPicture: request.images.length > 0 };
  const settled = await askOnce(job, question, enhancedSchema, async () => async () => {
    const { paid, ...fact } = await tools.enhancer.enhance(draft, model.card, signal);
    return { fact, paid };
  });
  if (settled.kind === 'refused') throw new Refusal(settled.code, settled.details);
  return settled.prompt;
}
