import { Kysely, sql } from 'kysely';
import type { Archive } from '#src/core/archive.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { Notes } from '#src/core/notes.ts';
import type { Preferences } from '#src/core/preferences.ts';
import type { Retractions } from '#src/core/retractions.ts';
import { createAccept } from './accepting.ts';
import type { AdmissionRules } from './admission.ts';
import { createArchive } from './archive.ts';
import { createCabinet } from './cabinet.ts';
import { createOpen } from './journal.ts';
import { migrate } from './migrations.ts';
import { createNotes } from './notes.ts';
import { createPreferences } from './preferences.ts';
import { createRetractions } from './retractions.ts';
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
  readonly retractions: Retractions;
  readonly notes: Notes;
  readonly preferences: Preferences;
  readonly cabinet: Cabinet;
  /** Resolves when the database answers; throws when it does not, within seconds. */
  check(): Promise<void>;
  /** Lets what was begun end, then closes the database. */
  close(): Promise<void>;
}

/** Opens the database, making its folder and its tables where they are missing. One per process: SQLite's lock would stop the second. */
export async function openLedger(options: LedgerOptions): Promise<OpenedLedger> {
  const { now } = options;
  const { database, connectionsKept } = await connect(options.database);
  try {
    await migrate(database);
    await connectAhead(database, connectionsKept);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return {
    ledger: createLedger(database, options),
    archive: createArchive(database),
    retractions: createRetractions(database, locksRows(options), now),
    notes: createNotes(database, now),
    preferences: createPreferences(database),
    cabinet: createCabinet(database, now),
    check: () => check(database),
    close: () => database.destroy(),
  };
}

async function check(database: Database): Promise<void> {
  await sql`select 1`.execute(database);
}

/** Whoever asks first must not have to wait for the connections: all at once, so that no call takes the connection of another. */
async function connectAhead(database: Database, connections: number): Promise<void> {
  await Promise.all(Array.from({ length: connections }, async () => check(database)));
}

/** The ledger on a database whose tables are up to date. */
export function createLedger(database: Database, options: LedgerOptions): Ledger {
  const { now } = options;
  return {
    accept: createAccept(database, options, now),
    open: createOpen(database, locksRows(options), now),
    unqueued: createUnqueued(database, locksRows(options), now),
  };
}

/** SQLite lets in one writer at a time and has nothing to lock. */
const locksRows = ({ database }: LedgerOptions): boolean => database.kind === 'postgres';

/** `connectionsKept`: how many it has open while nobody needs them. */
interface Connected {
  readonly database: Database;
  readonly connectionsKept: number;
}

/** What a database takes is loaded where it is that one. */
async function connect(at: LedgerDatabase): Promise<Connected> {
  if (at.kind === 'sqlite') {
    const { createSqliteDialect } = await import('./sqlite.ts');
    return { database: new Kysely<Tables>({ dialect: createSqliteDialect(at.file) }), connectionsKept: 0 };
  }
  const { CONNECTIONS_KEPT, createPostgresDialect } = await import('./postgres.ts');
  return { database: new Kysely<Tables>({ dialect: createPostgresDialect(at.url) }), connectionsKept: CONNECTIONS_KEPT };
}
