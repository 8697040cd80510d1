import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { openHouse, type House, type Running } from './house.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');
const READY = /"page":"(http:[^"]+)"/;
const viewSchema = z.object({ state: z.string() }).loose();

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

describe.skipIf(redisUrl === undefined || postgresUrl === undefined)('two gateways and two workers on Redis and PostgreSQL', () => {
  let database: FreshDatabase;
  let house: House;
  let workers: Running[];
  let pages: string[];

  beforeAll(async () => {
    database = await freshDatabase(postgresUrl ?? '');
    house = await openHouse({ DATABASE_URL: database.url, REDIS_URL: `${redisUrl ?? ''}/7`, HOAMI_LOG_LEVEL: 'info' });
    workers = [house.start('src/main/worker.ts'), house.start('src/main/worker.ts')];
    const gateways = [house.start('src/main/gateway.ts'), house.start('src/main/gateway.ts')];
    await Promise.all(workers.map(async (worker) => worker.said('worker-ready')));
    pages = await Promise.all(gateways.map(async (gateway) => READY.exec(await gateway.said('gateway-ready'))?.[1] ?? ''));
  });

  afterAll(async () => {
    await house.close();
    await database.drop();
  });

  async function post(page: string, id: string, text: string): Promise<unknown> {
    const response = await fetch(new URL('api/ask', page), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(page).origin },
      body: JSON.stringify({ id, text }),
    });
    return response.json();
  }

  const finished = async (page: string, id: string) =>
    until(async () => {
      const response = await fetch(new URL(`api/requests/${id}`, page));
      const { state } = viewSchema.parse(await response.json());
      return ['queued', 'running'].includes(state) ? undefined : state;
    });

  it('take requests in both languages at either gateway, paint each once, and show them at the other', async () => {
    const texts = ['một con trâu trên đồng lúa', 'a red kite over the sea', 'hoa sen trắng --n 2', 'an old lighthouse --model core'];
    const ids = texts.map((_, index) => `web-${crypto.randomUUID().slice(0, -1)}${index}`);
    await Promise.all(texts.map(async (text, index) => post(pages[index % 2] ?? '', ids[index] ?? '', text)));
    for (const [index, id] of ids.entries()) expect(await finished(pages[(index + 1) % 2] ?? '', id)).toBe('made');
    const { calls } = house.sandbox.charges();
    expect(calls).toHaveLength(5);
  });

  it('paint once what was asked for twice, at both gateways', async () => {
    const id = `web-${crypto.randomUUID()}`;
    const before = house.sandbox.charges().calls.length;
    await Promise.all(pages.map(async (page) => post(page, id, 'a lantern in the rain')));
    await finished(pages[0] ?? '', id);
    expect(house.sandbox.charges().calls).toHaveLength(before + 1);
  });

  it('finish what a killed worker had begun', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 3000, times: 4 }]);
    const ids = Array.from({ length: 4 }, () => `web-${crypto.randomUUID()}`);
    await Promise.all(ids.map(async (id) => post(pages[0] ?? '', id, 'a fishing boat at dawn')));
    const begun = house.sandbox.charges().calls.length;
    await until(async () => (house.sandbox.charges().calls.length >= begun + ids.length ? true : undefined));
    workers[0]?.child.kill('SIGKILL');
    for (const id of ids) expect(await finished(pages[0] ?? '', id)).toBe('made');
    const { length: paid } = house.sandbox.charges().calls;
    expect(paid - begun).toBeGreaterThanOrEqual(ids.length);
    // What the dead worker had in flight is paid twice at most, and nothing of the living one's.
    expect(paid - begun).toBeLessThanOrEqual(2 * ids.length);
  }, 60_000);

  it('are joined by the shell', async () => {
    const { code, out } = await house.shell(['imagine', 'a paper crane', '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true }]);
  });

  it('paint for a Vietnamese at a shell that has no credentials itself, and say how it goes', async () => {
    const nobody = {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      ANTHROPIC_API_KEY: '',
      ANTHROPIC_BASE_URL: '',
      BEDROCK_ENDPOINT: '',
    };
    const before = house.sandbox.charges().calls.length;
    const { code, out, err } = await house.shell(['imagine', 'một con cò trắng trên đồng lúa', '--out', 'co.png'], nobody);
    expect([code, err]).toEqual([0, expect.stringMatching(/Đang|Đến lượt|chờ/)]);
    expect(out).toMatch(/^Tệp +co\.png$/m);
    expect(house.sandbox.charges().calls).toHaveLength(before + 1);
  });
});
