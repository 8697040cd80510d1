import { DelayedError, WaitingError, type Job } from 'bullmq';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import type { Handle, Verdict } from '#src/core/queue.ts';
import type { Hold, Holds } from './holds.ts';

export interface ProcessorOptions {
  readonly holds: Holds;
  readonly handle: Handle;
  readonly pacer: Pacer;
  readonly log: Log;
}

/** How a run ended: by a verdict, by an error, or by being taken from a handler that did not end. */
type End = Verdict | { readonly kind: 'threw'; readonly error: unknown } | { readonly kind: 'abandoned' };

const WAIT_MAX_MS = 24 * 60 * 60_000;
/** How long a job stays away whose earlier, lost run has not ended here yet. */
const ONCE_MORE_MS = 1000;

/** Told how jobs end, it decides how many there are at once. */
export interface Pacer {
  readonly done: () => void;
  /** A service had enough while this worker held so many other jobs. Answers how long the slot is to stay empty. */
  readonly throttled: (others: number) => number;
}

/** Translates between BullMQ's jobs and the port's handler. */
export function createProcessor({ holds, handle, pacer, log }: ProcessorOptions): (job: Job, token?: string) => Promise<void> {
  return async (job, token) => {
    const id = job.id ?? '';
    const hold = holds.take(id);
    if (hold === undefined) return putBack(job, token, ONCE_MORE_MS);
    try {
      const end = await Promise.race([run(handle, id, hold.signal), hold.abandoned.then((): End => ({ kind: 'abandoned' }))]);
      const restedMs = end.kind === 'wait' && end.because === 'throttled' ? await rest(hold, pacer.throttled(holds.count() - 1)) : 0;
      // Another worker's by now: nothing this one says of it counts.
      if (hold.isLost()) throw new WaitingError();
      if (end.kind === 'done') return pacer.done();
      if (end.kind === 'wait') return await putBack(job, token, end.waitMs - restedMs);
      if (end.kind === 'abandoned' || hold.signal.aborted) return await putBack(job, token, 0);
      log.warn('job-threw', { id, times: job.attemptsMade + 1 }, end.error);
      // BullMQ keeps the message in Redis, and an error's own may quote a prompt.
      throw new Error('the handler threw');
    } finally {
      hold.release();
    }
  };
}

async function run(handle: Handle, id: string, signal: AbortSignal): Promise<End> {
  try {
    return await handle(id, signal);
  } catch (error) {
    return { kind: 'threw', error };
  }
}

/** A job that nobody has room for keeps its slot for a while, as what would come in its place fares no better. Resolves with the time it took, in ms. */
async function rest(hold: Hold, restMs: number): Promise<number> {
  const startedAt = performance.now();
  await withinDeadline(hold.stopping, restMs);
  return performance.now() - startedAt;
}

/** Counts as no attempt, keeps the priority, and wakes a sleeping worker when it is due, which BullMQ's own way back to waiting does not. */
async function putBack(job: Job, token: string | undefined, waitMs: number): Promise<never> {
  const boundedMs = Math.min(Math.max(0, waitMs), WAIT_MAX_MS);
  await job.moveToDelayed(Date.now() + boundedMs, token);
  throw new DelayedError();
}
