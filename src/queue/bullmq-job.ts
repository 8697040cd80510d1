import { DelayedError, WaitingError, type Job } from 'bullmq';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import type { Handle, Verdict } from '#src/core/queue.ts';
import type { Hold, Holds } from './holds.ts';
import type { Claim } from './reclaim.ts';

export interface ProcessorOptions {
  readonly holds: Holds<End>;
  readonly handle: Handle;
  readonly pacer: Pacer;
  readonly log: Log;
}

/** How a run ended: by a verdict, which is its handler's or that of whoever took the job from it, or by an error. */
export type End = Verdict | { readonly kind: 'threw'; readonly error: unknown };

const WAIT_MAX_MS = 24 * 60 * 60_000;
/** How long a job stays away that came when the worker was about to stop. */
const ONCE_MORE_MS = 1000;
const AT_ONCE: End = { kind: 'wait', waitMs: 0 };

/** Told how jobs end, it decides how many there are at once. */
export interface Pacer {
  readonly done: () => void;
  /** A service had enough while this worker held so many other jobs. Answers how long the slot is to stay empty. */
  readonly throttled: (others: number) => number;
}

/** Translates between BullMQ's jobs and the port's handler. */
export function createProcessor({ holds, handle, pacer, log }: ProcessorOptions): (job: Job, token?: string) => Promise<void> {
  const work = async (hold: Hold, id: string): Promise<End> => {
    const end = await Promise.race([run(handle, id, hold.signal), hold.abandoned.then(() => AT_ONCE)]);
    if (end.kind === 'threw' && hold.signal.aborted) return AT_ONCE;
    if (end.kind !== 'wait' || end.because !== 'throttled') return end;
    const restedMs = await rest(hold, pacer.throttled(holds.count() - 1));
    return { kind: 'wait', waitMs: end.waitMs - restedMs };
  };
  return async (job, token = '') => {
    const id = job.id ?? '';
    if (holds.isStopping()) return putBack(job, token, ONCE_MORE_MS);
    const end = await holds.run(claimOf(job, token), async (hold) => work(hold, id));
    // Another worker's by now, or told by another run: nothing that is said of it here counts.
    if (end === undefined) throw new WaitingError();
    if (end.kind === 'done') return pacer.done();
    if (end.kind === 'wait') return putBack(job, token, end.waitMs);
    log.warn('job-threw', { id, times: job.attemptsMade + 1 }, end.error);
    // BullMQ keeps the message in Redis, and an error's own may quote a prompt.
    throw new Error('the handler threw');
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
async function putBack(job: Job, token: string, waitMs: number): Promise<never> {
  const boundedMs = Math.min(Math.max(0, waitMs), WAIT_MAX_MS);
  await job.moveToDelayed(Date.now() + boundedMs, token);
  throw new DelayedError();
}

function claimOf({ id = '', opts, priority, timestamp }: Job, token: string): Claim {
  return { id, token, options: JSON.stringify(opts), priority, timestamp };
}
