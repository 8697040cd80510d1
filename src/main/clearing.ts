import type { Cabinet } from '../core/cabinet.ts';
import { createConfirmations } from '../core/confirmations.ts';
import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';

const CLEAR_EVERY_MS = 60 * 60_000;

/** Throws away, now and every hour, the words of those who were told a price and never came back. */
export function startClearing(cabinet: Cabinet, log: Log): Stop {
  const confirmations = createConfirmations(cabinet, () => Date.now());
  const clear = async (): Promise<void> => {
    try {
      await confirmations.clear();
    } catch (error) {
      // Whatever is away, what is too old counts for nothing, and a later look throws it away.
      log.warn('clearing-failed', {}, error);
    }
  };
  let running = clear();
  const timer = setInterval(() => {
    running = clear();
  }, CLEAR_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
