import { Kysely, sql } from 'kysely';
import type { Archive } from '#src/core/archive.ts';
import type { Ledger } from '#src/core/ledger.ts';
import { createAccept, type AdmissionRules } from './accepting.ts';
import { createArchive } from './archive.ts';
import { createOpen } from './journal.ts';
import { migrate } from './migrations.ts';
import { createPostgresDialect } from './postgres.ts';
import { createSqliteDialect } from './sqlite.ts';
import type { Database, Tables } from './tables.ts';
import { createUnqueued } from './unqueued.ts';

export type LedgerDatabase = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export interface LedgerOptions extends AdmissionRules {
  readonly database: LedgerDatabase;
  readonly now: () => number;
}

export interface OpenedLedger {
  readonly ledger: Ledger;
  readonly archive: Archive;
  /** Resolves when the database answers; throws when it does not, within seconds. */
  check(): Promise<void>;
  /** Lets what was begun end, then closes the database. */
  close(): Promise<void>;
}

/** Opens the database, making its folder and its tables where they are missing. One per process: SQLite's lock would stop the second. */
export async function openLedger(options: LedgerOptions): Promise<OpenedLedger> {
  const database = connect(options.database);
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return {
    ledger: createLedger(database, options),
    archive: createArchive(database),
    check: async () => {
      await sql`select 1`.execute(database);
    },
    close: () => database.destroy(),
  };
}

/** The ledger on a database whose tables are up to date. */
export function createLedger(database: Database, options: LedgerOptions): Ledger {
  const { now } = options;
  const locksRows = options.database.kind === 'postgres';
  return {
    accept: createAccept(database, options, now),
    open: createOpen(database, locksRows, now),
    unqueued: createUnqueued(database, locksRows, now),
  };
}

function connect(at: LedgerDatabase): Database {
  return new Kysely<Tables>({ dialect: at.kind === 'sqlite' ? createSqliteDialect(at.file) : createPostgresDialect(at.url) });
}
