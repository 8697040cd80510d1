import { Client } from 'pg';
import { describe, inject } from 'vitest';
import { openLedger } from '#src/ledger/open.ts';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeCabinet } from '#test/contracts/cabinet.ts';
import { describeClipLine } from '#test/contracts/clip-line.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import { describeNotes } from '#test/contracts/notes.ts';
import { describePreferences } from '#test/contracts/preferences.ts';
import { describeCancelling, describeRemoving } from '#test/contracts/retractions.ts';
import { freshDatabase } from '#test/setup/fresh.ts';
import { describeProcesses, type SharedPlace } from './processes.ts';
import { describeTogether } from './together.ts';
import { describeUpgrade } from './upgrade.ts';

const postgresUrl = inject('postgresUrl');

async function prepare(): Promise<SharedPlace> {
  const fresh = await freshDatabase(postgresUrl ?? '');
  const database = { kind: 'postgres', url: fresh.url } as const;
  return {
    database,
    open: (options) => openLedger({ ...options, database }),
    operate: async (statement) => {
      const operator = new Client({ connectionString: fresh.url });
      await operator.connect();
      const { rows } = await operator.query<object>(statement);
      await operator.end();
      return rows;
    },
    remove: () => fresh.drop(),
  };
}

describe.skipIf(postgresUrl === undefined)('with a server', () => {
  describeLedger('PostgreSQL', prepare);
  describeArchive('PostgreSQL', prepare);
  describeCancelling('PostgreSQL', prepare);
  describeRemoving('PostgreSQL', prepare);
  describeNotes('PostgreSQL', prepare);
  describePreferences('PostgreSQL', prepare);
  describeCabinet('PostgreSQL', prepare);
  describeClipLine('PostgreSQL', prepare);
  describeProcesses('PostgreSQL', prepare);
  describeTogether('PostgreSQL', prepare);
  describeUpgrade('PostgreSQL', prepare);
});
