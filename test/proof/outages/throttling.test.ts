import { afterEach, describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { openEstate, type Estate, type Told } from './estate.ts';
import { IS_LONG, report } from './length.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const REQUESTS = 100;
const ROOM = 10;
const MODEL_MS = IS_LONG ? 3000 : 1000;
const IDEAL_MS = (REQUESTS / ROOM) * MODEL_MS;
/**
 * 1.2 is what is wanted, and what the long form, which runs alone and with a model as slow as real ones, is held to with a little room. Beside other
 * tests the figure is theirs as much as ours; 10 would be one at a time.
 */
const RATIO_MAX = IS_LONG ? 1.3 : 8;
const PEOPLE = ['mai', 'lan', 'tuan', 'an'];

let estate: Estate;
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A machine that is too busy to write a row in time says no, and a person then asks again. */
async function askUntilAccepted(person: string): Promise<Told> {
  for (;;) {
    const told = await estate.ask({ person });
    if (told.said !== 'ledger-unavailable') return told;
  }
}

async function burst() {
  estate.house.sandbox.addFaults([
    { service: 'bedrock', kind: 'throttle', atMost: ROOM },
    { service: 'bedrock', kind: 'slow', delayMs: MODEL_MS },
  ]);
  const told = [];
  // A few at a time: how many can be accepted in one instant is the bench's question.
  for (let at = 0; at < REQUESTS; at += PEOPLE.length)
    told.push(...(await Promise.all(PEOPLE.map(async (person) => askUntilAccepted(person)))));
  const views = await estate.ends(told);
  const { calls } = estate.house.sandbox.charges();
  const begunAt = calls.map(({ at }) => at);
  const tookMs = Math.max(...begunAt) + MODEL_MS - Math.min(...begunAt);
  return { told, views, charged: calls.length, throttled: estate.throttled(), ratio: tookMs / IDEAL_MS };
}

/** When the middle one of each person's requests was answered, in the order of all answers, from 0 to 1. */
function middles(views: Awaited<ReturnType<typeof burst>>['views']): number[] {
  const order = views
    .map((view, at) => ({ person: at % PEOPLE.length, at: view.acceptedAt + (view.answer?.tookMs ?? 0) }))
    .toSorted((a, b) => a.at - b.at);
  return PEOPLE.map((_, person) => {
    const places = order.flatMap((one, place) => (one.person === person ? [place] : []));
    return (places[Math.floor(places.length / 2)] ?? 0) / order.length;
  });
}

/** Asks, waits, and says what came of it; the last is the list of what happened that must not. */
async function serve(name: string) {
  const { told, views, charged, throttled, ratio } = await burst();
  const fairness = middles(views);
  report(name, { ratio: ratio.toFixed(2), throttled, middles: fairness.map((place) => place.toFixed(2)).join(' ') });
  return {
    accepted: told.filter(({ said }) => said === 'accepted').length,
    made: views.filter(({ state }) => state === 'made').length,
    charged,
    throttledLess: throttled < REQUESTS,
    quickly: ratio < RATIO_MAX,
    fairly: fairness.every((middle) => Math.abs(middle - 0.5) < 0.25),
    wrong: await estate.leave(),
  };
}

const WELL = { accepted: REQUESTS, made: REQUESTS, charged: REQUESTS, throttledLess: true, quickly: true, fairly: true, wrong: [] };

describe('a hundred requests before a service that bears ten at once', () => {
  it.skipIf(redisUrl === '' || postgresUrl === '')(
    'are all delivered by two workers, in about the time that ten at once take',
    { timeout: 300_000 },
    async () => {
      const database = await freshDatabase(postgresUrl);
      cleanUps.push(async () => database.drop());
      const apart = { DATABASE_URL: database.url, REDIS_URL: `${redisUrl}/9`, HOAMI_CONCURRENCY: '16' };
      estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts'], apart);
      cleanUps.push(async () => estate.house.close());
      expect(await serve('throttled, two workers')).toEqual(WELL);
    },
  );

  it('are all delivered by one process', { timeout: 300_000 }, async () => {
    estate = await openEstate(['src/main/all.ts'], { HOAMI_CONCURRENCY: '16' });
    cleanUps.push(async () => estate.house.close());
    expect(await serve('throttled, one process')).toEqual(WELL);
  });
});
