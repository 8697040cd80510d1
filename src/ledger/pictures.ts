import type { Answer } from '#src/core/answer.ts';
import type { BlobKey } from '#src/core/blobs.ts';
import { paintedSchema, preparedSchema } from '#src/core/facts.ts';
import { fromText } from './json.ts';
import { UNFINISHED, type FactsTable, type Writing } from './tables.ts';

type Fact = Pick<FactsTable, 'step' | 'name' | 'fact'>;

/** Every kept picture that an answer shows or was made from. */
export function keysOfAnswer(answer: Answer): readonly BlobKey[] {
  if (answer.kind === 'refused') return [];
  const { pictures, grid, recipe } = answer;
  const shown = [...pictures, ...(grid === undefined ? [] : [grid])];
  return [...new Set([...shown.map(({ key }) => key), ...recipe.inputs])];
}

/** Every kept picture that a worker has noted, whether it got into an answer or not. */
export function keysOfFacts(facts: readonly Fact[]): readonly BlobKey[] {
  return facts.flatMap(({ fact }) => {
    const known = fromText(fact);
    const prepared = preparedSchema.safeParse(known);
    if (prepared.success) return prepared.data.keys;
    const painted = paintedSchema.safeParse(known);
    return painted.data?.kind === 'picture' ? [painted.data.picture.key] : [];
  });
}

/** Enters what the answer needs, so that it can be looked up before a picture is thrown away. */
export async function keepPictures(writing: Writing, id: string, answer: Answer): Promise<void> {
  const keys = keysOfAnswer(answer);
  if (keys.length === 0) return;
  await writing
    .insertInto('pictures')
    .values(keys.map((key) => ({ key, request_id: id })))
    .onConflict((conflict) => conflict.columns(['key', 'request_id']).doNothing())
    .execute();
}

/** Those of the pictures that no other request needs: none with an answer, and none that has kept the same bytes and is still at work. */
export async function unneeded(writing: Writing, id: string, keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
  if (keys.length === 0) return [];
  const answered = await writing.selectFrom('pictures').select('key').where('key', 'in', keys).where('request_id', '!=', id).execute();
  const noted = await writing
    .selectFrom('requests')
    .innerJoin('facts', 'facts.request_id', 'requests.id')
    .select(['step', 'name', 'fact'])
    .where('state', 'in', UNFINISHED)
    .where('step', 'in', ['prepare', 'invoke'])
    .execute();
  const needed = new Set([...answered.map(({ key }) => key), ...keysOfFacts(noted)]);
  return keys.filter((key) => !needed.has(key));
}
