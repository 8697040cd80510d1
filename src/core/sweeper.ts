import { TryLater } from './failure.ts';
import { UNQUEUED_MAX, type Ledger } from './ledger.ts';
import type { RefillableQueue } from './queue.ts';

export interface SweeperOptions {
  readonly ledger: Ledger;
  readonly queue: Pick<RefillableQueue, 'add' | 'memory'>;
  readonly now: () => number;
}

/** How often what nobody has touched is looked for. */
const EVERY_MS = 5000;
/** Longer than a job normally stays untouched; adding one that is still on the queue changes nothing. */
const UNTOUCHED_MS = 20_000;

/**
 * Keeps the queue filled with what the ledger has. Each call is one look, to be made every second or so: everything unfinished is put back when the
 * queue has forgotten, or could not be reached and therefore may miss something; else, every few seconds, what was not touched for a while.
 * Adding what is there already changes nothing. Returns how many were put back; throws where the ledger or the queue does, and goes on next time.
 */
export function createSweeper({ ledger, queue, now }: SweeperOptions): () => Promise<number> {
  let filled: string | undefined;
  let sweptAt = -Infinity;

  async function memoryOfQueue(): Promise<string | undefined> {
    try {
      return await queue.memory();
    } catch (error) {
      filled = undefined;
      if (error instanceof TryLater && error.reason === 'not-ready') return undefined;
      throw error;
    }
  }

  return async () => {
    const memory = await memoryOfQueue();
    const isForgotten = memory !== filled;
    if (memory === undefined || (!isForgotten && now() - sweptAt < EVERY_MS)) return 0;
    sweptAt = now();
    return putBack(memory, isForgotten ? 0 : UNTOUCHED_MS);
  };

  async function putBack(memory: string, olderThanMs: number): Promise<number> {
    const startedAt = now();
    let count = 0;
    for (;;) {
      // Measured from the start of the sweep, so that what it has just put back is not old again.
      const entries = await ledger.unqueued(olderThanMs + (now() - startedAt));
      // The ledger may have taken its time.
      if (entries.length > 0 && (await memoryOfQueue()) !== memory) return count;
      for (const entry of entries) await queue.add(entry);
      count += entries.length;
      if (entries.length < UNQUEUED_MAX) break;
    }
    filled = memory;
    return count;
  }
}
