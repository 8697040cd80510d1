import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '#src/core/archive.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { openHouse, type House } from '#test/flows/house.ts';
import { wordsOf } from '../chaos/aftermath.ts';
import { entriesBySeed } from './entries.ts';
import type { Scene, Way } from './scene.ts';
import { seenIn, type Seen } from './seen.ts';

/** A call that is done and whose answer nobody hears, on the way of one request. */
export interface Loss {
  readonly way: Way;
  readonly call: string;
  readonly hears: 'nothing' | 'an error';
}

export interface AfterLoss {
  readonly entry: Entry | undefined;
  /** The answer in the ledger, as people see it. */
  readonly answer: string | undefined;
  readonly seen: Seen;
}

/** A call is repeated after seconds at most, and what may still appear is waited for half a minute. */
const SETTLE_MAX_MS = 120_000;
const LOOK_EVERY_MS = 100;

/** The real product serves the scene, one request after the other, each with its own loss. */
export async function loseAndLook(scene: Scene, losses: readonly Loss[]): Promise<readonly AfterLoss[]> {
  const house = await openHouse({ HOAMI_LANGUAGE: 'en', HOAMI_LOG_LEVEL: 'warn', ...scene.settings });
  const store = await openStore(house);
  try {
    await house.start('src/main/all.ts').said('is ready');
    await scene.connected();
    const results: AfterLoss[] = [];
    for (const [index, { way, call, hears }] of losses.entries()) {
      scene.lose(call, hears);
      await scene.ask(index + 1, way, `một con mèo trên mái nhà --seed ${index + 1}`);
      results.push(await settled(scene, store, index + 1));
    }
    return results;
  } finally {
    await store.close();
    await house.close();
  }
}

const openStore = async ({ directory }: House): Promise<OpenedLedger> =>
  openLedger({
    database: { kind: 'sqlite', file: join(directory, 'data', 'ledger.sqlite') },
    maxUnfinished: 1,
    dailyBudgetMicros: undefined,
    parallel: 1,
    now: Date.now,
  });

async function settled(scene: Scene, { archive }: OpenedLedger, room: number): Promise<AfterLoss> {
  const until = Date.now() + SETTLE_MAX_MS;
  for (;;) {
    const entry = (await entriesBySeed(archive, scene.tenant)).get(room);
    const answer = entry?.answer === undefined ? undefined : wordsOf(entry.answer, entry.request.language);
    const seen = seenIn(await scene.shown(), room, scene);
    if ((answer !== undefined && seen.waiting === 0) || Date.now() > until) return { entry, answer, seen };
    await sleep(LOOK_EVERY_MS);
  }
}
