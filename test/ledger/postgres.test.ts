import { describe, inject } from 'vitest';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import { openLedger } from '#src/ledger/open.ts';
import type { LedgerPlace } from './desk.ts';
import { freshDatabase } from '#test/setup/fresh.ts';

const postgresUrl = inject('postgresUrl');

async function prepare(): Promise<LedgerPlace> {
  const fresh = await freshDatabase(postgresUrl ?? '');
  return { open: (options) => openLedger({ ...options, database: { kind: 'postgres', url: fresh.url } }), remove: () => fresh.drop() };
}

describe.skipIf(postgresUrl === undefined)('with a server', () => {
  describeLedger('PostgreSQL', prepare);
  describeArchive('PostgreSQL', prepare);
});
