import { beforeAll, describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { questionMaxMicros } from '#workers/enhancer/price.ts';
import { dieAndRecover, discoverPlaces, type Fall, type World } from './lives.ts';
import type { Death } from './mortal.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');

/**
 * Every call to the outside that one request makes, in order: intake and the pipeline, with a picture to fetch and a service that is busy at first.
 * A new one fails the test that reads this list, so that somebody looks at what dying there means.
 */
const PLACES = `
  ledger accept, queue add, ledger open, read settle/answer, ledger isCancelled, write progress/stage
  read prepare/pictures, board photo, blobs put, write prepare/pictures, write progress/stage (2), ledger isCancelled (2)
  read enhance/prompt, write enhance/prompt, claude complete, write enhance/prompt (2), write progress/stage (3), ledger isCancelled (3)
  read plan/pictures, write plan/pictures, write progress/stage (4), read plan/stand-in
  read invoke/picture-0, blobs get, write invoke/picture-0, bedrock invoke, write invoke/picture-0 (2), ledger postpone, queue verdict
  ledger open (2), read settle/answer (2), ledger isCancelled (4), write progress/stage (5)
  read prepare/pictures (2), write progress/stage (6), ledger isCancelled (5)
  read enhance/prompt (2), write progress/stage (7), ledger isCancelled (6), read plan/pictures (2), write progress/stage (8)
  read plan/stand-in (2), read invoke/picture-0 (2), blobs get (2), write invoke/picture-0 (3), bedrock invoke (2)
  write invoke/picture-0 (4), blobs put (2), ledger isCancelled (7), read settle/answer (3), ledger spentMicros
  read plan/stand-in (3), read plan/stand-in (4), write settle/answer, ledger isCancelled (8)
  read deliver/posted, read deliver/intent, write deliver/intent, blobs get (3), board post, write deliver/posted
  ledger close, queue verdict (2)
`
  .trim()
  .split(/,\s*|\n\s*/);

interface Toll {
  /** Paid calls as the service counts them, and as the ledger books them. */
  readonly charged: 1 | 2;
  readonly booked: 1 | 2;
  /** Calls for the prompt, and how many the ledger has booked beside the one whose answer came, at the most that they may have cost. */
  readonly asked: 1 | 2;
  readonly askedUnknown: 0 | 1;
}

const USUAL: Toll = { charged: 1, booked: 1, asked: 1, askedUnknown: 0 };
/** Between the service's answer and the stored bytes: the picture is nowhere, so that it is made again. */
const PAINTED_TWICE: Toll = { ...USUAL, charged: 2, booked: 2 };
/** Between the intent and whatever the service says: nobody can tell whether the call was made, so that it is booked as if it had been. */
const BOOKED_TWICE: Toll = { ...USUAL, booked: 2 };
/** The same with Claude: the words that it has found are nowhere, or nobody can tell whether it was asked. */
const ASKED_TWICE: Toll = { ...USUAL, asked: 2, askedUnknown: 1 };
const ASKING_BOOKED_TWICE: Toll = { ...USUAL, askedUnknown: 1 };

/** The only deaths that cost anything. */
const TOLLS: Readonly<Record<string, Toll>> = {
  'after write enhance/prompt': ASKING_BOOKED_TWICE,
  'before claude complete': ASKING_BOOKED_TWICE,
  'after claude complete': ASKED_TWICE,
  'before write enhance/prompt (2)': ASKED_TWICE,
  'after write invoke/picture-0': BOOKED_TWICE,
  'before bedrock invoke': BOOKED_TWICE,
  'after bedrock invoke': BOOKED_TWICE,
  'before write invoke/picture-0 (2)': BOOKED_TWICE,
  'after write invoke/picture-0 (3)': BOOKED_TWICE,
  'before bedrock invoke (2)': BOOKED_TWICE,
  'after bedrock invoke (2)': PAINTED_TWICE,
  'before write invoke/picture-0 (4)': PAINTED_TWICE,
  'after write invoke/picture-0 (4)': PAINTED_TWICE,
  'before blobs put (2)': PAINTED_TWICE,
};
const PICTURE_MICROS = 80_000;
const QUESTION_MICROS = questionMaxMicros('claude-haiku-5-5');

/**
 * Before a call and after the one that precedes it are the same moment as seen from outside, so that every second place, before and after it, is
 * every moment there is. CI shares them out: one ground has the moments before those places, the other the moments after them.
 * `npm run crash` runs all places, both ways, on both grounds.
 */
const isComplete = process.env['npm_lifecycle_event'] === 'crash';

function deathsOf(half: Death['when']): readonly Death[] {
  if (!isComplete) return PLACES.filter((_, index) => index % 2 === 0).map((place) => ({ place, when: half }));
  return PLACES.flatMap((place) => [
    { place, when: 'before' },
    { place, when: 'after' },
  ]);
}

const LANES = 4;

/** Redis' numbered databases that no other test uses. */
const REDIS_FROM = 10;

interface Ground {
  readonly world: World;
  leave(): Promise<void>;
}

const embedded = async (): Promise<Ground> => ({ world: { settings: {} }, leave: async () => {} });

async function shared(lane: number): Promise<Ground> {
  const database = await freshDatabase(postgresUrl ?? '');
  const settings = { REDIS_URL: `${redisUrl ?? ''}/${REDIS_FROM + lane}`, DATABASE_URL: database.url };
  return { world: { settings, database: { kind: 'postgres', url: database.url } }, leave: database.drop };
}

async function onGround<Value>(
  open: (lane: number) => Promise<Ground>,
  lane: number,
  work: (world: World) => Promise<Value>,
): Promise<Value> {
  const { world, leave } = await open(lane);
  try {
    return await work(world);
  } finally {
    await leave();
  }
}

/** Lanes side by side, since a life is mostly waiting: for the program to start, for the service, for Redis to notice a death. */
async function dieInLanes(open: (lane: number) => Promise<Ground>, deaths: readonly Death[]): Promise<ReadonlyMap<Death, Fall>> {
  const falls = new Map<Death, Fall>();
  const lane = async (number: number): Promise<void> => {
    const own = deaths.filter((_, index) => index % LANES === number);
    const ended = await onGround(open, number, async (world) => dieAndRecover(world, own));
    for (const [index, death] of own.entries()) if (ended[index] !== undefined) falls.set(death, ended[index]);
  };
  await Promise.all(Array.from({ length: LANES }, async (_, number) => lane(number)));
  return falls;
}

const grounds = [
  { name: 'one process without services', open: embedded, half: 'before', missing: false },
  { name: 'Redis and PostgreSQL', open: shared, half: 'after', missing: redisUrl === undefined || postgresUrl === undefined },
] as const;

for (const { name, open, half, missing } of grounds) {
  describe.skipIf(missing)(`a process killed, on ${name},`, () => {
    const deaths = deathsOf(half);
    let falls: ReadonlyMap<Death, Fall>;
    beforeAll(async () => {
      falls = await dieInLanes(open, deaths);
    }, 1_800_000);

    it('nowhere comes to exactly the places that this page lists', { timeout: 60_000 }, async () => {
      expect(await onGround(open, LANES, discoverPlaces)).toEqual(PLACES);
    });

    it.each(deaths)('$when “$place” leaves a request that is answered once', (death) => {
      const fall = falls.get(death);
      expect(fall, fall?.err).toMatchObject({ signal: 'SIGKILL', posts: 1, entry: { stage: 'finished', answer: { kind: 'made' } } });
      const { charged, booked, asked, askedUnknown } = TOLLS[`${death.when} ${death.place}`] ?? USUAL;
      const { chargedMicros, bookedMicros, askedMicros = 0, askedBookedMicros } = fall ?? {};
      expect({ chargedMicros, bookedMicros }).toEqual({ chargedMicros: charged * PICTURE_MICROS, bookedMicros: booked * PICTURE_MICROS });
      expect(askedMicros).toBeGreaterThan(0);
      expect({ asked: fall?.asked, askedBookedMicros }).toEqual({ asked, askedBookedMicros: askedMicros + askedUnknown * QUESTION_MICROS });
    });
  });
}
