import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEstate, type Estate } from './estate.ts';
import { report } from './length.ts';

const SLOTS = 4;
const FLOOD = 200;
const MODEL_MS = 1000;
const OTHERS = [1, 2, 3];

describe('a person with one request, behind two hundred of another', { timeout: 120_000 }, () => {
  let estate: Estate;
  beforeAll(async () => {
    estate = await openEstate(['src/main/all.ts'], { HOAMI_CONCURRENCY: String(SLOTS) });
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
  });
  afterAll(async () => estate.house.close());

  const tookMs = async (id: string): Promise<number> => (await estate.end(id)).answer?.tookMs ?? Infinity;
  const begunWith = (seed: number) => estate.house.sandbox.charges().calls.find((call) => call.seed === seed);

  it('gets the next slot that becomes free', async () => {
    const aloneMs = await tookMs((await estate.ask()).id);
    for (let at = 0; at < FLOOD; at += 1) await estate.ask({ person: 'flood' });
    const waits: { overtakenBy: number; waited: number }[] = [];
    for (const seed of OTHERS) {
      const before = estate.house.sandbox.charges().calls.length;
      const { id } = await estate.ask({ person: `person-${seed}`, words: `a lighthouse --raw --seed ${seed}` });
      const serviceAndWaitMs = await tookMs(id);
      const { calls } = estate.house.sandbox.charges();
      const own = begunWith(seed);
      waits.push({
        overtakenBy: calls.filter((call) => call !== own).length - before - laterThan(own?.at),
        waited: serviceAndWaitMs / aloneMs - 1,
      });
    }
    report('fairness', {
      waits: waits.map(({ waited }) => waited.toFixed(2)).join(' '),
      overtakenBy: waits.map((one) => one.overtakenBy).join(' '),
    });
    // Those that were taken while this one was being accepted go first, and nobody else.
    for (const { overtakenBy } of waits) expect(overtakenBy).toBeLessThanOrEqual(SLOTS);
    for (const { waited } of waits) expect(waited).toBeLessThan(1.5);
    expect(await estate.leave()).toEqual([]);
  });

  const laterThan = (at = 0): number => estate.house.sandbox.charges().calls.filter((call) => call.at > at).length;
});
