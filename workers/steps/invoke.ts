import type { EnhancedPrompt } from '#src/core/enhancer.ts';
import { callsSchema, NO_CALLS, type Calls, type Painted, type Plan, type Prepared } from '#src/core/facts.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { insist } from '#src/core/insist.ts';
import type { Spending } from '#src/core/ledger.ts';
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
 * One paid call. The intent is written before it; after it the picture's key, with its price; and then the bytes are stored. Dying before the key is
 * written leaves an intent without a result: the call may have been billed, so it is booked as if it had been, and made once more, never twice more.
 * Dying later leaves a key, under which either the picture is or has to be made once more.
 */
async function paintOne(job: Job, index: number, input: ImageInput): Promise<Painted> {
  const note = createNote(job, index);
  const { begun, booked, painted: known } = await note.read();
  if (known !== undefined && (await isKept(job, known))) return known;
  const unknown = begun - booked;
  if (begun >= BEGUN_MAX) return note.settle(begun, { kind: 'refused', code: 'interrupted-twice', details: {} }, unknown);
  await note.write({ begun: begun + 1, booked: begun }, unknown);
  const made = await generate(job, input, async () => note.write({ begun, booked: begun }, 0));
  if (made instanceof Refusal) return note.settle(begun + 1, refusedBy(made), 0);
  const painted = await note.settle(begun + 1, await describe(job, made), 1);
  const unkept = await insist(async () => keep(job, made.media), job.signal, HOLD_ON_MS);
  return unkept === undefined ? painted : note.settle(begun + 1, refusedBy(unkept), 0);
}

/** What the ledger knows of one picture's calls. */
function createNote({ journal, model, signal }: Job, index: number) {
  const page = journal.page('invoke');
  const name = `picture-${index}`;
  const { id: modelId, priceMicros } = model.card;
  const read = async (): Promise<Calls> => callsSchema.parse((await page.read(name)) ?? NO_CALLS);
  const write = async (calls: Calls, paidCalls: number): Promise<void> => {
    const spent: Spending = { what: 'picture', modelId, costMicros: paidCalls * priceMicros };
    await page.write(name, calls, ...(paidCalls === 0 ? [] : [spent]));
  };
  /** A write that seemed to fail may have been committed, and its money must not be booked twice. */
  const settle = async (begun: number, painted: Painted, paidCalls: number): Promise<Painted> => {
    const once = async (again: boolean): Promise<void> => {
      if (again && paidCalls > 0 && (await read()).painted !== undefined) return;
      await write({ begun, booked: begun, painted }, paidCalls);
    };
    await insist(once, signal, HOLD_ON_MS);
    return painted;
  };
  return { read, write, settle };
}

/** Whoever wrote down the key may have died before all bytes were stored. */
async function isKept({ tools }: Job, painted: Painted): Promise<boolean> {
  if (painted.kind === 'refused') return true;
  try {
    await tools.blobs.get(painted.picture.key);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
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

async function describe({ tools }: Job, { media, seed }: Made): Promise<Painted> {
  const size = await tools.images.measure(media);
  return { kind: 'picture', picture: { key: tools.keyOf(media), type: media.type, ...size, seed } };
}

/** Stores the bytes as they came. Answers the no of a store that is full or may not be written to: it does not undo that they were paid for. */
async function keep({ tools }: Job, media: Media): Promise<Refusal | undefined> {
  try {
    await tools.blobs.put(media);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
