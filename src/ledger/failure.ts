import { Refusal } from '#src/core/failure.ts';

const SQLITE_FULL = 13;
const POSTGRES_DISK_FULL = '53100';

/** Everything the ledger does for others goes through here: a full disk becomes a refusal, every other error stays what it is. */
export async function refusingWhenFull<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw isDiskFull(error) ? new Refusal('storage-full', {}, error) : error;
  }
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('errcode' in error && error.errcode === SQLITE_FULL) || ('code' in error && error.code === POSTGRES_DISK_FULL);
}

const SQLITE_OF_ONE_ROW = [18, 19, 20];
const POSTGRES_OF_ONE_ROW = /^(?:22|23|54)/;

/**
 * Whether it is the row that cannot be kept: a value that is none, a rule that it breaks, more than fits. The database is well, and has told of it at once.
 */
export function isOfOneRow(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  if (!(error instanceof Error)) return false;
  // What SQLite says beside its kind of error is in the higher bits.
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_OF_ONE_ROW.includes(error.errcode & 0xff);
  return 'code' in error && typeof error.code === 'string' && POSTGRES_OF_ONE_ROW.test(error.code);
}
