import { callsSchema, NO_CALLS, type Calls, type Painted } from '#src/core/facts.ts';
import { Refusal, TryLater, type RefusalCode } from '#src/core/failure.ts';
import { insist } from '#src/core/insist.ts';
import type { Spending } from '#src/core/ledger.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageInput, ImageModel, Made } from '#src/core/model.ts';
import { drawPictures, inputOf, type DrawnPictures, type Painting } from './draw-input.ts';
import type { Job } from './job.ts';
import { noteName, painterOf, passOn, unavailability } from './stand-in.ts';

/** A call whose end is not known may be repeated once: after that the person is asked before more is spent. */
const BEGUN_MAX = 2;
/** The one no of a model that comes after the painting. Nobody says whether the service bills it, so that it is booked. */
const MADE_AND_HELD_BACK: RefusalCode = 'filtered-output';
/** How long a picture that was paid for is held on to while neither its bytes nor its fact can be kept. Its slot paints nothing else meanwhile. */
const HOLD_ON_MS = 120_000;

/** Paints all pictures of a request side by side. What is done is kept even when another picture has to wait or fails. */
export async function invoke(job: Job<ImageModel>, painting: Painting): Promise<readonly Painted[]> {
  // Each model that has the job in hand, mostly one, looks at the pictures once for all.
  const drawn = new Map<string, Promise<DrawnPictures>>();
  const draw: Draw = async (painter) => {
    const { id } = painter.model.card;
    const drawing = drawn.get(id) ?? drawPictures(painter, painting.prepared.keys);
    drawn.set(id, drawing);
    return drawing;
  };
  const settled = await Promise.allSettled(painting.plan.seeds.map((seed, index) => paintOne(job, index, { painting, seed, draw })));
  const painted: Painted[] = [];
  for (const result of settled) {
    if (result.status === 'rejected') throw result.reason;
    painted.push(result.value);
  }
  return painted;
}

type Draw = (painter: Job<ImageModel>) => Promise<DrawnPictures>;

interface Wanted {
  readonly painting: Painting;
  readonly seed: number;
  readonly draw: Draw;
}

/** One picture, by the request's model or by whoever stands in for it. When nobody can be had, the first no is the one that is told. */
async function paintOne(job: Job<ImageModel>, index: number, wanted: Wanted): Promise<Painted> {
  const painter = await painterOf(job);
  const painted = await callFor(painter, index, wanted);
  const because = painted.kind === 'refused' ? unavailability(painted) : undefined;
  if (because === undefined || !(await passOn(job, painter.model.card, because))) return painted;
  const next = await paintOne(job, index, wanted);
  return next.kind === 'refused' && unavailability(next) !== undefined ? painted : next;
}

/**
 * One paid call. The intent is written before it; after it the picture's key, with its price; and then the bytes are stored. Dying before the key is
 * written leaves an intent without a result: the call may have been billed, so it is booked as if it had been, and made once more, never twice more.
 * Dying later leaves a key, under which either the picture is or has to be made once more.
 */
async function callFor(job: Job<ImageModel>, index: number, { painting, seed, draw }: Wanted): Promise<Painted> {
  const note = createNote(job, index);
  const { begun, booked, painted: known } = await note.read();
  if (known !== undefined && (await isKept(job, known))) return known;
  const input = inputOf(job, painting, seed, await draw(job));
  const unknown = begun - booked;
  if (begun >= BEGUN_MAX) return note.settle(begun, { kind: 'refused', code: 'interrupted-twice', details: {} }, unknown);
  await note.write({ begun: begun + 1, booked: begun }, unknown);
  const made = await generate(job, input, async () => note.write({ begun, booked: begun }, 0));
  if (made instanceof Refusal) return note.settle(begun + 1, refusedBy(made), made.code === MADE_AND_HELD_BACK ? 1 : 0);
  const painted = await note.settle(begun + 1, await describe(job, made), 1);
  const unkept = await insist(async () => keep(job, made.media), job.signal, HOLD_ON_MS);
  return unkept === undefined ? painted : note.settle(begun + 1, refusedBy(unkept), 0);
}

/** What the ledger knows of one picture's calls. */
function createNote({ journal, request, model, signal }: Job, index: number) {
  const page = journal.page('invoke');
  const name = noteName(index, model.card.id, request.modelId);
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
async function generate(job: Job<ImageModel>, input: ImageInput, forget: () => Promise<void>): Promise<Made | Refusal> {
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
