import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Entry } from '#src/core/archive.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { openHouse, type Ended, type House } from '#test/flows/house.ts';
import { wordsOf } from '../chaos/aftermath.ts';
import { entriesBySeed } from './entries.ts';
import type { Death } from '../crash/mortal.ts';
import type { Order } from './program.ts';
import type { Scene, Way } from './scene.ts';
import { seenIn, type Seen } from './seen.ts';

const PROGRAM = 'test/proof/platforms/program.ts';
const placesSchema = z.object({ places: z.array(z.string()) });
/** A life is over within this time or something hangs. */
const LIFE_MAX_MS = 120_000;
/** The heir waits for what a dead gateway may still be posting, and for files that may still appear: half a minute each. */
const HEIR_MAX_MS = 180_000;
const LOOK_EVERY_MS = 200;
const AGAIN_EVERY_MS = 15_000;

/** What became of one request whose process was to die. */
export interface Fall {
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
  /** Where it came to; none when it died. */
  readonly places: readonly string[];
  /** Whether the platform saw it taken: whoever used a command reads otherwise that nobody did. */
  readonly taken: boolean;
  readonly entry: Entry | undefined;
  /** The answer in the ledger, as people see it. */
  readonly answer: string | undefined;
  readonly seen: Seen;
  /** Paid calls for pictures as the service counts them, and as the ledger books them. */
  readonly chargedMicros: number;
  readonly bookedMicros: number;
}

const textOf = (number: number): string => `một con mèo cầm tấm biển "${markOf(number)}" --seed ${number}`;
const markOf = (number: number): string => `k${number}k`;

/**
 * One life for each death, one after the other on the same data, and then the product itself, which finishes what they have left. A life without a
 * death tells the places it came to.
 */
export async function dieAndRecover(scene: Scene, way: Way, deaths: readonly (Death | undefined)[]): Promise<readonly Fall[]> {
  const house = await openHouse({ ...SETTINGS, ...scene.settings });
  try {
    const lives: Life[] = [];
    for (const [index, death] of deaths.entries()) lives.push(await live(house, scene, way, index + 1, death));
    const heir = house.start('src/main/all.ts');
    await heir.said('is ready');
    await scene.connected();
    return await look(house, scene, way, lives);
  } finally {
    await house.close();
  }
}

const SETTINGS = { HOAMI_LANGUAGE: 'en', HOAMI_LOG_LEVEL: 'warn' };

interface Life {
  readonly ended: Ended;
  readonly taken: boolean;
}

async function live(house: House, scene: Scene, way: Way, number: number, death: Death | undefined): Promise<Life> {
  const order: Order = { wire: scene.wire, mark: markOf(number), ...(death === undefined ? {} : { death }) };
  const running = house.start(PROGRAM, [JSON.stringify(order)]);
  const timer = setTimeout(() => running.child.kill('SIGABRT'), LIFE_MAX_MS);
  try {
    await running.said('listening');
    await scene.connected();
    const { taken } = await scene.ask(number, way, textOf(number));
    return { ended: await running.ended, taken };
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until everything that was taken is answered and nothing says any more that it is on its way. What is not so in time is seen as it is. */
async function look(house: House, scene: Scene, way: Way, lives: readonly Life[]): Promise<readonly Fall[]> {
  const database = { kind: 'sqlite', file: join(house.directory, 'data', 'ledger.sqlite') } as const;
  const store = await openLedger({ database, maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
  try {
    const until = Date.now() + HEIR_MAX_MS;
    let againAt = Date.now();
    for (;;) {
      const falls = await lookOnce(house, scene, store, lives);
      const isOver = falls.every(({ taken, entry, answer, seen }) => {
        const isUnheard = way === 'command' && !taken && entry === undefined;
        return seen.waiting === 0 && (answer !== undefined || isUnheard);
      });
      if (isOver || Date.now() > until) return falls;
      await sleep(LOOK_EVERY_MS);
      if (Date.now() > againAt) {
        scene.sendAgain();
        againAt += AGAIN_EVERY_MS;
      }
    }
  } finally {
    await store.close();
  }
}

async function lookOnce(house: House, scene: Scene, store: OpenedLedger, lives: readonly Life[]): Promise<readonly Fall[]> {
  const entries = await entriesBySeed(store.archive, scene.tenant);
  const shown = await scene.shown();
  const falls: Fall[] = [];
  for (const [index, { ended, taken }] of lives.entries()) {
    const seed = index + 1;
    const entry = entries.get(seed);
    const spent = entry === undefined ? [] : await store.archive.spent({ requestId: entry.request.id });
    falls.push({
      signal: ended.signal,
      err: ended.err,
      places: placesIn(ended.out),
      taken,
      entry,
      answer: entry?.answer === undefined ? undefined : wordsOf(entry.answer, entry.request.language),
      seen: seenIn(shown, seed, scene),
      chargedMicros: sum(house.sandbox.charges().calls.flatMap((call) => (call.seed === seed ? [call.priceMicros] : []))),
      bookedMicros: sum(spent.flatMap(({ what, costMicros }) => (what === 'picture' ? [costMicros] : []))),
    });
  }
  return falls;
}

function placesIn(out: string): readonly string[] {
  const last = out.trim().split('\n').at(-1) ?? '';
  return last.includes('places') ? placesSchema.parse(JSON.parse(last)).places : [];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
