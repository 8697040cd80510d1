import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import type { Handle } from '#src/core/queue.ts';
import { faster, fullPace, slower, type Pace } from './adapt.ts';
import { backoffMs } from './backoff.ts';
import { createProcessor, type End, type Pacer } from './bullmq-job.ts';
import { createHolds, type Holds } from './holds.ts';
import { reclaim } from './reclaim.ts';
import { openRedis, type Link, type RedisAddress } from './redis.ts';

export interface WorkerOptions {
  readonly connection: RedisAddress;
  readonly name: string;
  readonly concurrency: number;
  readonly graceMs: number;
  readonly log: Log;
  readonly link: Link;
}

/**
 * Work lost to a kill is back after at most the lock and two looks, 11 s; a worker that is merely slow has 5 s between renewals to spare.
 * The ledger decides about jobs that kill their workers, so BullMQ never may.
 */
const LOCKS = { lockDuration: 7000, lockRenewTime: 2000, stalledInterval: 2000, maxStalledCount: Number.MAX_SAFE_INTEGER };
/** `true` instead of an object makes BullMQ's scripts fail. */
const NOT_KEPT = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
/** How long an idle worker sleeps at most when nothing wakes it. */
const SLEEP_SECONDS = 2;
const RETRY_FETCH_MS = 1000;
/** Longer than the longest blocking read, 10 s. */
const SILENCE_MAX_MS = 15_000;
const ERRORS_EVERY_MS = 10_000;
/** After their signals have aborted, jobs have this long to end by themselves. */
const SETTLE_MS = 1500;
/** How long Redis has, twice, to be told how jobs ended. */
const FAREWELL_MS = 1000;

/** Takes jobs until the returned function is called. Does not wait for Redis: a worker whose Redis is away begins when it is back. */
export function startWorker(options: WorkerOptions, handle: Handle): Stop {
  const { connection, name, concurrency, graceMs, log, link } = options;
  let open = true;
  const settings = { maxRetriesPerRequest: null, socketTimeout: SILENCE_MAX_MS };
  const client = openRedis({ address: connection, link, isWanted: () => open, settings });
  const holds = createHolds<End>();
  const pacer = createPacer(concurrency, log, (limit) => {
    worker.concurrency = limit;
  });
  const worker: Worker = new Worker(name, createProcessor({ holds, handle, pacer, log }), {
    connection: client,
    concurrency,
    autorun: false,
    drainDelay: SLEEP_SECONDS,
    runRetryDelay: RETRY_FETCH_MS,
    settings: { backoffStrategy: (times) => backoffMs(times) },
    ...LOCKS,
    ...NOT_KEPT,
  });
  const keep = createKeeper(worker, client, holds, log);
  // Also for the first time: what Redis remembers has a name, and later on another one.
  client.on('ready', keep);
  worker.on('lockRenewalFailed', keep);
  report(worker, log, link);
  // What ends the loop is an 'error' event too, and reported as that.
  const loop = worker.run().catch(() => {});

  const stop = async (): Promise<void> => {
    await worker.pause(true);
    // Wakes an idle worker, which would otherwise sleep on before it sees that it is to stop.
    const woken = worker.getBackend().disconnectBlocking(false);
    woken.catch(() => {});
    await holds.drain(graceMs, SETTLE_MS);
    await withinDeadline(loop, FAREWELL_MS);
    open = false;
    await withinDeadline(worker.close(true), FAREWELL_MS);
    client.disconnect();
  };
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}

/** Keeps the pace, and tells the log when it falls from the full one and when that is reached again. */
function createPacer(most: number, log: Log, setLimit: (limit: number) => void): Pacer {
  let pace = fullPace(most);
  const change = (next: Pace): void => {
    if (pace.limit === most && next.limit < most) log.warn('pace-slower', { atOnce: next.limit });
    if (pace.limit < most && next.limit === most) log.info('pace-full', { atOnce: most });
    pace = next;
    setLimit(pace.limit);
  };
  return {
    done: () => change(faster(pace, most)),
    throttled(others) {
      change(slower(pace, others));
      return pace.restMs;
    },
  };
}

/**
 * Whatever happened to Redis, what this worker has in hand stays its own: a picture on its way is paid for, and whoever took the job as well would pay
 * once more. Only what somebody else has taken meanwhile is lost, and what that one has ended.
 */
function createKeeper(worker: Worker, client: Redis, holds: Holds<End>, log: Log): () => void {
  const options = { client, keyOf: (name: string) => worker.toKey(name), lockMs: LOCKS.lockDuration };
  let memory = '';
  const keep = async (): Promise<void> => {
    const reclaimed = await reclaim(options, holds.claims(), memory);
    memory = reclaimed.memory;
    for (const claim of reclaimed.lost) {
      log.warn('job-lost', { id: claim.id });
      holds.lose(claim);
    }
  };
  let keeping = Promise.resolve();
  return () => {
    // A connection that breaks meanwhile is asked again when it is back.
    keeping = keeping.then(keep).catch(() => {});
  };
}

function report(worker: Worker, log: Log, link: Link): void {
  let quietUntil = 0;
  worker.on('error', (error) => {
    // While Redis is away every command fails, and the log knows why. A lock that could not be renewed has an event of its own.
    if (link.isDown() || Date.now() < quietUntil || error.message.startsWith('could not renew lock')) return;
    quietUntil = Date.now() + ERRORS_EVERY_MS;
    log.warn('queue-error', {}, error);
  });
  worker.on('stalled', (id) => log.warn('job-stalled', { id }));
}
