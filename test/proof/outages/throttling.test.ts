import { afterEach, describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { openEstate, type Estate, type Told } from './estate.ts';
import { IS_LONG, report } from './length.ts';
import { startNarrowModel, type NarrowModel } from './narrow-model.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const REQUESTS = 100;
const ROOM = 10;
const MODEL_MS = IS_LONG ? 3000 : 1000;
const IDEAL_MS = (REQUESTS / ROOM) * MODEL_MS;
/**
 * The long form, which runs alone and with a model as slow as real ones, is held to what is wanted. Beside other tests the figure is theirs as much as
 * ours; 10 would be one at a time.
 */
const RATIO_MAX = IS_LONG ? 1.2 : 8;
const PEOPLE = ['mai', 'lan', 'tuan', 'an'];

let estate: Estate;
let model: NarrowModel;
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function settings() {
  model = await startNarrowModel({ room: ROOM, modelMs: MODEL_MS });
  cleanUps.push(async () => model.close());
  return { BEDROCK_ENDPOINT: model.url, HOAMI_CONCURRENCY: '16' };
}

/** A machine that is too busy to write a row in time says no, and a person then asks again. */
async function askUntilAccepted(person: string, refused: Told[]): Promise<Told> {
  for (;;) {
    const told = await estate.ask({ person });
    if (told.said !== 'ledger-unavailable') return told;
    refused.push(told);
  }
}

async function burst() {
  const [told, refused]: [Told[], Told[]] = [[], []];
  // A few at a time: how many can be accepted in one instant is the bench's question.
  for (let at = 0; at < REQUESTS; at += PEOPLE.length)
    told.push(...(await Promise.all(PEOPLE.map(async (person) => askUntilAccepted(person, refused)))));
  const acceptedMs = Date.now() - Math.min(...model.begun);
  const views = await estate.ends(told);
  // Committed just too late to be told as a yes, which is painted all the same.
  const unheard = (await Promise.all(refused.map(async ({ id }) => estate.find(id)))).filter((view) => view !== undefined);
  const tookMs = Math.max(...model.begun) + MODEL_MS - Math.min(...model.begun);
  return { told, views, unheard: unheard.length, acceptedMs, ratio: tookMs / IDEAL_MS };
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
  const { told, views, unheard, acceptedMs, ratio } = await burst();
  const [charged, throttled] = [model.begun.length, model.turnedAway()];
  const fairness = middles(views);
  const occupancy = model.occupancy().toFixed(2);
  report(name, { ratio: ratio.toFixed(2), occupancy, acceptedMs, throttled, middles: fairness.map((place) => place.toFixed(2)).join(' ') });
  return {
    accepted: told.filter(({ said }) => said === 'accepted').length,
    made: views.filter(({ state }) => state === 'made').length,
    charged: charged - unheard,
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
      const apart = { DATABASE_URL: database.url, REDIS_URL: `${redisUrl}/9`, ...(await settings()) };
      estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts'], apart);
      cleanUps.push(async () => estate.house.close());
      expect(await serve('throttled, two workers')).toEqual(WELL);
    },
  );

  it('are all delivered by one process', { timeout: 300_000 }, async () => {
    estate = await openEstate(['src/main/all.ts'], await settings());
    cleanUps.push(async () => estate.house.close());
    expect(await serve('throttled, one process')).toEqual(WELL);
  });
});
