import { callsSchema, NO_CALLS } from '#src/core/facts.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { ModelCard } from '#src/core/model.ts';

/**
 * Books the calls of a request that may have been billed and whose end nobody will look for any more, since the request ends without them.
 * Books each of them once, however often it is called.
 */
export async function bookUnknown(journal: Journal, { id, priceMicros }: ModelCard): Promise<void> {
  const page = journal.page('invoke');
  const count = journal.request.options.count ?? 1;
  for (let index = 0; index < count; index += 1) {
    const calls = callsSchema.parse((await page.read(`picture-${index}`)) ?? NO_CALLS);
    const unknown = calls.begun - calls.booked;
    if (unknown === 0) continue;
    await page.write(
      `picture-${index}`,
      { ...calls, booked: calls.begun },
      { what: 'picture', modelId: id, costMicros: unknown * priceMicros },
    );
  }
}
