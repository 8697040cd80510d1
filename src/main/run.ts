import type { Log } from '../core/log.ts';
import type { Stop } from '../core/platform.ts';

/**
 * When something is closed. `first`: what lets work in or does it, all side by side, since each takes its time. `last`: what everybody else may
 * still write to. Between them everything goes in the opposite order of its opening.
 */
export type ClosingTime = 'first' | 'between' | 'last';

/** What a program has opened, to be closed in a sound order. */
export interface Opened {
  readonly log: Log;
  /** Adds something to close. */
  defer(stop: Stop, when?: ClosingTime): void;
  /** Closes everything. However often it is called, there is one closing, and every caller waits for its end. */
  close(): Promise<void>;
}

/** The longest an orderly stop may take before the process goes anyway: the ledger puts back what was left. */
const STOP_MS = 30_000;

/** Collects what is opened, so that a start that fails half way closes what it had. */
export function createOpened(log: Log): Opened {
  const stops: Record<ClosingTime, Stop[]> = { first: [], between: [], last: [] };
  const end = async (stop: Stop): Promise<void> => {
    try {
      await stop();
    } catch (error) {
      // What is still open must be closed all the same.
      log.warn('stop-failed', {}, error);
    }
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(stops.first.splice(0).map(end));
    for (const when of ['between', 'last'] as const)
      for (let stop = stops[when].pop(); stop !== undefined; stop = stops[when].pop()) await end(stop);
  };
  let closing: Promise<void> | undefined;
  return {
    log,
    defer: (stop, when = 'between') => void stops[when].push(stop),
    close: async () => (closing ??= closeAll()),
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
export function crashWhenMissed(log: Log, tell: (error: unknown) => void = () => {}): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('crash', { event }, error);
      tell(error);
      process.exit(1);
    });
  }
}
