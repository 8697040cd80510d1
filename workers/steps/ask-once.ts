import { z } from 'zod';
import type { Paid } from '#src/core/enhancer.ts';
import type { Page } from '#src/core/ledger.ts';
import type { Json } from '#src/core/request.ts';
import type { Schema } from './once.ts';

/** What came of asking, as it is kept, and what was paid for it. */
export interface Heard<Fact> {
  readonly fact: Fact;
  readonly paid: Paid | undefined;
}

const askedSchema = z.strictObject({ kind: z.literal('asked'), times: z.int() });

/**
 * Asks Claude, once, and books what it cost: a job that comes back hears the same and pays nobody again. That it will be asked is written before: of
 * `times` earlier workers, who died meanwhile, nobody knows what they had to pay. They asked the same, so that each of them is booked as this call is.
 */
export async function askOnce<Fact extends Json>(
  page: Page,
  name: string,
  schema: Schema<Fact>,
  ask: () => Promise<Heard<Fact>>,
): Promise<Fact> {
  const known = await page.read(name);
  const asked = askedSchema.safeParse(known ?? { kind: 'asked', times: 0 });
  if (!asked.success) return schema.parse(known);
  const { times } = asked.data;
  await page.write(name, { kind: 'asked', times: times + 1 });
  const { fact, paid } = await ask();
  const spent = paid === undefined ? [] : [{ what: 'prompt', modelId: paid.modelId, costMicros: paid.costMicros * (times + 1) } as const];
  await page.write(name, fact, ...spent);
  return fact;
}
