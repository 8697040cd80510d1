import type { z } from 'zod';
import { parseEdit } from '#src/core/command-edit.ts';
import { meantSchema, type Understood } from '#src/core/facts.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Meaning } from '#src/core/interpreter.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { ModelCard } from '#src/core/model.ts';
import { fitWishes } from '#src/core/preferences.ts';
import type { GenerationRequest, Task } from '#src/core/request.ts';
import { routeTask } from '#src/core/routing.ts';
import { modelWithStyle } from '#src/core/styles.ts';
import { errandOf, routedErrand } from '#src/core/tasks.ts';
import { askOnce } from './ask-once.ts';
import type { Job } from './job.ts';
import { fetchPicture } from './prepare-images.ts';

const NOT_HERE_WAIT_MS = 5000;

/**
 * Finds out what an instruction asks for, once, before anything else is done: from here on the job is about a request that names its task. Every other
 * request is as clear as it is. Throws Refusal `prompt-refused` for a policy no, which nobody works around, and those of routing, where nobody here does
 * what was meant.
 */
export async function understand(job: Job): Promise<Job> {
  if (job.request.task.kind !== 'instruct') return job;
  const { request, models, tools, signal } = job;
  const cards = models.map(({ card }) => card);
  const meant = await askOnce(job, 'meaning', meantSchema, async () => {
    const isMarked = await hasMask(job);
    return async () => {
      const instruction = { text: request.prompt, language: request.language, pictures: request.images.length };
      const heard = await tools.interpreter?.understand(instruction, cards, signal);
      if (heard?.isRefused === true) return { fact: REFUSED, paid: heard.paid };
      return { fact: settle(heard?.meaning ?? byRules(request, isMarked), request, cards), paid: heard?.paid };
    };
  });
  if (meant.kind === 'refused') throw new Refusal(meant.code, meant.details);
  const model = models.find(({ card }) => card.id === meant.request.modelId);
  if (model === undefined) throw new TryLater('not-ready', NOT_HERE_WAIT_MS);
  return { ...job, request: { ...request, ...meant.request }, model };
}

/** The request as it was understood, by whoever did. */
export async function readUnderstood(journal: Journal): Promise<GenerationRequest> {
  const { request } = journal;
  if (request.task.kind !== 'instruct') return request;
  const meant = meantSchema.safeParse(await journal.page('understand').read('meaning'));
  return meant.success && meant.data.kind === 'understood' ? { ...request, ...meant.data.request } : request;
}

type Meant = z.infer<typeof meantSchema>;

const REFUSED: Meant = { kind: 'refused', code: 'prompt-refused', details: {} };

/** A no is kept as well: what it took to find out is paid for. */
function settle(meaning: Meaning, request: GenerationRequest, cards: readonly ModelCard[]): Meant {
  try {
    return { kind: 'understood', request: route(meaning, request, cards) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', code: error.code, details: { ...error.details } };
  }
}

/** Who does it: the wished model where one was named, with what else was chosen as near as that one comes to it. */
function route({ task, prompt }: Meaning, { images, options }: GenerationRequest, cards: readonly ModelCard[]): Understood {
  const errand = routedErrand(errandOf(task, images.length));
  const { card, substituted } = routeTask(cards, errand, options.model ?? modelWithStyle(options.style, errand, cards));
  const { strength, ...wishes } = options;
  return {
    task: strength === undefined ? task : withStrength(task, strength),
    prompt,
    options: fitWishes(wishes, card),
    modelId: card.id,
    ...(substituted === undefined ? {} : { substituted }),
  };
}

/** How much is to be changed is no wish of tasks that have no more or less. */
function withStrength(task: Task, strength: number): Task {
  switch (task.kind) {
    case 'transform':
    case 'outpaint':
    case 'restyle':
    case 'sketch':
    case 'structure':
    case 'upscale':
      return { ...task, strength };
    default:
      return task;
  }
}

/** Where nobody could say what is meant: what the rules read; else the words are for what a mask marks, and without one for the whole picture. */
const byRules = ({ prompt }: GenerationRequest, isMarked: boolean): Meaning =>
  parseEdit(prompt) ?? { task: { kind: isMarked ? 'inpaint' : 'transform' }, prompt };

/** Of a second picture nobody has said what it is for. What cannot be looked at is refused where the pictures are prepared. */
async function hasMask(job: Job): Promise<boolean> {
  const [, second, ...more] = job.request.images;
  const limits = job.model.card.inputPicture;
  if (second === undefined || more.length > 0 || limits === undefined) return false;
  try {
    return await job.tools.isMask(await fetchPicture(job, second, limits));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
