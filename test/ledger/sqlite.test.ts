import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '#src/ledger/open.ts';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import { describeProcesses, type SharedPlace } from './processes.ts';

async function prepare(): Promise<SharedPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-ledger-'));
  const database = { kind: 'sqlite', file: join(folder, 'data', 'ledger.sqlite') } as const;
  return { database, open: (options) => openLedger({ ...options, database }), remove: () => rm(folder, { recursive: true }) };
}

describeLedger('SQLite', prepare);
describeArchive('SQLite', prepare);
describeProcesses('SQLite', prepare);
