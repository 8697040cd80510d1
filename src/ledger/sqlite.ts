import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import { createFlusher, type Flusher } from './flusher.ts';

/** How many statements are kept ready. The ledger has some thirty; only lists of many lengths make more. */
const STATEMENTS_MAX = 200;
/** Outside a transaction these are committed as soon as they are done. */
const CHANGES: readonly string[] = ['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'];
/** Waiting for another process's write lock stops this process's event loop, so it is short; a write takes a few milliseconds. */
const LOCK_WAIT_MS = 1000;
/** SQLite, "Result and Error Codes". */
const SQLITE_BUSY = 5;
const LOG_AGAIN_MS = 25;
const LOG_TRIES_MAX = 200;

/** Kysely on Node's own SQLite, in one file that several processes may open. Who was told of a commit finds it again after a power cut. */
export function createSqliteDialect(file: string, flusher: Flusher = createFlusher(`${file}-wal`)): Dialect {
  return {
    createAdapter: () => ADAPTER,
    createDriver: () => createDriver(file, flusher),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely's own adapter does not put schema changes into a transaction, which leaves a failed migration half done. */
const ADAPTER: DialectAdapter = {
  supportsCreateIfNotExists: true,
  // There is one, and the driver itself keeps others waiting for it.
  supportsMultipleConnections: true,
  supportsReturning: true,
  supportsTransactionalDdl: true,
  // A migration is one write transaction here: SQLite lets in one process at a time.
  acquireMigrationLock: async () => {},
  releaseMigrationLock: async () => {},
};

/**
 * SQLite itself would flush in the middle of the commit, with the whole process waiting for the disk. Here it commits to its log without that, and whoever
 * wrote waits for a flush of the log, which all who have written meanwhile share: what was done is on the disk when the caller is told so, as before.
 */
function createDriver(file: string, flusher: Flusher): Driver {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
  database.exec('pragma synchronous = normal');
  // What somebody has removed is overwritten, and not only forgotten where it was.
  database.exec('pragma secure_delete = on');
  const line = createLine();
  const driver = new SqliteDriver({ database: narrowed(database) });
  // Whether whoever has the connection has committed something with it.
  let wrote = false;
  const watched = (connection: DatabaseConnection): DatabaseConnection => ({
    async executeQuery<Row>(query: CompiledQuery) {
      const result = await connection.executeQuery<Row>(query);
      if (!database.isTransaction && CHANGES.includes(query.query.kind)) wrote = true;
      return result;
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  });
  return {
    init: async (options) => {
      await keepLog(database);
      await driver.init(options);
    },
    acquireConnection: async () => {
      await line.enter();
      wrote = false;
      return watched(await driver.acquireConnection());
    },
    releaseConnection: async () => {
      const hasWritten = wrote;
      line.leave();
      if (hasWritten) await flusher.flush();
    },
    // A deferred transaction that reads first and writes later fails at once when another process wrote in between.
    beginTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    },
    commitTransaction: async (connection) => {
      await driver.commitTransaction(connection);
      wrote = true;
    },
    // SQLite has already rolled back after some errors, a full disk among them; a second time would hide the first error.
    rollbackTransaction: async (connection) => {
      if (database.isTransaction) await driver.rollbackTransaction(connection);
    },
    destroy: async () => {
      await flusher.close();
      await driver.destroy();
    },
  };
}

/** Of several who open an empty place at once, one makes it keep a log; the others are told at once, and not after the usual wait, that it is busy. */
async function keepLog(database: DatabaseSync): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return database.exec('pragma journal_mode = wal');
    } catch (error) {
      if (!isBusy(error) || tries >= LOG_TRIES_MAX) throw error;
      await sleep(LOG_AGAIN_MS);
    }
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/** Lets in one after the other. */
function createLine(): { readonly enter: () => Promise<void>; readonly leave: () => void } {
  let inside = false;
  const waiting: (() => void)[] = [];
  return {
    async enter() {
      if (inside) await new Promise<void>((resolve) => waiting.push(resolve));
      inside = true;
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) inside = false;
      else next();
    },
  };
}

/** Node's SQLite in the few words that Kysely asks for. */
function narrowed(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => database.close(),
    prepare(text) {
      const ready = statements.get(text) ?? prepare(database, text);
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      statements.set(text, ready);
      return ready;
    },
  };
}

function prepare(database: DatabaseSync, text: string): ReturnType<SqliteDatabase['prepare']> {
  const statement = database.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toSqlite)),
    run: (parameters) => statement.run(...parameters.map(toSqlite)),
    iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
  };
}

/** What both databases keep in the same way; anything else is a mistake of the caller, said here rather than by one of them. */
function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string') return value;
  // A number would be bound as a float: 5 would be read back from a text column as 5.0.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`the ledger keeps text, whole numbers and null, not a ${typeof value}`);
}
