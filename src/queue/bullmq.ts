import { once } from 'node:events';
import { Queue as Producer } from 'bullmq';
import type { Redis } from 'ioredis';
import { withinDeadline } from '#src/core/deadline.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import type { RefillableQueue } from '#src/core/queue.ts';
import { startWorker } from './bullmq-worker.ts';
import { reclaim } from './reclaim.ts';
import { createLink, openRedis, type Link, type RedisAddress } from './redis.ts';

export interface BullQueueOptions {
  readonly connection: RedisAddress;
  /** Queues of different names on one Redis know nothing of each other. */
  readonly name?: string;
  /** How many jobs each worker of this process holds at a time. */
  readonly concurrency: number;
  /** How long a stopping worker lets its jobs go on. Stopping takes at most 4 s longer. */
  readonly graceMs?: number;
  /** How long workers have to say what they hold after Redis has forgotten it. 0: no other process works with this Redis. */
  readonly settleMs?: number;
  readonly log: Log;
}

export interface BullQueue extends RefillableQueue {
  /** Whether Redis answers, within the deadline of `add`. Never throws. */
  check(): Promise<boolean>;
  /** Stops the workers that are still at work, then lets go of Redis. */
  close(): Promise<void>;
}

const QUEUE_NAME = 'hoami';
/** An adapter must acknowledge within three seconds, and the ledger has its share of them. */
const DEADLINE_MS = 800;
/** A Redis that has not answered a command for so long has its connection replaced. */
const SILENCE_MAX_MS = 5000;
const GRACE_MS = 25_000;
const RETRY_AFTER_MS = 1000;
/** A worker says what it holds within the time between two renewals of its locks, or within the longest pause between two tries to connect. */
const SETTLE_MS = 3000;
/** BullMQ's own limit; lower goes first, and 0 would overtake everybody. */
const PRIORITY_MAX = 2 ** 21;
/** The ledger counts the attempts and ends the job; the queue must not give up before it. */
const ATTEMPTS = Number.MAX_SAFE_INTEGER;
/** Nobody reads BullMQ's event stream. */
const EVENTS_KEPT = 100;

/**
 * The queue port on BullMQ. Nothing here throws or waits because Redis is away, was never there, is frozen or has forgotten everything:
 * calls reject with TryLater `unreachable` within their deadline, workers wait and go on.
 */
export function createBullQueue(options: BullQueueOptions): BullQueue {
  const { connection, name = QUEUE_NAME, concurrency, graceMs = GRACE_MS, settleMs = SETTLE_MS, log } = options;
  const link = createLink(log);
  const stops = new Set<Stop>();
  let open = true;
  const client = openProducerClient(connection, link, () => open);
  const producer = new Producer(name, { connection: client, skipVersionCheck: true, streams: { events: { maxLen: EVENTS_KEPT } } });
  // The link has told the log already.
  producer.on('error', () => {});

  return {
    async waiting() {
      const counts = await ask(client, () => producer.getJobCounts('wait', 'prioritized', 'delayed'));
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async add({ id, rank }) {
      await ask(client, () => producer.add('request', {}, jobOptions(id, rank)));
    },
    async memory() {
      const reclaiming = { client, keyOf: (key: string) => producer.toKey(key), lockMs: 0 };
      const { memory, ageMs } = await ask(client, () => reclaim(reclaiming, [], ''));
      if (ageMs < settleMs) throw new TryLater('not-ready', settleMs - ageMs);
      return memory;
    },
    async work(handle) {
      const stop = startWorker({ connection, name, concurrency, graceMs, log, link }, handle);
      stops.add(stop);
      return async () => {
        await stop();
        stops.delete(stop);
      };
    },
    check: () =>
      ask(client, () => client.ping()).then(
        () => true,
        () => false,
      ),
    async close() {
      await Promise.all([...stops].map((stop) => stop()));
      open = false;
      await withinDeadline(producer.close(), DEADLINE_MS);
      client.disconnect();
    },
  };
}

function openProducerClient(address: RedisAddress, link: Link, isWanted: () => boolean): Redis {
  // A command that cannot be sent now fails now: memory holds nothing for a Redis that is away.
  const settings = { enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: SILENCE_MAX_MS };
  const client = openRedis({ address, link, isWanted, settings });
  // As many callers may wait for the connection as ask at the same time.
  return client.setMaxListeners(Infinity);
}

/** A call that is late may still be carried out: for whoever asked it has failed, which means "unknown". */
async function ask<Answer>(client: Redis, call: () => Promise<Answer>): Promise<Answer> {
  const outcome = await withinDeadline(whenReady(client).then(call), DEADLINE_MS);
  if (outcome.kind === 'done') return outcome.value;
  throw new TryLater('unreachable', RETRY_AFTER_MS, outcome.kind === 'failed' ? outcome.error : undefined);
}

/** BullMQ waits for the first connection without end, so it is called only when there is one. */
async function whenReady(client: Redis): Promise<void> {
  if (client.status !== 'ready') await once(client, 'ready', { signal: AbortSignal.timeout(DEADLINE_MS) });
}

/** Nothing of a job stays in Redis when it is over, so an id that is put back runs again: what was done already is the ledger's to know. */
function jobOptions(id: string, rank: number) {
  return {
    jobId: id,
    priority: Math.min(rank + 1, PRIORITY_MAX),
    attempts: ATTEMPTS,
    backoff: { type: 'custom' },
    stackTraceLimit: 0,
  };
}
