import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
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

  it('waits for a shell command that has the data just now, says so, and takes over', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 8000, times: 1 }]);
    const shell = house.shell(['imagine', 'a patient heron', '--raw', '--json']);
    await expect.poll(() => house.sandbox.calls().filter(({ service }) => service === 'bedrock').length, { timeout: 30_000 }).toBe(1);
    const server = house.start(SERVER);
    await server.said('A hoami command is using the data');
    expect((await shell).code).toBe(0);
    expect(await pageOf(server)).toMatch(/^http/);
  });

  it('names the port, the address or the folder that cannot be had', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const worker = { REDIS_URL: 'redis://127.0.0.1:1', HEALTH_PORT: port };
    const tries = [
      house.start(SERVER, [], { PORT: port }),
      house.start('src/main/worker.ts', [], { ...worker, HOAMI_DATA_DIR: `${house.directory}/worker` }),
      house.start(SERVER, [], { HOAMI_HOST: '203.0.113.7', HOAMI_DATA_DIR: `${house.directory}/elsewhere` }),
      house.start(SERVER, [], { HOAMI_DATA_DIR: '/dev/null' }),
    ];
    const ended = await Promise.all(tries.map(async (one) => one.ended));
    taken.close();
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(ended.map(({ err }) => err.trim().split('\n').at(-1))).toEqual([
      `Port ${port} is in use. Set PORT to another number.`,
      `Port ${port} is in use. Set HEALTH_PORT to another number.`,
      '203.0.113.7 is not an address of this machine. Check HOAMI_HOST.',
      'The folder /dev/null cannot be written to. Check HOAMI_DATA_DIR.',
    ]);
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

  it('ends in time while a picture is painted, a picture trickles in, and whoever stops it is impatient', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 120_000, times: 1 }]);
    const server = house.start(SERVER);
    const page = await pageOf(server);
    const id = await ask(page, 'a very slow river --raw');
    await expect.poll(() => house.sandbox.calls().filter(({ service }) => service === 'bedrock').length, { timeout: 30_000 }).toBe(1);
    const trickle = startUpload(page);
    const startedAt = performance.now();
    server.child.kill('SIGINT');
    setTimeout(() => server.child.kill('SIGTERM'), 1000);
    const { code } = await server.ended;
    const tookMs = performance.now() - startedAt;
    clearInterval(trickle);
    expect([code, tookMs > 10_000, tookMs < 30_000]).toEqual([0, true, true]);
    const again = await pageOf(house.start(SERVER));
    await expect.poll(async () => (await look(again, id)).state, { timeout: 30_000 }).toBe('made');
  });
});

/** A picture that comes a few bytes at a time and never ends. */
function startUpload(page: string): NodeJS.Timeout {
  const { hostname, port, origin } = new URL(page);
  const headers = { origin, 'content-type': 'multipart/form-data; boundary=b', 'content-length': 10_000_000 };
  const upload = request({ hostname, port, path: '/api/ask', method: 'POST', headers });
  upload.on('error', () => {});
  upload.write('--b\r\ncontent-disposition: form-data; name="picture"; filename="a.png"\r\n\r\n');
  return setInterval(() => upload.destroyed || upload.write('x'), 200);
}
