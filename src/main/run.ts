import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';

/** What a program has opened, to be closed in the opposite order. */
export interface Opened {
  readonly log: Log;
  /** Adds something to close. */
  defer(stop: Stop): void;
  /** Closes everything; a second call does nothing. */
  close(): Promise<void>;
}

/** The longest an orderly stop may take before the process goes anyway: the ledger puts back what was left. */
const STOP_MS = 30_000;

/** Collects what is opened, so that a start that fails half way closes what it had. */
export function createOpened(log: Log): Opened {
  const stops: Stop[] = [];
  return {
    log,
    defer: (stop) => void stops.push(stop),
    close: async () => {
      for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
        try {
          await stop();
        } catch (error) {
          // What is still open must be closed all the same.
          log.warn('stop-failed', {}, error);
        }
      }
    },
  };
}

/** Closes on SIGINT and SIGTERM, within the time that whoever stops the process allows. */
export function stopOnSignals(opened: Opened): void {
  const { log } = opened;
  const leave = (signal: string): void => {
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void opened.close().then(() => process.exit(0));
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
}

/** Ends the process when an error reached nobody: a program in an unknown state is worse than one started anew. */
export function crashWhenMissed(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('crash', { event }, error);
      process.exit(1);
    });
  }
}
