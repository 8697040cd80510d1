import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or rejects at once when the sandbox is stopped. */
export type Pause = (waitMs: number) => Promise<void>;

export const createPause =
  (stopping: AbortSignal): Pause =>
  async (waitMs) => {
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: stopping });
  };
