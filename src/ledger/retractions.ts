import { sql } from 'kysely';
import { z } from 'zod';
import { answerSchema, type Answer } from '#src/core/answer.ts';
import type { BlobKey } from '#src/core/blobs.ts';
import { requestIdSchema, requestSchema, type GenerationRequest } from '#src/core/request.ts';
import type { Retractions } from '#src/core/retractions.ts';
import { refusingWhenFull } from './failure.ts';
import { fromText, toText } from './json.ts';
import { keysOf, unneeded } from './pictures.ts';
import { inTransaction, type Database, type Writing } from './tables.ts';

/** `locksRows`: the database lets several transactions write at once. */
export function createRetractions(database: Database, locksRows: boolean, now: () => number): Retractions {
  return {
    cancel: async (id) => {
      if (!isId(id)) return 'unknown';
      return refusingWhenFull(() => inTransaction(database, (writing) => cancel(writing, id, locksRows, now())));
    },
    remove: async (id) => {
      if (!isId(id)) return { kind: 'unknown' };
      return refusingWhenFull(() => inTransaction(database, (writing) => remove(writing, id, locksRows, now())));
    },
  };
}

const isId = (id: string): boolean => requestIdSchema.safeParse(id).success;

/** Looks whether an answer is fixed already, which is then being shown, and notes it if not. The first time stays. */
async function cancel(writing: Writing, id: string, locksRows: boolean, at: number): Promise<'noted' | 'finished' | 'unknown'> {
  // Whoever is fixing the answer has this lock: it is waited for, so that the next statement sees what became of it.
  const known = await writing
    .selectFrom('requests')
    .select('id')
    .where('id', '=', id)
    .$if(locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  if (known === undefined) return 'unknown';
  const cancelled = await writing
    .updateTable('requests')
    .set((eb) => ({ cancelled_at: eb.fn.coalesce('cancelled_at', eb.val(at)), rank: -1 }))
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where(({ not, exists, selectFrom, lit }) =>
      not(
        exists(
          selectFrom('facts')
            .select(lit(1).as('one'))
            .whereRef('request_id', '=', 'requests.id')
            .where('step', '=', 'settle')
            .where('name', '=', 'answer'),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  return cancelled === undefined ? 'finished' : 'noted';
}

/** The one page that is left of a removed request: which kept pictures were its own. */
const REMOVAL = { step: 'removal', name: 'keys' } as const;
const removalSchema = z.strictObject({ keys: z.array(z.string()) });

async function remove(writing: Writing, id: string, locksRows: boolean, at: number): Promise<Awaited<ReturnType<Retractions['remove']>>> {
  // Whoever held it can write no word back.
  const row = await writing
    .updateTable('requests')
    .set((eb) => ({ fence: eb('fence', '+', 1) }))
    .where('id', '=', id)
    .where('finished_at', 'is not', null)
    .returning(['fence', 'request', 'answer'])
    .executeTakeFirst();
  if (row === undefined) {
    const known = await writing.selectFrom('requests').select('id').where('id', '=', id).executeTakeFirst();
    return { kind: known === undefined ? 'unknown' : 'unfinished' };
  }
  const request = requestSchema.safeParse(fromText(row.request));
  const answer = answerSchema.safeParse(fromText(row.answer ?? ''));
  // What a newer version wrote is not found by readers either.
  if (!request.success || !answer.success) return { kind: 'unknown' };
  // Of two requests with the same picture that are removed or answered at once, one has to see what the other did.
  if (locksRows) await sql`lock table pictures in share row exclusive mode`.execute(writing);
  const keys = (await removedKeys(writing, id)) ?? (await clear(writing, id, request.data, answer.data, { fence: row.fence, at }));
  return { kind: 'removed', keys: await unneeded(writing, keys) };
}

async function removedKeys(writing: Writing, id: string): Promise<readonly BlobKey[] | undefined> {
  const row = await writing
    .selectFrom('facts')
    .select('fact')
    .where('request_id', '=', id)
    .where('step', '=', REMOVAL.step)
    .where('name', '=', REMOVAL.name)
    .executeTakeFirst();
  return row === undefined ? undefined : removalSchema.parse(fromText(row.fact)).keys;
}

/** Takes everything that was said and shown out of the request's rows. Money stands in rows of its own, which stay. */
async function clear(
  writing: Writing,
  id: string,
  request: GenerationRequest,
  answer: Answer,
  written: { readonly fence: number; readonly at: number },
): Promise<readonly BlobKey[]> {
  const keys = await keysOf(writing, id, answer);
  const removed: Answer = { kind: 'refused', code: 'removed', details: {}, costMicros: answer.costMicros };
  await writing
    .updateTable('requests')
    .set({ made: 0, words: '', request: JSON.stringify(wordless(request)), answer: JSON.stringify(removed) })
    .where('id', '=', id)
    .execute();
  await writing.deleteFrom('facts').where('request_id', '=', id).execute();
  const fact = toText({ keys }, 'what was removed');
  await writing
    .insertInto('facts')
    .values({ request_id: id, ...REMOVAL, fact, ...written })
    .execute();
  if (keys.length > 0) await writing.deleteFrom('pictures').where('key', 'in', keys).where('request_id', '=', id).execute();
  return keys;
}

/** A link to a picture may say what is in it, and who sent it has taken it back. */
function wordless({ words: _words, options, ...request }: GenerationRequest): GenerationRequest {
  const { negativePrompt: _unwanted, ...chosen } = options;
  return { ...request, prompt: '', options: chosen, images: [] };
}
