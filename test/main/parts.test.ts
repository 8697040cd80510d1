import { describe, expect, it } from 'vitest';
import { checkFor } from '#src/main/parts.ts';

const well = { ledger: async () => {}, queue: async () => true };
const away = async () => Promise.reject(new Error('the ledger does not answer'));

describe('the health of a program that takes requests', () => {
  it.each([
    ['both answer', well.ledger, well.queue, 'well'],
    ['the ledger does not', away, well.queue, 'the ledger does not answer'],
    ['the queue does not', well.ledger, async () => false, 'the queue does not answer'],
  ])('when %s', async (_when, ledger, queue, why) => {
    const outcome = checkFor({ check: ledger }, { check: queue })().then(
      () => 'well',
      (error: unknown) => (error instanceof Error ? error.message : error),
    );
    expect(await outcome).toBe(why);
  });
});
