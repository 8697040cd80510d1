import { describe, expect, it } from 'vitest';
import { PLANTED_BUGS } from './plants.ts';
import { simulate, type SimulateOptions } from './simulate.ts';

const HISTORIES = 20_000;
/** Enough for the rarest of the planted bugs, found after a tenth of it. */
const SEEDS_TO_FIND = 4000;
const SHOWN_MAX = 5;
const YIELD_EVERY = 200;
const LIMIT_MS = 300_000;

/** Runs one seed after the other, until `isEnough` of what was broken. */
async function run(count: number, options: SimulateOptions, isEnough: (broken: readonly string[]) => boolean): Promise<string[]> {
  const broken: string[] = [];
  for (let seed = 1; seed <= count && !isEnough(broken); seed += 1) {
    const { violations } = await simulate(seed, options);
    broken.push(...violations.map((violation) => `npm run simulate -- --seed ${seed} --count 1 --story: ${violation}`));
    // A history never lets go of the thread by itself.
    if (seed % YIELD_EVERY === 0) await new Promise(setImmediate);
  }
  return broken;
}

describe('the product in a world where everything fails', () => {
  it('keeps every promise', { timeout: LIMIT_MS }, async () => {
    expect(await run(HISTORIES, {}, ({ length }) => length >= SHOWN_MAX)).toEqual([]);
  });

  it('has the same history again for the same seed', async () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(await simulate(seed)).toEqual(await simulate(seed));
  });

  it('has all that may happen happen, so that keeping the promises means something', async () => {
    const kinds = new Map<string, number>();
    for (let seed = 1; seed <= 1500; seed += 1) {
      const { history } = await simulate(seed);
      const happened = history.map((event) => (event.kind === 'ambiguous' ? `${event.call?.split(' ')[0]} fails` : event.kind));
      const shown = history.flatMap((event) =>
        event.kind === 'shown'
          ? [
              event.answer
                .split(' ')
                .slice(0, event.answer.startsWith('made') ? 1 : 2)
                .join(' '),
            ]
          : [],
      );
      for (const kind of new Set([...happened, ...shown])) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    for (const kind of ['asked', 'told', 'handed', 'begun', 'charged', 'kept', 'shown', 'closed', 'killed', 'frozen', 'flushed'])
      expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(10);
    for (const call of ['ledger.accept', 'ledger.open', 'ledger.write', 'queue.add', 'blobs.put', 'model.generate', 'platform.post'])
      expect(kinds.get(`${call} fails`) ?? 0, call).toBeGreaterThan(2);
    for (const answer of ['made', 'refused filtered-prompt', 'refused prompt-refused', 'refused storage-full', 'refused too-late'])
      expect(kinds.get(answer) ?? 0, answer).toBeGreaterThan(1);
  });
});

describe('the checker, of a product with a planted bug', () => {
  it.each(PLANTED_BUGS)('finds that $name', { timeout: LIMIT_MS }, async ({ plant, says }) => {
    const isSaid = (violation: string): boolean => says.some((word) => violation.includes(`--story: ${word}:`));
    const broken = await run(SEEDS_TO_FIND, { plant }, (all) => all.some(isSaid));
    expect(broken.filter(isSaid)).not.toEqual([]);
  });
});
