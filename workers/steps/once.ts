import type { Page, Spending } from '#src/core/ledger.ts';
import type { Json } from '#src/core/request.ts';

/** Whatever reads a fact back into its type and throws on anything else: a schema. */
export interface Schema<Fact> {
  parse(value: unknown): Fact;
}

/** A step's result, with the money that making it took. */
export interface Outcome<Fact> {
  readonly fact: Fact;
  readonly spent?: Spending;
}

/** The step's heart: a fact that is written is read back, not made again. Dying between the work and the write repeats the work, nothing else does. */
export async function once<Fact extends Json>(
  page: Page,
  name: string,
  schema: Schema<Fact>,
  work: () => Promise<Outcome<Fact>>,
): Promise<Fact> {
  const known = await page.read(name);
  if (known !== undefined) return schema.parse(known);
  const { fact, spent } = await work();
  await page.write(name, fact, spent);
  return fact;
}
