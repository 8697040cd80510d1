import { filmCallSchema, filmedSchema, filmTicketSchema, type FilmCall, type Filmed, type FilmTicket } from '#src/core/facts.ts';
import { Refusal, TryLater, type RefusalCode } from '#src/core/failure.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { ModelCard, VideoInput, VideoModel } from '#src/core/model.ts';
import { nearestOfCard } from '#src/core/nearest.ts';
import { priceMicrosOf } from '#src/core/price.ts';
import type { Json, VideoTask } from '#src/core/request.ts';
import { fetchClip } from './clip-file.ts';
import type { Painting } from './draw-input.ts';
import type { Cinema, Job } from './job.ts';

const PAGE = 'film';

/** How long the first in line looks again, of the times a clip is left alone; those behind it look as much less often, up to a limit. */
const LINE_STEPS_MAX = 6;
/** A clip of nine seconds takes some minutes: it is looked for more and more seldom. */
const ELAPSED_PART = 12;

/**
 * After these the clip was made, or may have been, and cannot be had. Every other no to somebody who comes for it is the service's own, which made
 * nothing and takes nothing for it.
 */
const UNREACHED: ReadonlySet<RefusalCode> = new Set([
  'clip-gone',
  'clip-store',
  'credentials-rejected',
  'storage-full',
  'storage-rejected',
]);

/**
 * The one clip of a request. It is begun once: the token under which it is asked for is written before the first call and never changes, so that
 * whoever asks again after a death asks for the same one; once there is a ticket it is only looked for. Throws TryLater while it stands in line and
 * while it is being made, which takes no slot.
 */
export async function film(job: Job<VideoModel>, cinema: Cinema, painting: Painting): Promise<Filmed> {
  const page = job.journal.page(PAGE);
  const known = await page.read('made');
  if (known !== undefined) return filmedSchema.parse(known);
  const ticket = (await readTicket(job.journal)) ?? (await start(job, cinema, painting));
  return collect(job, cinema, painting, ticket);
}

/** Whether the service may have the clip of this request in the making, or may have made it. */
export async function isFilming(journal: Journal): Promise<boolean> {
  return (await readCall(journal)).isBegun;
}

/** Books a clip that was begun, as if it had been billed, when its request ends without it. Once, however often it is called. */
export async function bookClip(journal: Journal, card: ModelCard, task: VideoTask): Promise<void> {
  const page = journal.page(PAGE);
  const call = await readCall(journal);
  if (!call.isBegun || call.isBooked || (await page.read('made')) !== undefined) return;
  await page.write('call', { ...call, isBooked: true }, { what: 'clip', modelId: card.id, costMicros: priceMicrosOf(card, task) });
}

async function readTicket(journal: Journal): Promise<FilmTicket | undefined> {
  const known = await journal.page(PAGE).read('ticket');
  return known === undefined ? undefined : filmTicketSchema.parse(known);
}

async function readCall({ page, request }: Journal): Promise<FilmCall> {
  const known = await page(PAGE).read('call');
  // Letters, digits and inner hyphens, which is all that the service takes.
  return known === undefined ? { token: `hoami-${request.id}`, isBegun: false, isBooked: false } : filmCallSchema.parse(known);
}

/** Asks the service to begin. That it will be asked is written before; where it certainly has begun nothing, that is taken back. */
async function start(job: Job<VideoModel>, cinema: Cinema, painting: Painting): Promise<FilmTicket> {
  const { journal, tools } = job;
  const page = journal.page(PAGE);
  const call = await readCall(journal);
  // Whose turn it was once need not stand in line again, and may be in the making already.
  if (!call.isBegun) await waitInLine(journal, cinema);
  const input = await inputOf(job, painting);
  await page.write('call', { ...call, isBegun: true });
  const ticket = { ticket: await begin(job, call, cinema, input), at: tools.now() };
  await writeWithRoom(cinema, async () => page.write('ticket', ticket));
  await job.tell('filming');
  return ticket;
}

/** The call itself. Only its own no takes back that the clip may be begun: whatever goes wrong after it says nothing about that. */
async function begin({ journal, model, signal }: Job<VideoModel>, call: FilmCall, cinema: Cinema, input: VideoInput): Promise<Json> {
  try {
    return await model.start(input, call.token, signal);
  } catch (error) {
    if (error instanceof Refusal || isForLater(error)) await journal.page(PAGE).write('call', { ...call });
    throw isForLater(error) ? new TryLater('not-ready', Math.max(error.waitMs, cinema.lookEveryMs.min), error) : error;
  }
}

/** Of the clip there is no doubt: only the ledger has no room, and may have some again. */
async function writeWithRoom({ lookEveryMs }: Cinema, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw error instanceof Refusal ? new TryLater('overloaded', lookEveryMs.max, error) : error;
  }
}

/** The service's limit is one of clips: pictures need not go slower for it. Another worker's hold, and our own end, are what they are. */
const isForLater = (error: unknown): error is TryLater =>
  error instanceof TryLater && error.reason !== 'superseded' && error.reason !== 'stopping';

/** In the order of the line: who comes too early has called nobody. */
async function waitInLine(journal: Journal, { clipsAtOnce, lookEveryMs }: Cinema): Promise<void> {
  const before = (await journal.clipsAhead()) - clipsAtOnce;
  if (before >= 0) throw new TryLater('not-ready', lookEveryMs.min * Math.min(before + 1, LINE_STEPS_MAX));
}

async function inputOf({ request, model, tools }: Job<VideoModel>, { plan, prompt, prepared }: Painting): Promise<VideoInput> {
  const { card } = model;
  const task = taskOf(request.task);
  const pictures = await Promise.all(prepared.keys.map(async (key) => tools.blobs.get(key)));
  return {
    prompt: prompt.prompt.slice(0, card.prompt.lengthMax),
    aspectRatio: nearestOfCard(card, plan.aspectRatio),
    durationSeconds: task.durationSeconds,
    resolution: task.resolution,
    isLooped: task.isLooped,
    first: pictures[task.frames.indexOf('first')],
    last: pictures[task.frames.indexOf('last')],
  };
}

function taskOf(task: Job['request']['task']): VideoTask {
  if (task.kind !== 'video') throw new Error(`${task.kind} is not done by a model that makes clips`);
  return task;
}

/** Looks for the clip. What came of it and what it cost is written in one transaction; whoever dies before only looks for it again. */
async function collect(job: Job<VideoModel>, cinema: Cinema, painting: Painting, { ticket, at }: FilmTicket): Promise<Filmed> {
  const { journal, model, tools } = job;
  const task = taskOf(job.request.task);
  const filmed = await look(job, cinema, ticket, painting.prepared.keys[task.frames.indexOf('first')]);
  if (filmed === undefined) throw new TryLater('not-ready', lookAgainMs(tools.now() - at, cinema));
  const costMicros = costOf(filmed, model, task);
  const spent = costMicros === 0 ? [] : [{ what: 'clip', modelId: model.card.id, costMicros } as const];
  await writeWithRoom(cinema, async () => journal.page(PAGE).write('made', filmed, ...spent));
  // Whoever deletes the clip has then deleted all of it. Dying just before this leaves the service's copy to the bucket's own rule.
  if (filmed.kind === 'clip') await model.discard(ticket, job.signal);
  return filmed;
}

/** Undefined while it is being made. A no is what came of it, too. */
async function look(...wanted: Parameters<typeof fetchClip>): Promise<Filmed | undefined> {
  try {
    const clip = await fetchClip(...wanted);
    return clip === undefined ? undefined : { kind: 'clip', ...clip };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', code: error.code, details: { ...error.details } };
    throw isForLater(error) ? new TryLater('not-ready', error.waitMs, error) : error;
  }
}

/** The seconds that there really are; of a clip that was made and cannot be had, those that were asked for. */
function costOf(filmed: Filmed, { card }: VideoModel, task: VideoTask): number {
  if (filmed.kind === 'refused') return UNREACHED.has(filmed.code) ? priceMicrosOf(card, task) : 0;
  return priceMicrosOf(card, { ...task, durationSeconds: Math.max(1, Math.round(filmed.clip.durationMs / 1000)) });
}

const lookAgainMs = (elapsedMs: number, { lookEveryMs: { min, max } }: Cinema): number =>
  Math.min(max, Math.max(min, Math.round(elapsedMs / ELAPSED_PART)));
