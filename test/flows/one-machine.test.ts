import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House, type Running } from './house.ts';

const SERVER = 'src/main/all.ts';
const toldSchema = z.object({ id: z.string() }).loose();
const viewSchema = z.object({ state: z.string() }).loose();

let house: House;
beforeEach(async () => {
  house = await openHouse({ HOAMI_LANGUAGE: 'en' });
});
afterEach(async () => house.close());

async function pageOf(server: Running): Promise<string> {
  return /Open +(http:\S+)/.exec(await server.said('For real use'))?.[1] ?? '';
}

async function ask(page: string, text: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: new URL(page).origin };
  const response = await fetch(new URL('api/ask', page), { method: 'POST', headers, body: JSON.stringify({ text }) });
  return toldSchema.parse(await response.json()).id;
}

const look = async (page: string, id: string) => viewSchema.parse(await (await fetch(new URL(`api/requests/${id}`, page))).json());

describe('one machine without any service of its own', { timeout: 90_000 }, () => {
  it('says in one screen where the page is, what it uses, and what to set', async () => {
    const server = house.start(SERVER, [], { AWS_ACCESS_KEY_ID: '', ANTHROPIC_API_KEY: '', HOAMI_SANDBOX: 'on' });
    const screen = await server.said('Discord');
    expect(screen).toMatch(/Open +http:\/\/127\.0\.0\.1:\d+\//);
    expect(screen).toMatch(/sandbox: HOAMI_SANDBOX=on/);
    for (const name of ['AWS_ACCESS_KEY_ID', 'ANTHROPIC_API_KEY', 'Slack', 'Discord', house.environment['HOAMI_DATA_DIR'] ?? ''])
      expect(screen).toContain(name);
    expect(screen.trim().split('\n').length).toBeLessThan(24);
  });

  it('takes a request on the page, is killed while painting, and finishes it when it is started again', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 60_000, times: 1 }]);
    const first = house.start(SERVER);
    const page = await pageOf(first);
    const id = await ask(page, 'một chiếc thuyền trên sông Hương');
    await expect.poll(() => house.sandbox.calls().filter(({ service }) => service === 'bedrock').length, { timeout: 30_000 }).toBe(1);
    first.child.kill('SIGKILL');
    await first.ended;
    const again = await pageOf(house.start(SERVER));
    await expect.poll(async () => (await look(again, id)).state, { timeout: 30_000 }).toBe('made');
  });

  it('lets the shell in as a guest, and the shell goes on alone when the server is killed', async () => {
    const server = house.start(SERVER);
    await pageOf(server);
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 60_000, times: 1 }]);
    const guest = house.shell(['imagine', 'a kingfisher', '--json']);
    await expect.poll(() => house.sandbox.calls().filter(({ service }) => service === 'bedrock').length, { timeout: 30_000 }).toBe(1);
    server.child.kill('SIGKILL');
    const { code, out } = await guest;
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true }]);
  });

  it('refuses a second server on the same data, in one sentence', async () => {
    await pageOf(house.start(SERVER));
    const { code, err } = await house.start(SERVER).ended;
    expect(code).toBe(2);
    expect(err).toContain('Another Họa Mi is already running');
  });

  it('names every mistake of the configuration and does not start', async () => {
    const { code, err } = await house.start(SERVER, [], { PORT: 'x', REDIS_URL: 'y', HOAMI_SANDBOXX: 'on' }).ended;
    expect(code).toBe(2);
    for (const name of ['PORT', 'REDIS_URL', 'HOAMI_SANDBOXX']) expect(err).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it('ends at once and cleanly when it is told to', async () => {
    const server = house.start(SERVER);
    await pageOf(server);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });
});
