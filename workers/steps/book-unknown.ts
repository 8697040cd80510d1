import { intentSchema } from '#src/core/facts.ts';
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
    const { begun, booked } = intentSchema.parse((await page.read(`intent-${index}`)) ?? { begun: 0, booked: 0 });
    // A picture's fact was written with its own price.
    if (begun === booked || (await page.read(`painted-${index}`)) !== undefined) continue;
    const costMicros = (begun - booked) * priceMicros;
    await page.write(`intent-${index}`, { begun, booked: begun }, { what: 'picture', modelId: id, costMicros });
  }
}
