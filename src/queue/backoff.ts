const FIRST_MS = 1000;
const MAX_MS = 30_000;

/**
 * How long a job stays away after its handler has thrown `times` times: 1, 2, 4 ... 30 s,
 * less up to a half at random, so that what failed together does not come back together.
 */
export function backoffMs(times: number, random: () => number = Math.random): number {
  const fullMs = Math.min(FIRST_MS * 2 ** (times - 1), MAX_MS);
  return Math.round(fullMs * (1 - random() / 2));
}
