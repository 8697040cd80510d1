import type { Paid } from '#src/core/enhancer.ts';
import { callsSchema, NO_CALLS } from '#src/core/facts.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { bookAsked } from './ask-once.ts';
import { bookClip } from './film.ts';
import { noteName, readStandIn } from './stand-in.ts';
import { readUnderstood } from './understand.ts';

/**
 * Books the calls of a request that may have been billed and whose end nobody will look for any more, since the request ends without them.
 * Books each of them once, however often it is called.
 */
export async function bookUnknown(journal: Journal, cards: readonly ModelCard[], questionMax: Paid): Promise<void> {
  await bookAsked(journal, questionMax);
  const standIn = await readStandIn(journal);
  const request = await readUnderstood(journal);
  const { modelId, task } = request;
  const own = cards.find(({ id }) => id === modelId);
  if (task.kind === 'video' && own !== undefined) await bookClip(journal, own, task);
  const ids = new Set([modelId, ...(standIn === undefined ? [] : [...standIn.tried, standIn.modelId])]);
  for (const card of cards.filter(({ id }) => ids.has(id))) await bookCalls(journal, request, card);
}

async function bookCalls(journal: Journal, { modelId, options }: GenerationRequest, { id, priceMicros }: ModelCard): Promise<void> {
  const page = journal.page('invoke');
  const count = options.count ?? 1;
  for (let index = 0; index < count; index += 1) {
    const name = noteName(index, id, modelId);
    const calls = callsSchema.parse((await page.read(name)) ?? NO_CALLS);
    const unknown = calls.begun - calls.booked;
    if (unknown === 0) continue;
    await page.write(name, { ...calls, booked: calls.begun }, { what: 'picture', modelId: id, costMicros: unknown * priceMicros });
  }
}
