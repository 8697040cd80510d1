import { DatabaseSync } from 'node:sqlite';

export interface Lock {
  release(): void;
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
  return { release: () => database.close() };
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === BUSY;
