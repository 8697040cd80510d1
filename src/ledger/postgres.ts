import { PostgresDialect, type Dialect } from 'kysely';
import { Pool, TypeOverrides, types } from 'pg';

const CONNECTIONS_MAX = 10;
/** Kept while nobody needs them: a burst must not have to wait for new ones, of which each is a process of the server's. */
export const CONNECTIONS_KEPT = 4;
const CONNECT_WAIT_MS = 3000;
const STATEMENT_WAIT_MS = 5000;
/** Longer than the server's own limit, for when the server has gone silent altogether. */
const ANSWER_WAIT_MS = 8000;

/** Kysely on PostgreSQL. Nothing waits without end: not for a connection, not for a lock, not for an answer. */
export function createPostgresDialect(url: string): Dialect {
  const pool = new Pool({
    connectionString: url,
    application_name: 'hoami',
    max: CONNECTIONS_MAX,
    min: CONNECTIONS_KEPT,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    statement_timeout: STATEMENT_WAIT_MS,
    idle_in_transaction_session_timeout: STATEMENT_WAIT_MS,
    query_timeout: ANSWER_WAIT_MS,
    types: numbersAsNumbers(),
  });
  // A connection that dies, idle or at work, says so in an event, and an event that nobody hears ends the process.
  // Whoever was using it gets the error from the query; the pool has already dropped it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}

/** Counts and sums arrive as text. For this pool only, they become the numbers that SQLite gives. */
function numbersAsNumbers(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, toNumber);
  overrides.setTypeParser(types.builtins.NUMERIC, toNumber);
  return overrides;
}

function toNumber(text: string): number {
  const value = Number(text);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new RangeError('a number of the ledger is too large to be read exactly');
}
