import { DatabaseSync } from 'node:sqlite';

export interface Lock {
  readonly release: () => void;
}

/** SQLite's "database is locked". */
const BUSY = 5;

/**
 * Takes the lock on a file, or answers undefined at once when another process or another caller has it.
 * It is SQLite's lock on an empty database, which the system takes back from a process that has died, however it died.
 */
export function tryLock(path: string): Lock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  const release = (): void => {
    process.off('exit', release);
    database.close();
  };
  // The process refers to it, because a database that nobody refers to is collected, and its lock given back, while the holder goes on.
  process.on('exit', release);
  return { release };
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === BUSY;
