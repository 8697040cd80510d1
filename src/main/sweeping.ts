import type { Ledger } from '../core/ledger.ts';
import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';
import type { Queue } from '../core/queue.ts';
import { sweep } from '../core/sweeper.ts';

const EVERY_MS = 5000;
/** Longer than a job normally stays untouched; adding one that is still on the queue changes nothing. */
const UNTOUCHED_MS = 20_000;

/** Puts everything unfinished back on the queue, now and, what was not touched for a while, every few seconds. */
export function startSweeping(ledger: Ledger, queue: Queue, log: Log): Stop {
  const now = (): number => Date.now();
  const run = async (olderThanMs: number): Promise<void> => {
    try {
      const count = await sweep(ledger, queue, olderThanMs, now);
      if (count > 0) log.info('swept', { count });
    } catch (error) {
      // Whatever is away, the rows stay where they are and the next sweep finds them.
      log.warn('sweep-failed', {}, error);
    }
  };
  let running = run(0);
  const timer = setInterval(() => {
    running = running.then(async () => run(UNTOUCHED_MS));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
