import { describe, inject } from 'vitest';
import { openLedger } from '#src/ledger/open.ts';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import { freshDatabase } from '#test/setup/fresh.ts';
import { describeProcesses, type SharedPlace } from './processes.ts';

const postgresUrl = inject('postgresUrl');

async function prepare(): Promise<SharedPlace> {
  const fresh = await freshDatabase(postgresUrl ?? '');
  const database = { kind: 'postgres', url: fresh.url } as const;
  return { database, open: (options) => openLedger({ ...options, database }), remove: () => fresh.drop() };
}

describe.skipIf(postgresUrl === undefined)('with a server', () => {
  describeLedger('PostgreSQL', prepare);
  describeArchive('PostgreSQL', prepare);
  describeProcesses('PostgreSQL', prepare);
});
