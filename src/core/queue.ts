import type { QueueEntry } from './ledger.ts';
import type { Stop } from './platform.ts';

/**
 * What a worker says of a job it was handed: it is over, or it is to come back. An error thrown brings it back after a growing pause.
 * `because` tells the queue that a service had enough, so that it hands out fewer jobs at once until some are done.
 */
export type Verdict = { readonly kind: 'done' } | { readonly kind: 'wait'; readonly waitMs: number; readonly because?: 'throttled' };

/** `signal` aborts when the job was lost to another worker or the process is stopping. */
export type Handle = (id: string, signal: AbortSignal) => Promise<Verdict>;

/** Hands ids to workers, the person with the fewest waiting first. It carries no facts and no bytes and may forget: the ledger refills it. */
export interface Queue {
  /** Jobs that wait or are delayed. */
  waiting(): Promise<number>;
  /** Adding an id that is there changes nothing. Settles within its own deadline; a failure means "unknown", and adding again is safe. */
  add(entry: QueueEntry): Promise<void>;
  /** Takes jobs until stopped. Stopping aborts nothing for the grace period, then aborts and hands back what is left. */
  work(handle: Handle): Promise<Stop>;
}

/** A queue that says when it has to be told everything once more. */
export interface RefillableQueue extends Queue {
  /**
   * A name for what the queue remembers: another one than before says that it has forgotten everything in between. Rejects as `add` does, and with
   * TryLater `not-ready` for a few seconds after it has forgotten: first those who hold jobs say so, since what is added before is begun twice.
   */
  memory(): Promise<string>;
}
