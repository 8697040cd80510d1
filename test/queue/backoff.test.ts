import { expect, test } from 'vitest';
import { backoffMs } from '#src/queue/backoff.ts';

test.each([
  [1, 1000],
  [2, 2000],
  [5, 16_000],
  [6, 30_000],
  [5000, 30_000],
])('a job that threw %i times stays away for %i ms at most, and for half of it at least', (times, mostMs) => {
  expect(backoffMs(times, () => 0)).toBe(mostMs);
  expect(backoffMs(times, () => 1)).toBe(mostMs / 2);
});
