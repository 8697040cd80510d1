import { STAGES, type Answer, type Stage } from '#src/core/answer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import type { Log } from '#src/core/log.ts';
import type { Model, VideoModel } from '#src/core/model.ts';
import type { Platform } from '#src/core/platform.ts';
import type { Handle, Verdict } from '#src/core/queue.ts';
import type { Json } from '#src/core/request.ts';
import { bookUnknown } from './steps/book-unknown.ts';
import { deliver } from './steps/deliver.ts';
import { describe } from './steps/describe.ts';
import type { Painting } from './steps/draw-input.ts';
import { enhance, nameSubject } from './steps/enhance.ts';
import { film, isFilming } from './steps/film.ts';
import { invoke } from './steps/invoke.ts';
import { isForClip, isForPictures, type Job, type Tools } from './steps/job.ts';
import { plan, planClip } from './steps/plan.ts';
import { prepareImages } from './steps/prepare-images.ts';
import { readSettled, settle, settleClip } from './steps/settle.ts';
import { understand } from './steps/understand.ts';

export interface PipelineOptions {
  readonly ledger: Ledger;
  readonly platforms: readonly Platform[];
  readonly models: readonly Model[];
  readonly tools: Tools;
  readonly log: Log;
}

/** Beginnings without an orderly end (errors and crashes) after which a job is ended with a "sorry", and after which it is ended in silence. */
const ATTEMPTS_MAX = 5;
const ATTEMPTS_TO_SAY_SORRY_MAX = 8;
/** How much longer than a request waits to be made its answer waits to be shown: a platform may be away for a while, and the picture is paid for. */
const SHOWING_PATIENCE_MS = 24 * 60 * 60_000;

/** How much longer a clip is waited for that is in the making: it takes minutes, and is paid for. */
const FILMING_PATIENCE_MS = 60 * 60_000;

/** For a job that this worker cannot do. */
const NOT_HERE_WAIT_MS = 5000;

const DONE: Verdict = { kind: 'done' };

/** One job from its last fact to its end. Steps are done, wait or throw; what they throw is decided on here and nowhere else. */
export function createPipeline(options: PipelineOptions): Handle {
  const { ledger, log } = options;
  return async (id, signal) => {
    const journal = await ledger.open(id);
    if (journal === undefined || journal.answer !== undefined) return DONE;
    try {
      const job = jobOf(journal, signal, options);
      if (journal.attempt > ATTEMPTS_MAX) throw new Refusal('failed');
      const settled = (await readSettled(journal)) ?? (await answer(job));
      // From here on whoever cancels is told that it is too late; who was told yes until then has to be right.
      if (settled.kind !== 'refused') await checkWanted(job);
      await deliver(journal, job.platform, { ...options.tools, signal }, settled);
      log.info('answered', { id, attempt: journal.attempt });
      return DONE;
    } catch (error) {
      return decide(error, journal, signal, options);
    }
  };
}

async function answer(asked: Job): Promise<Answer> {
  await checkPatience(asked);
  await checkWanted(asked);
  await asked.tell('started');
  const job = await understand(asked);
  const prepared = await prepareImages(job);
  if (prepared.keys.length > 0) await job.tell('prepared');
  await checkWanted(job);
  if (job.request.task.kind === 'describe') return describe(job, prepared);
  const prompt = await enhance(job);
  const subject = await nameSubject(job);
  await job.tell('enhanced');
  await checkWanted(job);
  if (isForClip(job)) return answerWithClip(job, { prompt, subject, prepared });
  if (!isForPictures(job)) throw new TryLater('not-ready', NOT_HERE_WAIT_MS);
  const painting = { plan: await plan(job), prompt, subject, prepared };
  await job.tell('painting');
  const painted = await invoke(job, painting);
  await checkWanted(job);
  return settle(job, painting, painted);
}

async function answerWithClip(job: Job<VideoModel>, understood: Omit<Painting, 'plan'>): Promise<Answer> {
  const { cinema } = job.tools;
  if (cinema === undefined) throw new Refusal('clip-store');
  const painting = { ...understood, plan: await planClip(job, understood.prepared) };
  const filmed = await film(job, cinema, painting);
  await checkWanted(job);
  return settleClip(job, painting, filmed);
}

/** Before everything that is paid, and before the answer is shown. What was painted by then is in the books, and is shown to nobody. */
async function checkWanted({ journal }: Job): Promise<void> {
  if (await journal.isCancelled()) throw new Refusal('cancelled');
}

/** Nobody wants to pay for a picture that was asked for yesterday. What is already planned, or of a clip begun, may be paid for, and is finished. */
async function checkPatience({ journal, request, tools }: Job): Promise<void> {
  if (tools.now() <= request.notAfter) return;
  const isPaid = request.task.kind === 'video' ? await isFilming(journal) : (await journal.page('plan').read('pictures')) !== undefined;
  if (!isPaid) throw new Refusal('too-late');
}

async function decide(error: unknown, journal: Journal, signal: AbortSignal, options: PipelineOptions): Promise<Verdict> {
  const { log, tools } = options;
  const { id } = journal.request;
  if (error instanceof Refusal) return end(journal, error, signal, options);
  if (error instanceof TryLater) {
    if (error.reason === 'superseded') return DONE;
    const given = await giveUp(journal, tools.now() + error.waitMs);
    if (given !== undefined) return end(journal, new Refusal(given, {}, error), signal, options);
    await journal.postpone();
    const wait: Verdict = { kind: 'wait', waitMs: error.waitMs };
    return error.reason === 'throttled' ? { ...wait, because: 'throttled' } : wait;
  }
  if (signal.aborted) {
    await journal.postpone();
    return { kind: 'wait', waitMs: 0 };
  }
  log.warn('attempt-failed', { id, attempt: journal.attempt }, error);
  if (journal.attempt < ATTEMPTS_MAX) throw error;
  return end(journal, new Refusal('failed', {}, error), signal, options);
}

/** Why nothing is waited for any more, for somebody who would be back at that time; undefined while it is. */
async function giveUp(journal: Journal, backAt: number): Promise<'too-late' | 'clip-late' | undefined> {
  const { notAfter, task } = journal.request;
  if (backAt <= notAfter) return undefined;
  if ((await readSettled(journal)) !== undefined) return backAt > notAfter + SHOWING_PATIENCE_MS ? 'too-late' : undefined;
  if (task.kind !== 'video' || !(await isFilming(journal))) return 'too-late';
  return backAt > notAfter + FILMING_PATIENCE_MS ? 'clip-late' : undefined;
}

/** Ends the request without another try. A picture that was made but could not be shown stays the answer, unless nobody wants it; whatever was not made is explained. */
async function end(journal: Journal, refusal: Refusal, signal: AbortSignal, options: PipelineOptions): Promise<Verdict> {
  const { platforms, tools, log } = options;
  const { id, thread } = journal.request;
  const isUnwanted = refusal.code === 'cancelled';
  const settled = isUnwanted ? undefined : await readSettled(journal);
  // The service cannot be told to stop.
  const told = isUnwanted && (await isFilming(journal)) ? new Refusal('clip-cancelled', {}, refusal) : refusal;
  const last = settled ?? (await settleRefused(journal, told, options));
  const platform = platforms.find(({ name }) => name === thread.platform);
  log.info('ended', { id, code: refusal.code, attempt: journal.attempt });
  const isSilent = last.kind !== 'refused' || platform === undefined || journal.attempt > ATTEMPTS_TO_SAY_SORRY_MAX;
  if (isSilent) await journal.close(last);
  else await deliver(journal, platform, { ...tools, signal }, last);
  return DONE;
}

/** Fixes the no before anybody sees it: whoever comes after a death in between must neither say nor paint something else. */
async function settleRefused(journal: Journal, { code, details }: Refusal, { models, tools }: PipelineOptions): Promise<Answer> {
  await bookUnknown(
    journal,
    models.map(({ card }) => card),
    tools.questionMax,
  );
  const refused: Answer = { kind: 'refused', code, details, costMicros: await journal.spentMicros() };
  await journal.page('settle').write('answer', refused);
  return refused;
}

function jobOf(journal: Journal, signal: AbortSignal, { platforms, models, tools }: PipelineOptions): Job {
  const { request } = journal;
  const platform = platforms.find(({ name }) => name === request.thread.platform);
  const model = models.find(({ card }) => card.id === request.modelId);
  // A worker of an older or smaller installation: another one may know the platform or the model, so this is no answer yet.
  if (platform === undefined || model === undefined) throw new TryLater('not-ready', NOT_HERE_WAIT_MS);
  const tell = async (stage: Stage): Promise<void> => {
    const page = journal.page('progress');
    // A clip is looked for again and again, and nobody wants to hear each time how it began.
    if (request.task.kind === 'video' && !isFurther(stage, await page.read('stage'))) return;
    await page.write('stage', stage);
    await platform.deliver(request, { kind: 'progress', stage }, page);
  };
  return { journal, request, model, models, platform, tools, signal, tell };
}

const isFurther = (stage: Stage, told: Json | undefined): boolean => STAGES.indexOf(stage) > STAGES.findIndex((known) => known === told);
