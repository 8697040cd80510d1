import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { fromText } from './json.ts';

/** For platforms where several people sit in one room and talk about several things. Most requests elsewhere have neither, and are in no index. */
export async function addRooms({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('requests').addColumn('room', 'text').execute();
  await schema.alterTable('requests').addColumn('topic', 'text').execute();
  const index = (name: string, columns: string[]) => schema.createIndex(name).on('requests').columns(columns);
  await index('requests_in_room', ['tenant', 'room', 'accepted_at', 'id']).where(sql.ref('room'), 'is not', null).execute();
  await index('requests_on_topic', ['tenant', 'topic', 'room', 'accepted_at', 'id']).where(sql.ref('topic'), 'is not', null).execute();
}

/** Which answers need which kept pictures is looked up when one is removed; what was answered before is entered now. */
export async function addRetractions(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('requests').addColumn('cancelled_at', 'bigint').execute();
  await database.schema
    .createTable('pictures')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('pictures_key', ['key', 'request_id'])
    .execute();
  await enterPictures(database.withTables<AnsweredTables>());
}

type AnsweredTables = {
  readonly requests: { readonly id: string; readonly made: number; readonly answer: string };
  readonly pictures: { readonly key: string; readonly request_id: string };
};

const ROWS_AT_ONCE = 500;

/** As answers were written when this migration was. */
const pictureSchema = z.object({ key: z.string() });
const madeSchema = z.object({
  pictures: z.array(pictureSchema),
  grid: pictureSchema.optional(),
  recipe: z.object({ inputs: z.array(z.string()) }),
});

async function enterPictures(database: Kysely<AnsweredTables>): Promise<void> {
  for (let after = ''; ;) {
    const rows = await database
      .selectFrom('requests')
      .select(['id', 'answer'])
      .where('made', '=', 1)
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    const pictures = rows.flatMap(({ id, answer }) => keysOf(answer).map((key) => ({ key, request_id: id })));
    for (let from = 0; from < pictures.length; from += ROWS_AT_ONCE) {
      await database
        .insertInto('pictures')
        .values(pictures.slice(from, from + ROWS_AT_ONCE))
        .execute();
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

function keysOf(answer: string): readonly string[] {
  const made = madeSchema.safeParse(fromText(answer));
  if (!made.success) return [];
  const { pictures, grid, recipe } = made.data;
  const shown = [...pictures, ...(grid === undefined ? [] : [grid])];
  return [...new Set([...shown.map(({ key }) => key), ...recipe.inputs])];
}

export async function createDrawers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('preferences')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('options', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('preferences_key', ['tenant', 'requester_id'])
    .execute();
  await schema
    .createTable('cabinet')
    .addColumn('drawer', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('cabinet_key', ['drawer', 'name'])
    .execute();
}
