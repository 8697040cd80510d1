import { describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { insist } from '#src/core/insist.ts';

const never = new AbortController().signal;

/** Work that fails so often, with this, before it is done. */
function failing(times: number, error: Error) {
  const calls: boolean[] = [];
  const work = async (again: boolean): Promise<string> => {
    calls.push(again);
    if (calls.length <= times) throw error;
    return 'done';
  };
  return { calls, work };
}

describe('insisting', () => {
  it('repeats what fails until it is done, and says that it is a repetition', async () => {
    const { calls, work } = failing(2, new Error('away'));
    expect(await insist(work, never, 10_000)).toBe('done');
    expect(calls).toEqual([false, true, true]);
  });

  it.each([new Refusal('storage-full'), new TryLater('superseded', 0)])('takes %s for an answer', async (error) => {
    const { calls, work } = failing(1, error);
    await expect(insist(work, never, 10_000)).rejects.toBe(error);
    expect(calls).toEqual([false]);
  });

  it('ends when its time is up, with the last error', async () => {
    const { calls, work } = failing(9, new Error('away'));
    await expect(insist(work, never, 500)).rejects.toThrow('away');
    expect(calls).toEqual([false, true, true]);
  });

  it('ends at once when it has to stop', async () => {
    const stopping = new AbortController();
    const { calls, work } = failing(9, new Error('away'));
    setTimeout(() => stopping.abort(), 300);
    await expect(insist(work, stopping.signal, 600_000)).rejects.toThrow('away');
    expect(calls.length).toBeLessThan(4);
  });
});
