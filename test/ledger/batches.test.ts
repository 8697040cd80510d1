import { describe, expect, it } from 'vitest';
import { createBatches, type Turn } from '#src/ledger/batches.ts';

describe('a batch', () => {
  it('is of the first alone, then of those who came meanwhile, in their order and no more than may be', async () => {
    const batches: number[][] = [];
    const enter = createBatches<number, string>(async (batch) => {
      batches.push(batch.map(({ item }) => item));
      await Promise.resolve();
      for (const { item, resolve } of batch) resolve(`${item}!`);
    }, 3);
    expect(await Promise.all([1, 2, 3, 4, 5].map(enter))).toEqual(['1!', '2!', '3!', '4!', '5!']);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('that fails is an error of those who are in it and have not been told yet, and of nobody else', async () => {
    const serve = async (batch: readonly Turn<number, string>[]): Promise<void> => {
      batch[0]?.resolve('told');
      if (batch.length > 1) throw new Error('gone');
    };
    const enter = createBatches(serve, 2);
    const told = await Promise.allSettled([1, 2, 3, 4].map(enter));
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await enter(5)).toBe('told');
  });
});
