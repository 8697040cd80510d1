import { jsonSchema, type Json } from '#src/core/request.ts';
import { toText } from './json.ts';
import type { Database } from './tables.ts';

/** A fact on its way into the ledger, as text. */
export interface Note {
  readonly step: string;
  readonly name: string;
  readonly fact: string;
  readonly at: number;
}

export function toNote(step: string, name: string, value: Json, at: number): Note {
  return { step, name, fact: toText(value, `the fact ${step}/${name}`), at };
}

export async function readFact(database: Database, id: string, step: string, name: string): Promise<Json | undefined> {
  const row = await database
    .selectFrom('facts')
    .select('fact')
    .where('request_id', '=', id)
    .where('step', '=', step)
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : jsonSchema.parse(JSON.parse(row.fact));
}

/** Whose fact it is. Without a fence anybody may write it, as long as there is such a request. */
export interface Author {
  readonly id: string;
  readonly fence: number | undefined;
  readonly locksRows: boolean;
}

/** One statement looks whether the request is there and still the author's, keeps it so, and writes: one way to the database. False when it is not. */
export async function writeFact(database: Database, { id, fence, locksRows }: Author, { step, name, fact, at }: Note): Promise<boolean> {
  const written = await database
    .insertInto('facts')
    .columns(['request_id', 'step', 'name', 'fact', 'fence', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('requests')
        .select((row) => [
          'id',
          row.cast<string>(row.val(step), 'text').as('step'),
          row.cast<string>(row.val(name), 'text').as('name'),
          row.cast<string>(row.val(fact), 'text').as('fact'),
          'fence',
          row.cast<number>(row.val(at), 'bigint').as('at'),
        ])
        .where('id', '=', id)
        .$if(fence !== undefined, (query) => query.where('fence', '=', fence ?? 0))
        .$if(fence !== undefined && locksRows, (query) => query.forUpdate()),
    )
    .onConflict((conflict) =>
      conflict.columns(['request_id', 'step', 'name']).doUpdateSet((eb) => ({
        fact: eb.ref('excluded.fact'),
        fence: eb.ref('excluded.fence'),
        at: eb.ref('excluded.at'),
      })),
    )
    .returning('fence')
    .executeTakeFirst();
  return written !== undefined;
}
