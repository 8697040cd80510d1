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
