import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Running } from '#test/flows/house.ts';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { openEstate, type Estate, type Told } from './estate.ts';
import { report } from './length.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const MODEL_MS = 1500;
/** A half of what one worker alone can do, so that a restart is all that anybody waits for. */
const ASK_EVERY_MS = 750;
const STOP_MAX_MS = 30_000;

describe.skipIf(redisUrl === '' || postgresUrl === '')('an orderly stop', { timeout: 120_000 }, () => {
  let database: FreshDatabase;
  let estate: Estate;
  beforeEach(async () => {
    database = await freshDatabase(postgresUrl);
    estate = await openEstate([], { DATABASE_URL: database.url, REDIS_URL: `${redisUrl}/13`, HOAMI_CONCURRENCY: '4' });
  });
  afterEach(async () => {
    await estate.house.close();
    await database.drop();
  });

  async function stop({ child, ended }: Running): Promise<number> {
    const startedAt = performance.now();
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    return Math.round(performance.now() - startedAt);
  }

  it('of one process after the other under load loses nothing, doubles nothing, and delays nobody by more than itself', async () => {
    const workers = [await estate.start('src/main/worker.ts'), await estate.start('src/main/worker.ts')];
    const gateways = [await estate.start('src/main/gateway.ts'), await estate.start('src/main/gateway.ts')];
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
    const load = new AbortController();
    const asking = askUntil(load.signal);
    const stoppedMs: number[] = [];
    const startedAt = performance.now();
    for (const worker of workers) {
      stoppedMs.push(await stop(worker));
      await estate.start('src/main/worker.ts');
    }
    for (const [at, gateway] of gateways.entries()) {
      estate.closeTo(at);
      stoppedMs.push(await stop(gateway));
      await estate.start('src/main/gateway.ts');
    }
    const restartMs = Math.round(performance.now() - startedAt);
    load.abort();
    const told = await asking;
    const views = await estate.ends(told);
    const slowestMs = Math.max(...views.map(({ answer }) => answer?.tookMs ?? Infinity));
    report('rolling restart', {
      requests: told.length,
      restartMs,
      stoppedMs: stoppedMs.join(' '),
      slowestMs,
      paid: estate.house.sandbox.charges().calls.length,
    });
    // A machine that is too busy to write a row in time says so, and then nothing is painted.
    expect(told.filter(({ said }) => !['accepted', 'ledger-unavailable'].includes(said))).toEqual([]);
    expect(views.filter(({ state }) => state === 'made')).toHaveLength(views.length);
    expect(estate.house.sandbox.charges().calls).toHaveLength(views.length);
    for (const ms of stoppedMs) expect(ms).toBeLessThan(STOP_MAX_MS);
    expect(slowestMs).toBeLessThan(MODEL_MS + restartMs);
    expect(await estate.leave()).toEqual([]);
  });

  it('in the middle of a picture that takes too long hands it back in time, and another worker goes on with it', async () => {
    const worker = await estate.start('src/main/worker.ts');
    await estate.start('src/main/gateway.ts');
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 60_000, times: 1 }]);
    const { id } = await estate.ask();
    while (estate.house.sandbox.charges().calls.length === 0) await sleep(50);
    const stoppedMs = await stop(worker);
    const startedAt = performance.now();
    await estate.start('src/main/worker.ts');
    const { state } = await estate.end(id);
    report('stopped in a picture', { stoppedMs, thenMs: Math.round(performance.now() - startedAt) });
    expect([state, stoppedMs < STOP_MAX_MS]).toEqual(['made', true]);
    expect(estate.house.sandbox.charges().calls).toHaveLength(2);
    expect(await estate.leave()).toEqual([]);
  });

  async function askUntil(signal: AbortSignal): Promise<Told[]> {
    const told: Promise<Told>[] = [];
    while (!signal.aborted) {
      told.push(estate.ask({ person: `person-${told.length % 3}`, gateway: told.length }));
      await sleep(ASK_EVERY_MS);
    }
    return Promise.all(told);
  }
});
