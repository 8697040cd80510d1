import { open, type FileHandle } from 'node:fs/promises';

/** Brings to the disk what others have written to a file. */
export interface Flusher {
  /**
   * Resolves when all that was written before the call is on the disk. Whoever asks during a flush shares the next one. Once it has failed it fails for
   * ever: the system tells of lost bytes only once, and what is written behind them would be lost with them.
   */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The file is opened when it is first flushed; it has to be there by then. */
export function createFlusher(path: string, openFile: (path: string) => Promise<Syncable> = openToFlush): Flusher {
  let file: Promise<Syncable> | undefined;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const flushAfter = async (before: Promise<void>): Promise<void> => {
    await before;
    // What is written from here on is for the next one.
    next = undefined;
    file ??= openFile(path);
    await (await file).datasync();
  };
  return {
    flush() {
      if (next === undefined) {
        next = flushAfter(running);
        running = next;
      }
      return next;
    },
    async close() {
      await running.catch(() => {});
      await (await file)?.close();
      file = undefined;
    },
  };
}

type Syncable = Pick<FileHandle, 'datasync' | 'close'>;

/** Windows flushes only what may be written. */
const openToFlush = async (path: string): Promise<Syncable> => open(path, 'r+');
