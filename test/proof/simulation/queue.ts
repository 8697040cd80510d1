import { TryLater } from '#src/core/failure.ts';
import type { QueueEntry } from '#src/core/ledger.ts';
import type { Handle, Verdict } from '#src/core/queue.ts';
import { backoffMs } from '#src/queue/backoff.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import { hold, type Life } from './life.ts';
import type { Recorder, Wire } from './wire.ts';

/** What one run of a job is to the queue: the worker's lock on it. */
interface Lease {
  readonly life: Life;
  readonly job: Job;
  readonly controller: AbortController;
  /** What the queue's memory was called when its worker last said that it has the job. */
  memory: string;
  /** Somebody else has the job: nothing that this run says of it counts. */
  isLost: boolean;
  /** The handler has ended, and the queue may not have been told yet. */
  hasEnded: boolean;
}

interface Job {
  readonly id: string;
  readonly rank: number;
  /** Of equal ranks the lowest goes first. A job whose worker was lost goes before all. */
  order: number;
  threw: number;
  state: 'waiting' | 'delayed' | Lease;
}

interface Worker {
  readonly life: Life;
  readonly concurrency: number;
  readonly handle: Handle;
  readonly leases: Set<Lease>;
  isStopping: boolean;
}

export interface QueueOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly wire: Wire;
  readonly record: Recorder;
  /** A planted bug: the newest goes first. */
  readonly newestFirst?: boolean;
}

/** The queue as a model of what BullMQ does with locks, priorities, delays and stalled jobs. It may forget everything at any time. */
export interface QueueModel {
  add(entry: QueueEntry): void;
  /** Throws for a while after a flush. */
  memory(): string;
  flushes(): number;
  /** Whether those who hold jobs may not have said so yet. */
  isSettling(): boolean;
  waiting(): number;
  work(life: Life, concurrency: number, handle: Handle): void;
  /** Forgets every job, also those in work: their workers say that they have them at the next renewal. */
  flush(): void;
  /** Gives back what the worker holds: first in peace, then by aborting, then by taking it. Resolves when nothing is held. */
  stop(life: Life, graceMs: number): Promise<void>;
  /** A process died or froze: its locks run out unless it is back in time. */
  lapse(life: Life): void;
  /** A process thawed: it finds out which locks it has lost. */
  renew(life: Life): void;
}

/** A lock of 7 s, looked after every 2 s, must be seen free twice. */
const LAPSE_MS = { least: 5000, most: 11_000 };
const RENEWED_EVERY_MS = 2000;
/** The time that workers have for it before anything is put back. */
const RECLAIM_MS = 3000;
const ONCE_MORE_MS = 1000;
const SETTLE_MS = 1500;

export function createQueueModel(options: QueueOptions): QueueModel {
  const { clock, chance, wire, record } = options;
  const jobs = new Map<string, Job>();
  const workers: Worker[] = [];
  let order = 0;
  let flushes = 0;
  let flushedAt = -Infinity;
  const isSettling = (): boolean => clock.now() - flushedAt < RECLAIM_MS;
  const memory = (): string => `after ${flushes} flushes`;
  const leaseOf = (job: Job): Lease | undefined => (typeof job.state === 'string' ? undefined : job.state);

  function dispatch(): void {
    for (const worker of workers) {
      while (isReady(worker)) {
        const job = nextOf(jobs.values());
        if (job === undefined) return;
        take(worker, job);
      }
    }
  }

  function nextOf(all: Iterable<Job>): Job | undefined {
    let first: Job | undefined;
    const sign = options.newestFirst === true ? -1 : 1;
    for (const job of all) {
      if (job.state !== 'waiting') continue;
      if (first === undefined || sign * (job.rank - first.rank || job.order - first.order) < 0) first = job;
    }
    return first;
  }

  function take(worker: Worker, job: Job): void {
    const { life, leases } = worker;
    const lease: Lease = { life, job, controller: new AbortController(), memory: memory(), isLost: false, hasEnded: false };
    const earlier = [...leases].find((one) => one.job.id === job.id && !one.hasEnded);
    if (earlier?.isLost === true) return delay(job, ONCE_MORE_MS);
    if (earlier !== undefined) {
      // There is only one run of a job in a process: the one that is going on has it again.
      job.state = earlier;
      return;
    }
    job.state = lease;
    leases.add(lease);
    record({ kind: 'handed', id: job.id, rank: job.rank });
    const release = hold(life, job.id);
    clock.in(chance.between(0, 2), () =>
      life.whenAwake(
        () =>
          void run(worker, lease).finally(() => {
            release();
            leases.delete(lease);
            dispatch();
          }),
      ),
    );
  }

  async function run({ life, handle, leases }: Worker, lease: Lease): Promise<void> {
    const end = await handle(lease.job.id, lease.controller.signal).catch((error: unknown) => ({ kind: 'threw' as const, error }));
    lease.hasEnded = true;
    if (!leases.has(lease)) return;
    await wire
      .call({
        life,
        port: 'queue',
        method: end.kind,
        id: lease.job.id,
        effect: () => finish(lease, end.kind === 'threw' && lease.controller.signal.aborted ? { kind: 'wait', waitMs: 0 } : end),
        fails: unreachable,
      })
      // The queue was not told, or nobody knows: the lock runs out, and the job comes back.
      .catch(() => void clock.in(lapseMs(), () => giveBack(lease)));
  }

  function finish(lease: Lease, end: Verdict | { readonly kind: 'threw' }): void {
    const job = jobs.get(lease.job.id);
    if (lease.isLost || job?.state !== lease) return;
    if (end.kind === 'done') return void jobs.delete(lease.job.id);
    if (end.kind === 'wait') return delay(job, end.waitMs);
    job.threw += 1;
    delay(job, backoffMs(job.threw, chance.next));
  }

  function delay(job: Job, waitMs: number): void {
    job.state = 'delayed';
    clock.in(waitMs, () => {
      if (job.state !== 'delayed') return;
      job.state = 'waiting';
      dispatch();
    });
  }

  const lapseMs = (): number => chance.between(LAPSE_MS.least, LAPSE_MS.most);

  /** The lock is free, and nobody renewed it: the job waits again, before all others of its rank. */
  function giveBack(lease: Lease): void {
    const job = jobs.get(lease.job.id);
    if (job?.state !== lease) return;
    job.state = 'waiting';
    job.order = -1;
    dispatch();
  }

  /** At a renewal the worker says that it has the job: it is lost only if somebody else has it, or has ended it. */
  function renewSoon(lease: Lease): void {
    clock.in(chance.between(0, RENEWED_EVERY_MS), () => lease.life.whenAwake(() => reclaim(lease)));
  }

  function reclaim(lease: Lease): void {
    const job = jobs.get(lease.job.id);
    if (lease.hasEnded || lease.isLost || job?.state === lease) return;
    const isEnded = job === undefined && lease.memory === memory();
    if (isEnded || (job !== undefined && leaseOf(job) !== undefined)) {
      lease.isLost = true;
      lease.controller.abort(new TryLater('superseded', 0));
      return;
    }
    const own = job ?? { ...lease.job };
    own.state = lease;
    lease.memory = memory();
    jobs.set(own.id, own);
  }

  const leasesOf = (life: Life): Lease[] => workers.flatMap((worker) => (worker.life === life ? [...worker.leases] : []));

  return {
    add({ id, rank }) {
      if (jobs.has(id)) return;
      order += 1;
      jobs.set(id, { id, rank, order, threw: 0, state: 'waiting' });
      dispatch();
    },
    waiting: () => [...jobs.values()].filter((job) => leaseOf(job) === undefined).length,
    work(life, concurrency, handle) {
      workers.push({ life, concurrency, handle, leases: new Set(), isStopping: false });
      dispatch();
    },
    memory() {
      if (isSettling()) throw new TryLater('not-ready', 1000);
      return memory();
    },
    isSettling,
    flushes: () => flushes,
    flush() {
      jobs.clear();
      flushes += 1;
      flushedAt = clock.now();
      record({ kind: 'flushed' });
      for (const { leases } of workers) for (const lease of leases) renewSoon(lease);
    },
    async stop(life, graceMs) {
      for (const worker of workers) if (worker.life === life) worker.isStopping = true;
      clock.in(graceMs, () => {
        for (const { controller } of leasesOf(life)) controller.abort(new TryLater('stopping', 0));
      });
      await new Promise<void>((resolve) => void clock.in(graceMs + SETTLE_MS, () => life.whenAwake(resolve)));
      for (const lease of leasesOf(life)) giveBack(lease);
    },
    lapse(life) {
      for (const lease of leasesOf(life)) {
        clock.in(lapseMs(), () => {
          if (!life.isAlive() || life.isFrozen()) giveBack(lease);
        });
      }
    },
    renew(life) {
      for (const lease of leasesOf(life)) renewSoon(lease);
      dispatch();
    },
  };
}

const isReady = ({ life, leases, concurrency, isStopping }: Worker): boolean =>
  !isStopping && life.isAlive() && !life.isFrozen() && leases.size < concurrency;

const unreachable = (): Error => new TryLater('unreachable', 1000);
