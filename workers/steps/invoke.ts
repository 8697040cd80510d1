import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import { intentSchema, paintedSchema, type Painted, type Plan, type Prepared } from '#src/core/facts.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { insist } from '#src/core/insist.ts';
import type { Page, Spending } from '#src/core/ledger.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageInput, Made } from '#src/core/model.ts';
import type { Job } from './job.ts';

/** A call whose end is not known may be repeated once: after that the person is asked before more is spent. */
const BEGUN_MAX = 2;
/** How long a picture that was paid for is held on to while neither its bytes nor its fact can be kept. Its slot paints nothing else meanwhile. */
const HOLD_ON_MS = 120_000;

export interface Painting {
  readonly plan: Plan;
  readonly prompt: EnhancedPrompt;
  readonly prepared: Prepared;
}

/** Paints all pictures of a request side by side. What is done is kept even when another picture has to wait or fails. */
export async function invoke(job: Job, painting: Painting): Promise<readonly Painted[]> {
  const [key] = painting.prepared.keys;
  const image = key === undefined ? undefined : await job.tools.blobs.get(key);
  const settled = await Promise.allSettled(
    painting.plan.seeds.map((seed, index) => paintOne(job, index, inputOf(job, painting, seed, image))),
  );
  const painted: Painted[] = [];
  for (const result of settled) {
    if (result.status === 'rejected') throw result.reason;
    painted.push(result.value);
  }
  return painted;
}

function inputOf({ request, model }: Job, { plan, prompt }: Painting, seed: number, image: Media | undefined): ImageInput {
  const wished = request.task.kind === 'transform' ? request.task.strength : undefined;
  return {
    task: request.task.kind,
    prompt: prompt.prompt,
    negativePrompt: model.card.negativePrompt === undefined ? '' : prompt.negativePrompt,
    aspectRatio: plan.aspectRatio,
    seed,
    style: request.options.style,
    image,
    strength: image === undefined ? undefined : (wished ?? model.card.strengthDefault),
  };
}

/**
 * One paid call. The intent is written before it and the result, with its price, after it. Dying in between leaves an intent without a result:
 * the call may have been billed, so it is booked as if it had been, and made once more, never twice more.
 */
async function paintOne(job: Job, index: number, input: ImageInput): Promise<Painted> {
  const page = job.journal.page('invoke');
  const known = await page.read(`painted-${index}`);
  if (known !== undefined) return paintedSchema.parse(known);
  const intent = intentSchema.parse((await page.read(`intent-${index}`)) ?? { begun: 0, booked: 0 });
  const settle = async (painted: Painted, calls: number): Promise<Painted> => {
    await insist(async (again) => writeOnce(page, `painted-${index}`, painted, spending(job, calls), again), job.signal, HOLD_ON_MS);
    return painted;
  };
  const unknown = intent.begun - intent.booked;
  if (intent.begun >= BEGUN_MAX) return settle({ kind: 'refused', code: 'interrupted-twice', details: {} }, unknown);
  await page.write(`intent-${index}`, { begun: intent.begun + 1, booked: intent.begun }, spending(job, unknown));
  const made = await generate(job, input, async () => page.write(`intent-${index}`, { begun: intent.begun, booked: intent.begun }));
  if (made instanceof Refusal) return settle(refusedBy(made), 0);
  return settle(await insist(async () => keep(job, made), job.signal, HOLD_ON_MS), 1);
}

/** Asks the model. `forget` is called when the service certainly made nothing: this call is as if it had not been begun. */
async function generate(job: Job, input: ImageInput, forget: () => Promise<void>): Promise<Made | Refusal> {
  try {
    return await job.model.generate(input, job.signal);
  } catch (error) {
    if (error instanceof Refusal) return error;
    if (error instanceof TryLater) {
      await forget();
      // Given up for this picture alone: what the others have become stays an answer.
      if (job.tools.now() + error.waitMs > job.request.notAfter) return new Refusal('too-late', {}, error);
    }
    throw error;
  }
}

const refusedBy = ({ code, details }: Refusal): Painted => ({ kind: 'refused', code, details });

/** A write that seemed to fail may have been committed, and its money must not be booked twice. */
async function writeOnce(page: Page, name: string, painted: Painted, spent: Spending | undefined, again: boolean): Promise<void> {
  if (again && (await page.read(name)) !== undefined) return;
  await page.write(name, painted, spent);
}

/** Stores the bytes as they came. A full disk does not undo that they were paid for. */
async function keep({ tools }: Job, { media, seed }: Made): Promise<Painted> {
  try {
    const key = await tools.blobs.put(media);
    return { kind: 'picture', picture: { key, type: media.type, ...(await tools.images.measure(media)), seed } };
  } catch (error) {
    if (error instanceof Refusal) return refusedBy(error);
    throw error;
  }
}

function spending({ model }: Job, calls: number): Spending | undefined {
  return calls === 0 ? undefined : { what: 'picture', modelId: model.card.id, costMicros: calls * model.card.priceMicros };
}
