import { createHash } from 'node:crypto';
import { answerSchema, type Answer, type Clip, type MadeAnswer, type Picture } from '#src/core/answer.ts';
import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import type { Filmed, Painted } from '#src/core/facts.ts';
import type { Journal } from '#src/core/ledger.ts';
import { isForPictures, type Job } from './job.ts';
import type { Painting } from './draw-input.ts';
import { once } from './once.ts';
import { painterOf, substitutedIn } from './stand-in.ts';

/** The answer that was fixed earlier, if one was: from then on the request can only be shown it. */
export async function readSettled(journal: Journal): Promise<Answer | undefined> {
  const settled = await journal.page('settle').read('answer');
  return settled === undefined ? undefined : answerSchema.parse(settled);
}

/** Fixes the answer before anybody sees it, so that a repeated delivery says the same. */
export async function settle(job: Job, painting: Painting, painted: readonly Painted[]): Promise<Answer> {
  return once(job.journal.page('settle'), 'answer', answerSchema, async () => ({ fact: await compose(job, painting, painted) }));
}

/** The same for a clip, which is shown with its poster. */
export async function settleClip(job: Job, painting: Painting, filmed: Filmed): Promise<Answer> {
  return once(job.journal.page('settle'), 'answer', answerSchema, async () => {
    const costMicros = await job.journal.spentMicros();
    if (filmed.kind === 'refused') return { fact: { ...filmed, costMicros } };
    return { fact: await made(job, painting, [filmed.poster], costMicros, filmed.clip) };
  });
}

async function compose(job: Job, painting: Painting, painted: readonly Painted[]): Promise<Answer> {
  const pictures = painted.flatMap((one) => (one.kind === 'picture' ? [one.picture] : []));
  const costMicros = await job.journal.spentMicros();
  const [refused] = painted.flatMap((one) => (one.kind === 'refused' ? [one] : []));
  // Some of several pictures are an answer; only none is a no.
  if (pictures.length === 0 && refused !== undefined) return { kind: 'refused', code: refused.code, details: refused.details, costMicros };
  return made(job, painting, pictures, costMicros);
}

async function made(
  job: Job,
  { plan, prompt, prepared }: Painting,
  pictures: Picture[],
  costMicros: number,
  clip?: Clip,
): Promise<MadeAnswer> {
  const { request, tools } = job;
  const { card } = (isForPictures(job) ? await painterOf(job) : job).model;
  const substituted = await substitutedIn(job);
  const { style } = request.options;
  const recipe: MadeAnswer['recipe'] = {
    version: 1,
    task: request.task,
    modelId: card.id,
    prompt: prompt.prompt,
    negativePrompt: prompt.negativePrompt,
    aspectRatio: plan.aspectRatio,
    seed: plan.seeds[0] ?? 1,
    count: plan.seeds.length,
    ...(style === undefined ? {} : { style }),
    inputs: [...prepared.keys],
  };
  const grid = pictures.length > 1 ? await makeGrid(job, pictures) : undefined;
  return {
    kind: 'made',
    pictures,
    ...(grid === undefined ? {} : { grid }),
    ...(clip === undefined ? {} : { clip }),
    ...wordsOf(prompt),
    model: { id: card.id, label: card.label },
    ...(substituted === undefined ? {} : { substituted }),
    sandbox: tools.sandbox,
    aspectRatio: plan.aspectRatio,
    costMicros,
    tookMs: Math.max(0, tools.now() - request.acceptedAt),
    code: codeOf(recipe),
    recipe,
  };
}

function wordsOf({ prompt, negativePrompt, title, altText, by, degraded }: EnhancedPrompt) {
  return { prompt, negativePrompt, title, altText, enhancedBy: by, degraded };
}

/** The pictures are the answer and are paid for; when the grid cannot be made or kept, they are shown without it. */
async function makeGrid({ tools }: Job, pictures: readonly Picture[]): Promise<MadeAnswer['grid']> {
  try {
    const media = await Promise.all(pictures.map(async ({ key }) => tools.blobs.get(key)));
    const grid = await tools.images.grid(media);
    return { key: await tools.blobs.put(grid), type: grid.type, ...(await tools.images.measure(grid)) };
  } catch {
    return undefined;
  }
}

/** Eight characters that are easy to read aloud: the same recipe has the same code everywhere. */
function codeOf(recipe: MadeAnswer['recipe']): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  const hash = createHash('sha256').update(JSON.stringify(recipe)).digest();
  return Array.from(hash.subarray(0, 8), (byte) => alphabet[byte % alphabet.length]).join('');
}
