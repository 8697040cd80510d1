import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { addRetractions, addRooms, createDrawers } from './migrations-of-chats.ts';
import { addClips } from './migrations-of-clips.ts';
import type { Database } from './tables.ts';

/** In the order of their names. One that was published is never edited: a change is a new one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-requests': { up: createRequests },
  '002-facts': { up: createFacts },
  '003-money': { up: createMoney },
  '004-rooms': { up: addRooms },
  '005-retractions': { up: addRetractions },
  '006-drawers': { up: createDrawers },
  '007-clips': { up: addClips },
};

/** Brings the tables up to date. Several processes may do so at once: one works, the others find nothing left to do. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('the tables of the ledger could not be brought up to date', { cause: error });
}

async function createRequests(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('requests')
    // SQLite takes NULL in a text key unless it is told not to.
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('rank', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('queued', 'running', 'finished')`))
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull().check(sql`attempts >= 0`))
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('touched_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('model_id', 'text', (column) => column.notNull())
    .addColumn('made', 'bigint', (column) => column.notNull())
    .addColumn('reserved_micros', 'bigint', (column) => column.notNull().check(sql`reserved_micros >= 0`))
    .addColumn('cost_micros', 'bigint', (column) => column.notNull().check(sql`cost_micros >= 0`))
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addCheckConstraint('requests_ended_with_answer', sql`(state = 'finished') = (finished_at is not null and answer is not null)`)
    .execute();
  await indexRequests(database);
}

async function indexRequests({ schema }: Kysely<unknown>): Promise<void> {
  const index = (name: string, columns: string[]) => schema.createIndex(name).on('requests').columns(columns);
  await index('requests_in_line', ['state', 'rank', 'accepted_at', 'id']).execute();
  await index('requests_of_one', ['tenant', 'requester_id', 'state', 'id']).execute();
  await index('requests_untouched', ['touched_at', 'id']).where(sql.ref('finished_at'), 'is', null).execute();
  await index('requests_lately', ['made', 'finished_at']).execute();
  await index('requests_history', ['tenant', 'accepted_at', 'id']).execute();
  await index('requests_own_history', ['tenant', 'requester_id', 'accepted_at', 'id']).execute();
}

async function createFacts({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('facts')
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('fact', 'text', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('facts_key', ['request_id', 'step', 'name'])
    .execute();
}

async function createMoney({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('spending')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('model_id', 'text', (column) => column.notNull())
    .addColumn('cost_micros', 'bigint', (column) => column.notNull().check(sql`cost_micros >= 0`))
    .execute();
  await schema.createIndex('spending_of_request').on('spending').columns(['request_id']).execute();
  await schema.createIndex('spending_of_tenant').on('spending').columns(['tenant', 'at']).execute();
  await schema.createIndex('spending_of_one').on('spending').columns(['requester_id', 'at']).execute();
  await schema
    .createTable('budgets')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('day', 'bigint', (column) => column.notNull())
    .addColumn('reserved_micros', 'bigint', (column) => column.notNull().check(sql`reserved_micros >= 0`))
    .addColumn('spent_micros', 'bigint', (column) => column.notNull().check(sql`spent_micros >= 0`))
    .addPrimaryKeyConstraint('budgets_key', ['tenant', 'day'])
    .execute();
}
