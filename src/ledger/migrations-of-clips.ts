import { sql, type Kysely } from 'kysely';

/** Clips stand in a line of their own, which is looked at often and is short. */
export async function addClips({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('requests')
    .addColumn('clip', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  const index = (name: string, columns: string[]) => schema.createIndex(name).on('requests').columns(columns);
  await index('requests_clips_in_line', ['accepted_at', 'id'])
    .where(sql.ref('clip'), '=', sql.lit(1))
    .where(sql.ref('finished_at'), 'is', null)
    .execute();
  // The same as before, with what tells pictures and clips apart in the index itself.
  await schema.dropIndex('requests_in_line').execute();
  await index('requests_in_line', ['state', 'rank', 'accepted_at', 'id', 'clip']).execute();
  await schema.dropIndex('requests_lately').execute();
  await index('requests_lately', ['made', 'clip', 'finished_at']).execute();
}
