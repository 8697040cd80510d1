import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { createOwnRedis, type OwnRedis } from '#test/queue/own-redis.ts';
import { openEstate, type Estate, type Told } from './estate.ts';
import { ANSWERED_WITHIN_MS, IS_LONG, report } from './length.ts';

const AWAY_MS = IS_LONG ? 30_000 : 3000;
const MODEL_MS = 400;
const REFUSED_MAX = IS_LONG ? 0 : 2;

describe.skipIf(inject('redisUrl') === undefined || inject('postgresUrl') === undefined)('while Redis', () => {
  let database: FreshDatabase;
  let redis: OwnRedis;
  let estate: Estate;
  const all: Told[] = [];

  beforeAll(async () => {
    [database, redis] = await Promise.all([freshDatabase(inject('postgresUrl') ?? ''), createOwnRedis()]);
    await redis.start();
    const { host, port } = redis.connection;
    const apart = { DATABASE_URL: database.url, REDIS_URL: `redis://${host}:${port}` };
    estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts', 'src/main/gateway.ts'], apart);
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
  });
  afterAll(async () => {
    await estate.house.close();
    await redis.stop();
    await database.drop();
  });

  /** People ask before, meanwhile and afterwards, at both gateways. */
  async function askThrough(begin: () => Promise<void> | void, end: () => Promise<void> | void): Promise<Told[]> {
    const told = await estate.askEvery(50, 4, (gateway) => ({ gateway }));
    await begin();
    told.push(...(await estate.askEvery(AWAY_MS / 6, 6, (gateway) => ({ gateway }))));
    await end();
    told.push(...(await estate.askEvery(50, 2, (gateway) => ({ gateway }))));
    all.push(...told);
    return told;
  }

  it.each([
    ['is frozen', () => redis.freeze(), () => redis.thaw()],
    ['is away, and an empty one comes in its place', async () => redis.stop(), async () => redis.start()],
    ['forgets everything', async () => flush(redis), () => {}],
  ])('%s, everybody is told yes, in time', { timeout: 200_000 }, async (name, begin, end) => {
    const told = await askThrough(begin, end);
    report(`asked while Redis ${name}`, { slowestMs: Math.round(Math.max(...told.map(({ tookMs }) => tookMs))) });
    // Only a machine that is too busy to write a row in time says no, and then says that.
    const refused = told.map(({ said }) => said).filter((said) => said !== 'accepted');
    expect(refused).toEqual(refused.map(() => 'ledger-unavailable'));
    expect(refused.length).toBeLessThanOrEqual(REFUSED_MAX);
    for (const { tookMs } of told) expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
  });

  it('was away, everything that was accepted is answered, and paid for once', { timeout: 200_000 }, async () => {
    const startedAt = performance.now();
    const views = await estate.ends(all);
    report('after Redis', { recoveredMs: Math.round(performance.now() - startedAt), requests: views.length, paid: paid() });
    expect(views.filter(({ state }) => state !== 'made')).toEqual([]);
    // What was in work when Redis forgot it stayed with its worker.
    expect(paid()).toBe(views.length);
    await sleep(500);
    const logs = await estate.logs();
    expect(logs.match(/"redis-lost"/g)?.length).toBeGreaterThanOrEqual(4);
    expect(await estate.leave()).toEqual([]);
  });

  const paid = (): number => estate.house.sandbox.charges().calls.length;
});

async function flush({ connection }: OwnRedis): Promise<void> {
  const client = new Redis(connection);
  await client.flushall();
  client.disconnect();
}
