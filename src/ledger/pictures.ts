import type { Answer } from '#src/core/answer.ts';
import { BLOB_KEY_PATTERN } from '#src/core/blobs.ts';
import { CLIP_KEY_PATTERN } from '#src/core/clips.ts';
import type { KeptKey } from '#src/core/retractions.ts';
import { fromText } from './json.ts';
import { UNFINISHED, type Writing } from './tables.ts';

/** The pages on which workers note what they keep. No words of a person are there, which could name anything. */
const KEEPING_STEPS = ['prepare', 'invoke', 'film'];

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

/** Every kept picture of a request: what its answer shows and was made from, and what its workers have noted and did not get into an answer. */
export async function keysOf(writing: Writing, id: string, answer: Answer): Promise<readonly KeptKey[]> {
  const noted = await notes(writing).where('requests.id', '=', id).execute();
  return [...new Set([...keysOfAnswer(answer), ...keysIn(noted)])];
}

/**
 * Those of the pictures that no request needs: none with an answer, and none that has kept the same bytes and is still at work. The request they were of
 * has to be cleared before.
 */
export async function unneeded(writing: Writing, keys: readonly KeptKey[]): Promise<readonly KeptKey[]> {
  if (keys.length === 0) return [];
  const answered = await writing.selectFrom('pictures').select('key').where('key', 'in', keys).execute();
  const noted = await notes(writing).where('state', 'in', UNFINISHED).execute();
  const needed = new Set([...answered.map(({ key }) => key), ...keysIn(noted)]);
  return keys.filter((key) => !needed.has(key));
}

function keysOfAnswer(answer: Answer): readonly KeptKey[] {
  if (answer.kind === 'refused') return [];
  if (answer.kind === 'described') return [answer.key];
  const { pictures, grid, clip, recipe } = answer;
  const shown = [...pictures, ...(grid === undefined ? [] : [grid]), ...(clip === undefined ? [] : [clip])];
  return [...new Set([...shown.map(({ key }) => key), ...recipe.inputs])];
}

function notes(writing: Writing) {
  return writing
    .selectFrom('requests')
    .innerJoin('facts', 'facts.request_id', 'requests.id')
    .select('fact')
    .where('step', 'in', KEEPING_STEPS);
}

const keysIn = (noted: readonly { readonly fact: string }[]): readonly KeptKey[] =>
  noted.flatMap(({ fact }) => textsIn(fromText(fact))).filter((text) => BLOB_KEY_PATTERN.test(text) || CLIP_KEY_PATTERN.test(text));

/** Wherever they are in it: what a step notes changes more often than what a key looks like. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
