import { CABINET_LIST_MAX, type Cabinet } from '#src/core/cabinet.ts';
import { jsonSchema, type Json } from '#src/core/request.ts';
import { refusingWhenFull } from './failure.ts';
import { fromText, toText } from './json.ts';
import { nameSchema } from './names.ts';
import type { Database } from './tables.ts';

/** Nothing is ever in a place whose name could not be written, so that reading and removing there are no errors. */
export function createCabinet(database: Database, now: () => number): Cabinet {
  return {
    read: async (drawer, name) => {
      if (!isName(drawer) || !isName(name)) return undefined;
      const row = await database
        .selectFrom('cabinet')
        .select('value')
        .where('drawer', '=', drawer)
        .where('name', '=', name)
        .executeTakeFirst();
      return row === undefined ? undefined : valueOf(row.value);
    },
    write: async (drawer, name, content) => {
      const place = { drawer: nameSchema.parse(drawer), name: nameSchema.parse(name) };
      const value = toText(content, `what drawer ${drawer} is to keep`);
      const at = now();
      await refusingWhenFull(() =>
        database
          .insertInto('cabinet')
          .values({ ...place, value, at })
          .onConflict((conflict) => conflict.columns(['drawer', 'name']).doUpdateSet({ value, at }))
          .execute(),
      );
    },
    remove: async (drawer, name) => {
      if (!isName(drawer) || !isName(name)) return;
      await refusingWhenFull(() => database.deleteFrom('cabinet').where('drawer', '=', drawer).where('name', '=', name).execute());
    },
    list: async (drawer) => (isName(drawer) ? list(database, drawer) : []),
  };
}

const isName = (text: string): boolean => nameSchema.safeParse(text).success;

/** Undefined for what this version cannot read. */
const valueOf = (text: string): Json | undefined => jsonSchema.safeParse(fromText(text)).data;

async function list(database: Database, drawer: string): ReturnType<Cabinet['list']> {
  const rows = await database
    .selectFrom('cabinet')
    .select(['name', 'value'])
    .where('drawer', '=', drawer)
    .orderBy('name')
    .limit(CABINET_LIST_MAX)
    .execute();
  const found = rows.flatMap(({ name, value: text }) => {
    const value = valueOf(text);
    return value === undefined ? [] : [{ name, value }];
  });
  // PostgreSQL may order as some language does.
  return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
