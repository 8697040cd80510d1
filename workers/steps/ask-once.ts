import { z } from 'zod';
import type { Paid } from '#src/core/enhancer.ts';
import type { Journal, Spending } from '#src/core/ledger.ts';
import type { Json } from '#src/core/request.ts';
import type { Job } from './job.ts';
import type { Schema } from './once.ts';

/** What came of asking, as it is kept, and what was paid for it. */
export interface Heard<Fact> {
  readonly fact: Fact;
  readonly paid: Paid | undefined;
}

/** Everything that Claude is asked about a request, and the step on whose page that is kept. */
const QUESTIONS = ['meaning', 'words', 'prompt', 'subject'] as const;
export type Question = (typeof QUESTIONS)[number];
const STEPS: Readonly<Record<Question, string>> = { meaning: 'understand', words: 'describe', prompt: 'enhance', subject: 'enhance' };

/** `times`: how many have asked and have not said what came of it. */
const askedSchema = z.strictObject({ kind: z.literal('asked'), times: z.int() });

/**
 * Asks Claude, once, and books what it cost: a job that comes back hears the same and pays nobody again. That it will be asked is written before: of
 * `times` earlier workers, who died meanwhile, nobody knows what they had to pay. Each of them is booked at the most that it may have been, since the
 * same call is cheaper for whoever comes later: the service has read its beginning by then, or it is answered from what is known here. What `getReady`
 * does is done before, so that failing at it costs nobody anything; what it answers is the call.
 */
export async function askOnce<Fact extends Json>(
  { journal, tools }: Pick<Job, 'journal' | 'tools'>,
  question: Question,
  schema: Schema<Fact>,
  getReady: () => Promise<() => Promise<Heard<Fact>>>,
): Promise<Fact> {
  const page = journal.page(STEPS[question]);
  const known = await page.read(question);
  const asked = askedSchema.safeParse(known ?? { kind: 'asked', times: 0 });
  if (!asked.success) return schema.parse(known);
  const { times } = asked.data;
  const ask = await getReady();
  await page.write(question, { kind: 'asked', times: times + 1 });
  const { fact, paid } = await ask();
  await page.write(question, fact, spendingOn(times, tools.questionMax, paid));
  return fact;
}

/** Books the questions of a request that ends while nobody knows what became of them. Each of them once, however often it is called. */
export async function bookAsked(journal: Journal, questionMax: Paid): Promise<void> {
  for (const question of QUESTIONS) {
    const page = journal.page(STEPS[question]);
    const asked = askedSchema.safeParse(await page.read(question));
    if (!asked.success || asked.data.times === 0) continue;
    await page.write(question, { kind: 'asked', times: 0 }, spendingOn(asked.data.times, questionMax, undefined));
  }
}

/** `unknown` questions of which nobody knows the price, and one that is known to have cost `paid`. */
function spendingOn(unknown: number, questionMax: Paid, paid: Paid | undefined): Spending | undefined {
  const { modelId, costMicros } = paid ?? { ...questionMax, costMicros: 0 };
  const sumMicros = costMicros + unknown * questionMax.costMicros;
  return sumMicros === 0 ? undefined : { what: 'prompt', modelId, costMicros: sumMicros };
}
