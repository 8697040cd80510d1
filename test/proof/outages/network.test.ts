import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { openEstate, type Estate, type Told } from './estate.ts';
import { ANSWERED_WITHIN_MS, IS_LONG, report } from './length.ts';
import { openProxy, type Proxy } from './proxy.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const BROKEN_MS = IS_LONG ? 30_000 : 4000;
const MODEL_MS = 1000;

describe.skipIf(redisUrl === '' || postgresUrl === '')('while the way to Redis', { timeout: 300_000 }, () => {
  let database: FreshDatabase;
  let way: Proxy;
  let estate: Estate;
  const all: Told[] = [];

  beforeAll(async () => {
    database = await freshDatabase(postgresUrl);
    way = await openProxy(`${redisUrl}/8`);
    const apart = { DATABASE_URL: database.url, REDIS_URL: way.url, HOAMI_CONCURRENCY: '2' };
    estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts'], apart);
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
  });
  afterAll(async () => {
    await estate.house.close();
    await way.close();
    await database.drop();
  });

  it.each([
    ['is cut in the middle of answers', () => way.cut()],
    ['swallows everything', () => way.swallow()],
  ])('%s, people are told yes, in time', async (what, harm) => {
    const before = await estate.askEvery(50, 4);
    harm();
    const meanwhile = await estate.askEvery(BROKEN_MS / 4, 4);
    way.heal();
    all.push(...before, ...meanwhile);
    const slowestMs = Math.round(Math.max(...meanwhile.map(({ tookMs }) => tookMs)));
    report(`the way to Redis ${what}`, { slowestMs, said: meanwhile.map(({ said }) => said).join(' ') });
    for (const { tookMs } of meanwhile) expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    // Only a machine that is too busy to write a row in time says no, and then says that.
    const refused = meanwhile.map(({ said }) => said).filter((said) => said !== 'accepted');
    expect(refused).toEqual(refused.map(() => 'ledger-unavailable'));
  });

  it('is open again, what was accepted is answered, and paid for once', async () => {
    const startedAt = performance.now();
    const views = await estate.ends(all);
    const paid = estate.house.sandbox.charges().calls.length;
    report('after the network', { recoveredMs: Math.round(performance.now() - startedAt), requests: views.length, paid });
    expect(views.map(({ state, status }) => [state, status])).toEqual(views.map(() => ['made', '']));
    expect(paid).toBe(views.length);
    expect(await estate.leave()).toEqual([]);
  });
});
