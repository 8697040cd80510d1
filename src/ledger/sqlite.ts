import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';

/** Waiting for another process's write lock stops this process's event loop, so it is short; a write takes a few milliseconds. */
const LOCK_WAIT_MS = 1000;

/** Kysely on Node's own SQLite, in one file that several processes may open. A commit survives a power cut. */
export function createSqliteDialect(file: string): Dialect {
  return {
    createAdapter: () => ADAPTER,
    createDriver: () => createDriver(file),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely's own adapter does not put schema changes into a transaction, which leaves a failed migration half done. */
const ADAPTER: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsMultipleConnections: false,
  supportsReturning: true,
  supportsTransactionalDdl: true,
  // A migration is one write transaction here: SQLite lets in one process at a time.
  acquireMigrationLock: async () => {},
  releaseMigrationLock: async () => {},
};

function createDriver(file: string): Driver {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  const driver = new SqliteDriver({ database: narrowed(database) });
  return {
    init: (options) => driver.init(options),
    acquireConnection: () => driver.acquireConnection(),
    releaseConnection: () => driver.releaseConnection(),
    // A deferred transaction that reads first and writes later fails at once when another process wrote in between.
    beginTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    },
    commitTransaction: (connection) => driver.commitTransaction(connection),
    // SQLite has already rolled back after some errors, a full disk among them; a second time would hide the first error.
    rollbackTransaction: async (connection) => {
      if (database.isTransaction) await driver.rollbackTransaction(connection);
    },
    destroy: () => driver.destroy(),
  };
}

/** Node's SQLite in the few words that Kysely asks for. */
function narrowed(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toSqlite)),
        run: (parameters) => statement.run(...parameters.map(toSqlite)),
        iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
      };
    },
  };
}

/** What both databases keep in the same way; anything else is a mistake of the caller, said here rather than by one of them. */
function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string') return value;
  // A number would be bound as a float: 5 would be read back from a text column as 5.0.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`the ledger keeps text, whole numbers and null, not a ${typeof value}`);
}
