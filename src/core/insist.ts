import { withinDeadline } from './deadline.ts';
import { Refusal, TryLater } from './failure.ts';

const FIRST_MS = 250;
const MAX_MS = 5000;

/**
 * Repeats what must not be given up lightly, such as keeping what was paid for, until it is done: while `signal` allows, and for about `limitMs`.
 * The work has to be safe to repeat, with `again` true. A Refusal and a TryLater are answers and end it, as does the last error.
 */
export async function insist<Result>(work: (again: boolean) => Promise<Result>, signal: AbortSignal, limitMs: number): Promise<Result> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let waitedMs = 0;
    for (let waitMs = FIRST_MS; ; waitMs = Math.min(waitMs * 2, MAX_MS)) {
      try {
        return await work(waitedMs > 0);
      } catch (error) {
        if (error instanceof Refusal || error instanceof TryLater || signal.aborted || waitedMs >= limitMs) throw error;
      }
      await withinDeadline(aborted, waitMs);
      waitedMs += waitMs;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
