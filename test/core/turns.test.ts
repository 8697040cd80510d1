import { describe, expect, it } from 'vitest';
import { createTurns } from '#src/core/turns.ts';

const never = new AbortController().signal;

/** A piece of work that ends when it is told to. */
function job() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { begun: false };
  const work = async (): Promise<void> => {
    state.begun = true;
    await ended;
  };
  return { state, work, end: () => end() };
}

const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('lets so many work at once and the next one begin when one ends, in the order in which they came', async () => {
    const turns = createTurns(2);
    const jobs = [job(), job(), job(), job()];
    const all = jobs.map(({ work }) => turns.take(never, work));
    await settle();
    expect(jobs.map(({ state }) => state.begun)).toEqual([true, true, false, false]);
    jobs[1]?.end();
    await settle();
    expect(jobs.map(({ state }) => state.begun)).toEqual([true, true, true, false]);
    for (const { end } of jobs) end();
    await Promise.all(all);
    expect(jobs.at(-1)?.state.begun).toBe(true);
  });

  it('gives the turn on when the work fails', async () => {
    const turns = createTurns(1);
    const failing = turns.take(never, () => Promise.reject(new Error('no')));
    const next = turns.take(never, async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('never begins what was given up while it waited, and loses no turn by it', async () => {
    const turns = createTurns(1);
    const [first, second] = [job(), job()];
    const giving = new AbortController();
    const running = turns.take(never, first.work);
    const waiting = turns.take(giving.signal, second.work);
    giving.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    first.end();
    await running;
    expect(second.state.begun).toBe(false);
    expect(await turns.take(never, async () => 'free')).toBe('free');
  });

  it('does not begin for somebody who gave up before', async () => {
    const turns = createTurns(1);
    await expect(turns.take(AbortSignal.abort(new Error('gone')), async () => 'begun')).rejects.toThrow('gone');
  });
});
