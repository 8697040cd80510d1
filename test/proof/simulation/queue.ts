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
  readonly id: string;
  readonly controller: AbortController;
  /** The lock ran out, or the queue was flushed: nothing that this run says of the job counts. */
  isLost: boolean;
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
  waiting(): number;
  work(life: Life, concurrency: number, handle: Handle): void;
  /** Loses every job, also from under the workers that hold one. */
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
const ONCE_MORE_MS = 1000;
const SETTLE_MS = 1500;

export function createQueueModel(options: QueueOptions): QueueModel {
  const { clock, chance, wire, record } = options;
  const jobs = new Map<string, Job>();
  const workers: Worker[] = [];
  let order = 0;
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
    const lease: Lease = { life, id: job.id, controller: new AbortController(), isLost: false };
    const earlier = [...leases].find(({ id }) => id === job.id);
    if (earlier !== undefined) {
      // Two runs of one job in one process would be taken for each other: the earlier is given up, and this one comes back later.
      lose(earlier, 0);
      return delay(job, ONCE_MORE_MS);
    }
    job.state = lease;
    leases.add(lease);
    record({ kind: 'handed', id: job.id });
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
    const end = await handle(lease.id, lease.controller.signal).catch((error: unknown) => ({ kind: 'threw' as const, error }));
    if (!leases.has(lease)) return;
    await wire
      .call({
        life,
        port: 'queue',
        method: end.kind,
        id: lease.id,
        effect: () => finish(lease, end.kind === 'threw' && lease.controller.signal.aborted ? { kind: 'wait', waitMs: 0 } : end),
        fails: unreachable,
      })
      // The queue was not told, or nobody knows: the lock runs out, and the job comes back.
      .catch(() => void clock.in(lapseMs(), () => giveBack(lease)));
  }

  function finish(lease: Lease, end: Verdict | { readonly kind: 'threw' }): void {
    const job = jobs.get(lease.id);
    if (lease.isLost || job?.state !== lease) return;
    if (end.kind === 'done') return void jobs.delete(lease.id);
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
    const job = jobs.get(lease.id);
    if (job?.state !== lease) return;
    lease.isLost = true;
    job.state = 'waiting';
    job.order = -1;
    dispatch();
  }

  /** The worker learns at its next renewal that the job is not its any more. */
  function lose(lease: Lease, inMs: number): void {
    lease.isLost = true;
    clock.in(inMs, () => lease.life.whenAwake(() => lease.controller.abort(new TryLater('superseded', 0))));
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
    flush() {
      const leases = [...jobs.values()].flatMap((job) => leaseOf(job) ?? []);
      jobs.clear();
      record({ kind: 'lost', ids: leases.map(({ id }) => id) });
      for (const lease of leases) lose(lease, chance.between(0, RENEWED_EVERY_MS));
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
      for (const lease of leasesOf(life)) if (lease.isLost) lose(lease, chance.between(0, RENEWED_EVERY_MS));
      dispatch();
    },
  };
}

const isReady = ({ life, leases, concurrency, isStopping }: Worker): boolean =>
  !isStopping && life.isAlive() && !life.isFrozen() && leases.size < concurrency;

const unreachable = (): Error => new TryLater('unreachable', 1000);
