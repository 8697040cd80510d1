import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { Entry } from '#src/core/archive.ts';
import { openLedger, type LedgerDatabase } from '#src/ledger/open.ts';
import { openHouse, type Ended, type House } from '#test/flows/house.ts';
import type { Death } from './mortal.ts';
import { openNoticeboard, type Noticeboard } from './noticeboard.ts';
import type { Order } from './program.ts';

const PROGRAM = 'test/proof/crash/program.ts';
const billSchema = z.object({ billed: z.string(), costMicros: z.number() });
const placesSchema = z.object({ places: z.array(z.string()) });
/** A life is over within this time or something hangs. Redis gives a dead worker's job to another after 11 s at most. */
const LIFE_MAX_MS = 120_000;

/** What became of one request whose process was to die. */
export interface Fall {
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
  /** How often the answer hangs at the noticeboard. */
  readonly posts: number;
  readonly entry: Entry | undefined;
  /** Paid calls for pictures as the service counts them. */
  readonly chargedMicros: number;
  readonly bookedMicros: number;
  /** How often Claude was asked for the prompt, what one of its answers costs, and what the ledger has booked for them. */
  readonly asked: number;
  readonly askedMicros: number;
  readonly askedBookedMicros: number;
}

/** Where the lives are lived: the database is theirs alone. */
export interface World {
  readonly settings: Readonly<Record<string, string>>;
  readonly database?: LedgerDatabase;
}

/** The request that is made at every life: a picture is downloaded, fitted and sent, and the service says "not now" at the first call. */
const textOf = (number: number): string => `một con mèo cầm tấm biển "k${number}k" --seed ${number}`;

/** Every place that a request comes to which nothing happens to. */
export async function discoverPlaces(world: World): Promise<readonly string[]> {
  return inRoom(world, async ({ live }) => {
    const { out, err } = await live(1, { only: idOf(1), awaits: [idOf(1)] });
    const last = out.trim().split('\n').at(-1) ?? '';
    if (!last.includes('places')) throw new Error(err);
    return placesSchema.parse(JSON.parse(last)).places;
  });
}

/** One life for each death, one after the other on the same data, and then an heir, who dies nowhere and finishes what they have left. */
export async function dieAndRecover(world: World, deaths: readonly Death[]): Promise<readonly Fall[]> {
  return inRoom(world, async ({ live, house, board }) => {
    const lives: Ended[] = [];
    for (const [index, death] of deaths.entries()) {
      const number = index + 1;
      lives.push(await live(number, { only: idOf(number), death, awaits: [idOf(number)] }));
    }
    // What was not acknowledged, the platform delivers again.
    const again = lives.flatMap(({ out }, index) => (out.includes('told') ? [] : [index + 1]));
    const heir = await live(again, { awaits: deaths.map((_, index) => idOf(index + 1)) });
    if (heir.code !== 0) throw new Error(`the heir did not finish: ${heir.err}`);
    return look(world, house, board, [...lives, heir]);
  });
}

interface Room {
  readonly house: House;
  readonly board: Noticeboard;
  /** One process from its start to its end, which asks for what has these numbers. */
  readonly live: (numbers: number | readonly number[], order: Omit<Order, 'board' | 'asks'>) => Promise<Ended>;
}

const idOf = (number: number): string => `board-${number}`;

async function inRoom<Value>({ settings }: World, work: (room: Room) => Promise<Value>): Promise<Value> {
  const photo = sharp({ create: { width: 256, height: 256, channels: 3, background: '#c05020' } });
  const board = await openNoticeboard(await photo.png().toBuffer());
  const house = await openHouse(settings);
  const live: Room['live'] = async (numbers, order) => {
    const asks = [numbers].flat().map((number) => ({ id: idOf(number), text: textOf(number) }));
    for (const number of typeof numbers === 'number' ? [numbers] : []) {
      const rule = { service: 'bedrock', kind: 'throttle', times: 1, retryAfterSeconds: 1 } as const;
      house.sandbox.addFaults([{ ...rule, whenPromptIncludes: `k${number}k` }]);
    }
    const running = house.start(PROGRAM, [JSON.stringify({ board: board.url, asks, ...order })]);
    const timer = setTimeout(() => running.child.kill('SIGABRT'), LIFE_MAX_MS);
    return running.ended.finally(() => clearTimeout(timer));
  };
  try {
    return await work({ house, board, live });
  } finally {
    await house.close();
    await board.close();
  }
}

/** Of all lives but the last one's, which is the heir's. */
async function look(world: World, house: House, board: Noticeboard, lives: readonly Ended[]): Promise<readonly Fall[]> {
  const database = world.database ?? { kind: 'sqlite', file: join(house.directory, 'data', 'ledger.sqlite') };
  const store = await openLedger({ database, maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
  const charges = house.sandbox.charges().calls;
  const calls = house.sandbox.calls().filter(({ service }) => service === 'claude');
  const bills = lives.flatMap(({ out }) => billsIn(out));
  const falls: Fall[] = [];
  for (const [index, { signal, err }] of lives.slice(0, -1).entries()) {
    const number = index + 1;
    const id = idOf(number);
    const spent = await store.archive.spent({ requestId: id });
    falls.push({
      signal,
      err,
      posts: board.posts.filter((post) => post.id === id).length,
      entry: await store.archive.find(id),
      chargedMicros: sum(charges.filter(({ seed }) => seed === number).map(({ priceMicros }) => priceMicros)),
      bookedMicros: sum(spent.filter(({ what }) => what === 'picture').map(({ costMicros }) => costMicros)),
      asked: calls.filter(({ note }) => String(note['text']).includes(`k${number}k`)).length,
      askedMicros: bills.find(({ billed }) => billed.includes(`k${number}k`))?.costMicros ?? 0,
      askedBookedMicros: sum(spent.filter(({ what }) => what === 'prompt').map(({ costMicros }) => costMicros)),
    });
  }
  await store.close();
  return falls;
}

function billsIn(out: string): z.infer<typeof billSchema>[] {
  return out.split('\n').flatMap((line) => (line.includes('"billed"') ? [billSchema.parse(JSON.parse(line))] : []));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
