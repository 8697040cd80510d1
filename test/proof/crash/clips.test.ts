import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Entry } from '#src/core/archive.ts';
import type { SpentRow } from '#src/core/archive.ts';
import { openLedger } from '#src/ledger/open.ts';
import { freshDatabase } from '#test/setup/fresh.ts';
import { openHouse, type Ended } from '#test/flows/house.ts';
import type { World } from './lives.ts';
import type { Death } from './mortal.ts';
import { openNoticeboard } from './noticeboard.ts';
import type { Order } from './program.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');

const PROGRAM = 'test/proof/crash/program.ts';
const PRICE_MICROS = 3_750_000;
const LIFE_MAX_MS = 120_000;
/** Long enough that whoever looks for the clip at once does not find it. */
const CLIP_MS = 1500;
const REDIS_DATABASE = 15;
/** Of Bedrock, below the ones that pictures are asked for by. */
const START = '/async-invoke';

/** Where it may matter to a clip that its worker is killed: asked for, begun, looked for, fetched, looked at, kept, fixed, shown. */
const PLACES = [
  'write film/call',
  'video start',
  'write film/ticket',
  'video collect',
  'video collect (2)',
  'films measure',
  'clips keep',
  'write film/made',
  'write settle/answer',
  'clips open',
  'board post',
  'ledger close',
];

interface Fall {
  readonly ended: Ended;
  readonly posts: number;
  readonly entry: Entry | undefined;
  readonly spent: readonly SpentRow[];
}

interface Aftermath {
  readonly falls: readonly Fall[];
  /** What the service has on its bill for clips, and how many it was asked to begin, that it had begun before included. */
  readonly chargedMicros: readonly number[];
  readonly starts: number;
}

const idOf = (index: number): string => `board-${index}`;

/** One life for each death on the same data, each with a clip of its own, and then an heir who finishes what they have left. */
async function dieFilming({ settings, database }: World, deaths: readonly Death[]): Promise<Aftermath> {
  const board = await openNoticeboard(new Uint8Array());
  const bucket = 'clips-of-the-house';
  const services = { buckets: [bucket], clips: { timeMs: CLIP_MS, atOnce: 64, scale: 0.125, framesPerSecond: 2 } };
  const house = await openHouse({ ...settings, HOAMI_CLIPS_AT_ONCE: '64', S3_BUCKET: bucket }, services);
  const live = async (order: Omit<Order, 'board'>): Promise<Ended> => {
    const running = house.start(PROGRAM, [JSON.stringify({ board: board.url, ...order })], { S3_ENDPOINT: house.sandbox.url });
    const timer = setTimeout(() => running.child.kill('SIGABRT'), LIFE_MAX_MS);
    return running.ended.finally(() => clearTimeout(timer));
  };
  try {
    const lives: Ended[] = [];
    for (const [index, death] of deaths.entries()) {
      const id = idOf(index);
      lives.push(await live({ asks: [{ id, text: `a paper boat, number ${index}`, isClip: true }], only: id, death, awaits: [id] }));
    }
    const heir = await live({ asks: [], awaits: deaths.map((_, index) => idOf(index)) });
    if (heir.code !== 0) throw new Error(`the heir did not finish: ${heir.err}`);
    const file = join(house.directory, 'data', 'ledger.sqlite');
    const rules = { maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now };
    const store = await openLedger({ database: database ?? { kind: 'sqlite', file }, ...rules });
    const falls: Fall[] = [];
    for (const [index, ended] of lives.entries()) {
      const id = idOf(index);
      const posts = board.posts.filter((post) => post.id === id).length;
      falls.push({ ended, posts, entry: await store.archive.find(id), spent: await store.archive.spent({ requestId: id }) });
    }
    await store.close();
    const clips = house.sandbox.charges().calls.filter(({ clip }) => clip !== undefined);
    const starts = house.sandbox.calls().filter(({ method, path }) => method === 'POST' && path === START);
    return { falls, chargedMicros: clips.map(({ priceMicros }) => priceMicros), starts: starts.length };
  } finally {
    await house.close();
    await board.close();
  }
}

/** All places, before and after, on both grounds by `npm run crash`; CI shares out the moments that differ most. */
const isComplete = process.env['npm_lifecycle_event'] === 'crash';

const grounds = [
  {
    name: 'one process without services',
    when: 'after',
    places: ['video start', 'write film/ticket', 'video collect (2)', 'clips keep', 'write film/made', 'board post'],
    missing: false,
    isShared: false,
  },
  {
    name: 'Redis and PostgreSQL',
    when: 'before',
    places: ['video start', 'write film/ticket', 'video collect', 'films measure', 'write settle/answer', 'ledger close'],
    missing: redisUrl === undefined || postgresUrl === undefined,
    isShared: true,
  },
] as const;

for (const { name, when, places, missing, isShared } of grounds) {
  describe.skipIf(missing)(`a process killed while a clip is made, on ${name},`, () => {
    const deaths: readonly Death[] = isComplete
      ? PLACES.flatMap((place) => [{ place, when: 'before' } as const, { place, when: 'after' } as const])
      : places.map((place) => ({ place, when }));
    let aftermath: Aftermath;
    beforeAll(async () => {
      const fresh = isShared ? await freshDatabase(postgresUrl ?? '') : undefined;
      const settings = fresh === undefined ? {} : { REDIS_URL: `${redisUrl ?? ''}/${REDIS_DATABASE}`, DATABASE_URL: fresh.url };
      const database = fresh === undefined ? {} : { database: { kind: 'postgres', url: fresh.url } as const };
      aftermath = await dieFilming({ settings, ...database }, deaths);
      await fresh?.drop();
    }, 1_800_000);

    it.each(deaths)('$when “$place” leaves one clip, which is paid once and shown once', (death) => {
      const fall = aftermath.falls[deaths.indexOf(death)];
      expect(fall?.ended.signal, fall?.ended.err).toBe('SIGKILL');
      expect(fall?.posts).toBe(1);
      expect(fall?.entry).toMatchObject({ stage: 'finished', answer: { kind: 'made', clip: { durationMs: expect.any(Number) } } });
      expect(fall?.spent.filter(({ what }) => what === 'clip')).toEqual([
        { what: 'clip', modelId: 'luma-ray-2', calls: 1, costMicros: PRICE_MICROS },
      ]);
    });

    it('pays for as many clips as were asked for, and begins none that has a ticket anew', () => {
      expect(aftermath.chargedMicros).toEqual(deaths.map(() => PRICE_MICROS));
      // Whoever dies between the call and the ticket asks for the same one once more: nobody else does.
      const unknown = deaths.filter((death) => ['after video start', 'before write film/ticket'].includes(`${death.when} ${death.place}`));
      expect(aftermath.starts).toBe(deaths.length + unknown.length);
    });
  });
}
