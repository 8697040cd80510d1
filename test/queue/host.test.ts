import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimHost, type Host } from '#src/queue/host.ts';
import { startProgram, type Program } from './program.ts';

const PATIENCE = { timeout: 10_000 };
let dataDirectory: string;
let programs: Program[];
let hosts: Host[];

const startProcess = async (): Promise<Program> => {
  const program = await startProgram('host', { dataDirectory });
  programs.push(program);
  return program;
};
const claim = async (waitMs?: number): ReturnType<typeof claimHost> => {
  const joined = await claimHost(dataDirectory, waitMs === undefined ? {} : { waitMs });
  if (joined.role === 'host') hosts.push(joined);
  return joined;
};

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'hoami-host-'));
  programs = [];
  hosts = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  await Promise.all(hosts.map((host) => host.release()));
  await rm(dataDirectory, { recursive: true });
});

test('the first process hosts the queue, and the next one is its guest on the same queue', async () => {
  const first = await claim();
  const second = await startProcess();
  expect(first.role).toBe('host');
  expect(await second.heard('joined')).toEqual({ event: 'joined', role: 'guest', connection: first.connection });
});

test('a second caller in the same process is a guest too', async () => {
  expect((await claim()).role).toBe('host');
  expect((await claim()).role).toBe('guest');
});

test('a guest is told what kind of process its host is', async () => {
  const host = await claimHost(dataDirectory, { program: 'shell' });
  if (host.role === 'host') hosts.push(host);
  expect(await claim()).toMatchObject({ role: 'guest', program: 'shell' });
});

test('a folder that is made for it is its owner’s alone', async () => {
  const [own, outer] = [join(dataDirectory, 'new', 'sandbox'), join(dataDirectory, 'new')];
  const host = await claimHost(own);
  if (host.role === 'host') hosts.push(host);
  expect([(await stat(own)).mode & 0o777, (await stat(outer)).mode & 0o777]).toEqual([0o700, 0o700]);
});

test('of many processes that start at once exactly one is the host, and all use its queue', async () => {
  const started = await Promise.all(Array.from({ length: 5 }, startProcess));
  const joined = await Promise.all(started.map((program) => program.heard('joined')));
  expect(joined.filter(({ role }) => role === 'host')).toHaveLength(1);
  expect(new Set(joined.map(({ connection }) => connection?.port)).size).toBe(1);
});

test('a guest takes over when its host was killed, whatever the host left behind', async () => {
  const killed = await startProcess();
  await killed.heard('joined');
  const guest = await claim();
  if (guest.role !== 'guest') throw new Error('there is a host already');
  expect(guest.hostIsGone()).toBe(false);
  await killed.kill();
  expect(guest.hostIsGone()).toBe(true);
  const heir = await claim();
  expect(heir.role).toBe('host');
  expect(await ping(heir)).toBe('PONG');
  expect(await (await startProcess()).heard('joined')).toMatchObject({ role: 'guest', connection: heir.connection });
});

test('of many guests of a killed host exactly one becomes the next host', async () => {
  const killed = await startProcess();
  await killed.heard('joined');
  const guests = await Promise.all(Array.from({ length: 5 }, () => claim()));
  await killed.kill();
  const again = await Promise.all(guests.map(() => claim()));
  expect(again.filter(({ role }) => role === 'host')).toHaveLength(1);
  expect(new Set(again.map(({ connection }) => connection.port)).size).toBe(1);
});

test('an address that nobody answers at is not believed while a host is starting', async () => {
  const frozen = await startProcess();
  await frozen.heard('joined');
  frozen.freeze();
  await writeFile(join(dataDirectory, 'queue.json'), JSON.stringify({ host: '127.0.0.1', port: 1, password: 'stale', program: 'server' }));
  await expect(claim(300)).rejects.toThrow('does not answer');
  await writeFile(join(dataDirectory, 'queue.json'), '{"host":');
  await expect(claim(300)).rejects.toThrow('does not answer');
});

test('the address is readable by its owner only and leaves with its host', async () => {
  const host = await claim();
  const file = join(dataDirectory, 'queue.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...host.connection, program: 'server' });
  const guest = await claim();
  if (host.role !== 'host' || guest.role !== 'guest') throw new Error('the first is the host');
  await host.release();
  hosts = [];
  expect(await readdir(dataDirectory)).toEqual(['queue.lock']);
  await vi.waitFor(() => expect(guest.hostIsGone()).toBe(true), PATIENCE);
});

async function ping({ connection }: Pick<Host, 'connection'>): Promise<string> {
  const client = new Redis(connection);
  const answer = await client.ping();
  client.disconnect();
  return answer;
}
