import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cabinet } from '../core/cabinet.ts';
import { createConfirmations } from '../core/confirmations.ts';
import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';

const CLEAR_EVERY_MS = 60 * 60_000;

/** Throws away, now and every hour, the words of those who were told a price and never came back. */
export function startClearing(cabinet: Cabinet, log: Log): Stop {
  const confirmations = createConfirmations(cabinet, () => Date.now());
  return everyHour(async () => {
    try {
      await confirmations.clear();
    } catch (error) {
      // Whatever is away, what is too old counts for nothing, and a later look throws it away.
      log.warn('clearing-failed', {}, error);
    }
  });
}

/** The same for what processes that died have left: theirs is too young when the next one starts. */
export const startClearingWork = (folder: string, log: Log): Stop => everyHour(async () => clearWork(folder, log));

function everyHour(clear: () => Promise<void>): Stop {
  let running = clear();
  const timer = setInterval(() => {
    running = clear();
  }, CLEAR_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

const WORK_KEPT_MS = 24 * 60 * 60_000;

/** Throws away what a process that died left in a folder where files are worked on. What is younger may be another's, which is at it. */
export async function clearWork(folder: string, log: Log): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (Date.now() - (await stat(path)).mtimeMs > WORK_KEPT_MS) await rm(path, { recursive: true, force: true });
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) log.warn('clearing-failed', {}, error);
  }
}
