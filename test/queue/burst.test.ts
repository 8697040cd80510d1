import { describe, expect, it } from 'vitest';
import { faster, fullPace, slower } from '#src/queue/adapt.ts';

const SLOTS = 16;
const ROOM = 10;
const REQUESTS = 100;
/** What a job needs before and after its call, and what the product says to one that was turned away. */
const OVERHEAD_MS = 20;
const BACK_AFTER_MS = 1000;

/** Workers before a service with little room, in a time of their own: how much longer all take than the service alone would, and how often it says no. */
function burst(workers: number, modelMs: number): { ratio: number; refused: number } {
  const due: { at: number; act: () => void }[] = [];
  const all = Array.from({ length: workers }, () => ({ pace: fullPace(SLOTS), held: 0 }));
  const count = { waiting: REQUESTS, painting: 0, refused: 0 };
  const begun: number[] = [];
  let now = 0;
  const after = (ms: number, act: () => void): void => {
    due.push({ at: now + ms, act });
  };
  const leave = (worker: (typeof all)[number]): void => {
    worker.held -= 1;
    dispatch();
  };
  const call = (worker: (typeof all)[number]): void => {
    if (count.painting >= ROOM) {
      count.refused += 1;
      worker.pace = slower(worker.pace, worker.held - 1);
      after(BACK_AFTER_MS, () => {
        count.waiting += 1;
        dispatch();
      });
      return after(worker.pace.restMs, () => leave(worker));
    }
    count.painting += 1;
    begun.push(now);
    after(modelMs, () => {
      count.painting -= 1;
      after(OVERHEAD_MS, () => {
        worker.pace = faster(worker.pace, SLOTS);
        leave(worker);
      });
    });
  };
  const dispatch = (): void => {
    for (let at = 0, full = 0; count.waiting > 0 && full < workers; at = (at + 1) % workers) {
      const worker = all[at];
      full = worker === undefined || worker.held >= worker.pace.limit ? full + 1 : 0;
      if (worker === undefined || full > 0) continue;
      worker.held += 1;
      count.waiting -= 1;
      after(OVERHEAD_MS, () => call(worker));
    }
  };
  dispatch();
  while (due.length > 0) {
    // Stable: of what is due at the same time, first what came first.
    due.sort((left, right) => left.at - right.at);
    const next = due.shift();
    now = next?.at ?? now;
    next?.act();
  }
  return { ratio: (Math.max(...begun) + modelMs) / ((REQUESTS / ROOM) * modelMs), refused: count.refused };
}

describe('a hundred requests before a service that bears ten at once', () => {
  it.each([
    { workers: 1, modelMs: 1000 },
    { workers: 2, modelMs: 1000 },
    { workers: 1, modelMs: 3000 },
    { workers: 2, modelMs: 3000 },
  ])('take $workers workers hardly longer than the service, when a picture takes $modelMs ms', ({ workers, modelMs }) => {
    const { ratio, refused } = burst(workers, modelMs);
    expect(ratio).toBeLessThan(1.1);
    expect(refused).toBeLessThan(2 * REQUESTS);
  });
});
