import { describe, inject } from 'vitest';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeLedger, type LedgerPlace } from '#test/contracts/ledger.ts';
import { openLedger } from '#src/ledger/open.ts';
import { freshDatabase } from '#test/setup/fresh.ts';

const postgresUrl = inject('postgresUrl');

async function prepare(): Promise<LedgerPlace> {
  const { url, drop } = await freshDatabase(postgresUrl ?? '');
  return { open: (options) => openLedger({ ...options, database: { kind: 'postgres', url } }), remove: drop };
}

describe.skipIf(postgresUrl === undefined)('with a server', () => {
  describeLedger('PostgreSQL', prepare);
  describeArchive('PostgreSQL', prepare);
});
