import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedRedis, type EmbeddedRedis } from '#src/queue/embedded.ts';
import { startProgram } from './program.ts';

let redis: EmbeddedRedis;
let clients: Redis[];
const open = (): Redis => {
  const client = new Redis(redis.connection);
  clients.push(client);
  return client;
};

beforeEach(async () => {
  redis = await startEmbeddedRedis();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await redis.stop();
});

test('wakes a blocked client when its value comes, and not with the next tick of a clock', async () => {
  const [reader, writer] = [open(), open()];
  const startedAt = performance.now();
  for (let round = 0; round < 300; round += 1) {
    // A reply that is not acknowledged yet, for which the next small one would wait without TCP_NODELAY.
    const answered = reader.ping();
    const popped = reader.blpop('list', 0);
    await answered;
    await writer.rpush('list', round);
    expect(await popped).toEqual(['list', String(round)]);
  }
  // By the clock, which ticks every 50 ms, this takes 15 s and more; woken, it takes a quarter of a second.
  expect(performance.now() - startedAt).toBeLessThan(7000);
});

test('takes a command of many reads and gives an answer of many writes without waiting for the clock', async () => {
  const client = open();
  const big = 'x'.repeat(8 << 20);
  const startedAt = performance.now();
  for (let round = 0; round < 5; round += 1) {
    await client.set('big', big);
    expect((await client.get('big'))?.length).toBe(big.length);
  }
  // 16 KB a tick would be 500 ticks for each.
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});

test('serves more connections over time than it has descriptors', { timeout: 60_000 }, async () => {
  for (let batch = 0; batch < 75; batch += 1) {
    const sockets = await Promise.all(Array.from({ length: 100 }, () => greet(redis.connection.port)));
    for (const socket of sockets) socket.destroy();
  }
  expect(await open().ping()).toBe('PONG');
});

test('answers nobody who does not know the password', async () => {
  const stranger = await greet(redis.connection.port);
  stranger.write('SET key value\r\n');
  expect(String(await once(stranger, 'data'))).toContain('NOAUTH');
  stranger.destroy();
});

test('has a password and a port of its own at every start', async () => {
  const other = await startEmbeddedRedis();
  expect(other.connection.password).not.toBe(redis.connection.password);
  expect(other.connection.port).not.toBe(redis.connection.port);
  await other.stop();
});

test('has a limit on its memory and never throws jobs away to keep it', async () => {
  const client = open();
  expect(await client.config('GET', 'maxmemory')).toEqual(['maxmemory', String(256 << 20)]);
  expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
});

test('writes no file, not even when it is told to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-queue-'));
  const program = await startProgram('redis', {}, folder);
  const { connection } = await program.heard('ready');
  const client = new Redis({ ...connection });
  await client.set('key', 'value');
  expect(await client.config('GET', 'save')).toEqual(['save', '']);
  await expect(client.save()).rejects.toThrow('ERR');
  client.disconnect();
  await program.kill();
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('forgets everything and closes its port when it is stopped', async () => {
  const client = open();
  client.on('error', () => {});
  await client.ping();
  const closed = once(client, 'close');
  await redis.stop();
  await closed;
  await expect(greet(redis.connection.port)).rejects.toThrow('ECONNREFUSED');
  redis = await startEmbeddedRedis();
});

/** Resolves when the server has said something: the connection has a descriptor then. */
async function greet(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('PING\r\n');
  const [answer]: unknown[] = await once(socket, 'data');
  expect(String(answer)).toContain('NOAUTH');
  return socket;
}
