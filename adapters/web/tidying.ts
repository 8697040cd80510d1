import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import { WEB_LIMITS } from './config.ts';

/** Throws away, now and a few times a day, what nobody will come back for. Nobody waits for it, and what could not be done is done the next time. */
export function startTidying(works: readonly (() => Promise<void>)[], log: Log): Stop {
  const tidy = async (): Promise<void> => {
    for (const work of works) await work().catch((error: unknown) => log.warn('tidy-failed', {}, error));
  };
  let tidying = tidy();
  const timer = setInterval(() => {
    tidying = tidying.then(tidy);
  }, WEB_LIMITS.tidyMs);
  return async () => {
    clearInterval(timer);
    // Whatever is away, nobody who stops the page waits for it long.
    await withinDeadline(tidying, WEB_LIMITS.letGoMs);
  };
}
