import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sayRefusal } from '#src/core/messages.ts';
import { openEstate, PASSWORD, type Estate, type Told } from './estate.ts';
import { ANSWERED_WITHIN_MS, IS_LONG, report } from './length.ts';
import { createOwnPostgres, type OwnPostgres } from './own-postgres.ts';
import { openProxy, type Proxy } from './proxy.ts';

const redisUrl = inject('redisUrl') ?? '';
const BROKEN_MS = IS_LONG ? 30_000 : 4000;
const MODEL_MS = 1000;
const ASKED_MEANWHILE = 6;
const WORDS = 'một con mèo bên cửa sổ';
/** Whoever hears nothing waits 0.2 s for what the person prefers, then 1 s for the row; the rest is the machine. */
const SILENCE_WITHIN_MS = 1800;
const SORRY = sayRefusal('vi', 'ledger-unavailable', {});

describe.skipIf(redisUrl === '' || inject('postgresUrl') === undefined)('while the way to PostgreSQL', { timeout: 300_000 }, () => {
  let postgres: OwnPostgres;
  let way: Proxy;
  let estate: Estate;
  const all: Told[] = [];

  beforeAll(async () => {
    postgres = await createOwnPostgres(PASSWORD);
    await postgres.start();
    way = await openProxy(postgres.url);
    const apart = { DATABASE_URL: way.url, REDIS_URL: `${redisUrl}/7`, HOAMI_CONCURRENCY: '2' };
    estate = await openEstate(['src/main/worker.ts', 'src/main/worker.ts', 'src/main/gateway.ts', 'src/main/gateway.ts'], apart);
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: MODEL_MS }]);
  });
  afterAll(async () => {
    await estate.house.close();
    await way.close();
    await postgres.remove();
  });

  const ask = async (everyMs: number, count: number): Promise<Told[]> => {
    const told = await estate.askEvery(everyMs, count, (at) => ({ gateway: at, words: WORDS, person: `person-${at}` }));
    all.push(...told);
    return told;
  };

  it.each<[string, () => Promise<void> | void, () => Promise<void> | void]>([
    ['is cut in the middle of answers', () => way.cut(), () => way.heal()],
    ['swallows everything', () => way.swallow(), () => way.heal()],
    ['breaks once', () => way.heal(), () => {}],
    ['is well and PostgreSQL crashes and starts again', async () => postgres.stop(), async () => postgres.start()],
  ])('%s, people are told the truth, in time', async (what, harm, mend) => {
    const before = await ask(50, 6);
    // Some are being accepted while it happens.
    const during = ask(20, 6);
    await sleep(60);
    await harm();
    const meanwhile = [...(await during), ...(await ask(BROKEN_MS / ASKED_MEANWHILE, ASKED_MEANWHILE))];
    await mend();
    const mended = performance.now();
    while ((await ask(0, 2)).some(({ said }) => said !== 'accepted')) await sleep(100);
    const slowestMs = Math.round(Math.max(...meanwhile.map(({ tookMs }) => tookMs)));
    const acceptsAgainMs = Math.round(performance.now() - mended);
    report(`the way to PostgreSQL ${what}`, { slowestMs, acceptsAgainMs, said: meanwhile.map(({ said }) => said).join(' ') });
    const refused = [...before, ...meanwhile].filter(({ said }) => said !== 'accepted');
    expect(refused.map(({ said, sentence }) => [said, sentence])).toEqual(refused.map(() => ['ledger-unavailable', SORRY]));
    for (const { tookMs } of meanwhile) expect(tookMs).toBeLessThan(Math.max(ANSWERED_WITHIN_MS, SILENCE_WITHIN_MS));
  });

  it('is open again, what was accepted is answered and paid for once, and what was refused is not half done', async () => {
    const startedAt = performance.now();
    const views = await estate.ends(all);
    // A commit whose answer was lost was told as a no, and is carried out all the same.
    const unheard = (await Promise.all(all.map(async ({ id, said }) => (said === 'accepted' ? [] : estate.find(id))))).flat();
    const ended = await Promise.all(unheard.flatMap((view) => (view === undefined ? [] : [estate.end(view.id)])));
    const paid = estate.house.sandbox.charges().calls.length;
    const refused = all.length - views.length;
    report('after PostgreSQL', {
      recoveredMs: Math.round(performance.now() - startedAt),
      requests: views.length,
      refused,
      unheard: ended.length,
      paid,
    });
    expect([...views, ...ended].map(({ state, status }) => [state, status])).toEqual([...views, ...ended].map(() => ['made', '']));
    expect(new Set([...views, ...ended].map(({ id }) => id)).size).toBe(views.length + ended.length);
    // A worker holds on to what it has paid for.
    expect(paid).toBe(views.length + ended.length);
    expect(await estate.leave()).toEqual([]);
  });
});
