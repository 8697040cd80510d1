import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openEstate, PASSWORD, type Estate } from './estate.ts';
import { ANSWERED_WITHIN_MS, IS_LONG, report } from './length.ts';
import { createOwnPostgres, type OwnPostgres } from './own-postgres.ts';

const redisUrl = inject('redisUrl') ?? '';
const AWAY_MS = IS_LONG ? 30_000 : 5000;
const MODEL_MS = 1000;

describe.skipIf(redisUrl === '' || inject('postgresUrl') === undefined)('while PostgreSQL is away', { timeout: 200_000 }, () => {
  let postgres: OwnPostgres;
  let estate: Estate;

  beforeAll(async () => {
    postgres = await createOwnPostgres(PASSWORD);
    await postgres.start();
    const apart = { DATABASE_URL: postgres.url, REDIS_URL: `${redisUrl}/10`, HOAMI_CONCURRENCY: '2' };
    estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts', 'src/main/gateway.ts'], apart);
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
  });
  afterAll(async () => {
    await estate.house.close();
    await postgres.remove();
  });

  it('people are told no in time, nobody who was told yes is forgotten, and a picture is begun again once at most', async () => {
    const before = await estate.askEvery(50, 8, (gateway) => ({ gateway }));
    await postgres.stop();
    const meanwhile = await estate.askEvery(AWAY_MS / 8, 8, (gateway) => ({ gateway }));
    await postgres.start();
    const startedAt = performance.now();
    const afterwards = await estate.askEvery(300, 4, (gateway) => ({ gateway }));
    const views = await estate.ends([...before, ...meanwhile, ...afterwards]);
    const paid = estate.house.sandbox.charges().calls.length;
    const slowestMs = Math.round(Math.max(...meanwhile.map(({ tookMs }) => tookMs)));
    report('PostgreSQL', { slowestMs, recoveredMs: Math.round(performance.now() - startedAt), answered: views.length, paid });

    expect(before.map(({ said }) => said)).toEqual(before.map(() => 'accepted'));
    expect(meanwhile.map(({ said }) => said)).toEqual(meanwhile.map(() => 'ledger-unavailable'));
    expect(afterwards.map(({ said }) => said)).toEqual(afterwards.map(() => 'accepted'));
    for (const { tookMs } of meanwhile) expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(views.map(({ state, status }) => [state, status])).toEqual(views.map(() => ['made', '']));

    // A worker holds on to what it has paid for.
    expect(paid).toBe(views.length);
    expect(await estate.leave()).toEqual([]);
  });
});
