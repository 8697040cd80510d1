import { Redis } from 'ioredis';
import { Kysely } from 'kysely';
import type { LedgerDatabase } from '#src/ledger/open.ts';
import { createPostgresDialect } from '#src/ledger/postgres.ts';
import { createSqliteDialect } from '#src/ledger/sqlite.ts';
import type { Tables } from '#src/ledger/tables.ts';
import type { Note } from './arena.ts';

/** Where BullMQ says, in the very script that does it, that a job was given to a worker. It keeps the last hundred or so. */
const EVENTS = 'bull:hoami:events';
const READ_MAX = 1000;
const WAIT_MS = 500;

/** When each job was first given to a worker, by its id. */
export interface LineWatch {
  firstHanded(): Promise<ReadonlyMap<string, number>>;
}

/** Reads along what the queue on this Redis does, until it is asked. */
export function watchLine(redisUrl: string): LineWatch {
  const client = new Redis(redisUrl);
  const first = new Map<string, number>();
  const end = new AbortController();

  const read = async (after: string): Promise<string> => {
    const [stream] = (await client.xread('COUNT', READ_MAX, 'BLOCK', WAIT_MS, 'STREAMS', EVENTS, after)) ?? [];
    const entries = stream?.[1] ?? [];
    for (const [at, fields] of entries) {
      const [event, id] = [valueOf(fields, 'event'), valueOf(fields, 'jobId')];
      if (event === 'active' && id !== undefined && !first.has(id)) first.set(id, Number(at.split('-')[0]));
    }
    return entries.at(-1)?.[0] ?? after;
  };
  const reading = (async () => {
    for (let after = '0'; !end.signal.aborted;) after = await read(after);
  })();
  return {
    async firstHanded() {
      end.abort();
      await reading;
      client.disconnect();
      return first;
    },
  };
}

/** Names and values take turns. */
function valueOf(fields: readonly string[], name: string): string | undefined {
  const at = fields.indexOf(name);
  return at === -1 ? undefined : fields[at + 1];
}

/**
 * Notes where each request stood in line, when it was first given to a worker, and where the ledger lists it. Without a Redis that can be watched the
 * time is that of the ledger: when the request was first opened.
 */
export async function noteLine(at: LedgerDatabase, watch: LineWatch | undefined, note: Note): Promise<void> {
  const dialect = at.kind === 'sqlite' ? createSqliteDialect(at.file) : createPostgresDialect(at.url);
  const database = new Kysely<Tables>({ dialect });
  const columns = ['id', 'rank', 'started_at'] as const;
  const rows = await database.selectFrom('requests').select(columns).orderBy('accepted_at').orderBy('id').execute();
  await database.destroy();
  const handed = await watch?.firstHanded();
  for (const [place, { id, rank, started_at: startedAt }] of rows.entries()) {
    note({ kind: 'listed', id, place });
    const handedAt = handed === undefined ? startedAt : handed.get(id);
    if (handedAt !== undefined && handedAt !== null) note({ kind: 'handed', id, rank }, handedAt);
  }
}
