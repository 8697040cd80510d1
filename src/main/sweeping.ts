import type { Ledger } from '../core/ledger.ts';
import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';
import type { RefillableQueue } from '../core/queue.ts';
import { createSweeper } from '../core/sweeper.ts';

const LOOK_EVERY_MS = 1000;

/** Puts everything unfinished back on the queue: now, whenever the queue has forgotten it, and, what was not touched for a while, every few seconds. */
export function startSweeping(ledger: Ledger, queue: RefillableQueue, log: Log): Stop {
  const look = createSweeper({ ledger, queue, now: () => Date.now() });
  let isFailing = false;
  const run = async (): Promise<void> => {
    try {
      const count = await look();
      isFailing = false;
      if (count > 0) log.info('swept', { count });
    } catch (error) {
      // Whatever is away, the rows stay where they are and a later look finds them.
      if (!isFailing) log.warn('sweep-failed', {}, error);
      isFailing = true;
    }
  };
  let running: Promise<void> | undefined;
  const start = (): void => {
    running ??= run().finally(() => {
      running = undefined;
    });
  };
  start();
  const timer = setInterval(start, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
