import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

/** Makes the folder where pictures and the ledger are kept, readable by its owner only. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: OWNER_ONLY.folder });
}

/** Makes the ledger's file before SQLite would, which lets everybody read it; the files that SQLite puts beside it take its mode. */
export async function makeLedgerFile(dataDir: string): Promise<string> {
  const name = join(dataDir, 'ledger.sqlite');
  const file = await open(name, 'a', OWNER_ONLY.file);
  try {
    await file.chmod(OWNER_ONLY.file);
  } finally {
    await file.close();
  }
  return name;
}
