import { UNQUEUED_MAX, type Ledger } from './ledger.ts';
import type { Queue } from './queue.ts';

/**
 * Puts unfinished requests back on the queue: those whose enqueueing failed, and those a flushed or restarted queue forgot.
 * Adding what is there already changes nothing. Returns how many were put back; throws where the ledger or the queue does, and goes on next time.
 */
export async function sweep(ledger: Ledger, queue: Queue, olderThanMs: number, now: () => number): Promise<number> {
  const startedAt = now();
  let count = 0;
  for (;;) {
    // Measured from the start of the sweep, so that what it has just put back is not old again.
    const entries = await ledger.unqueued(olderThanMs + (now() - startedAt));
    for (const entry of entries) await queue.add(entry);
    count += entries.length;
    if (entries.length < UNQUEUED_MAX) return count;
  }
}
