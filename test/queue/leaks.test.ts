import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { createBullQueue } from '#src/queue/bullmq.ts';
import { startEmbeddedRedis } from '#src/queue/embedded.ts';
import { silentLog } from './rooms.ts';

const PATIENCE = { timeout: 10_000 };

test('a queue leaves no connection and no listener behind, however often it is opened and closed', async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => {
    warnings.push(message);
  };
  process.on('warning', note);
  const redis = await startEmbeddedRedis();
  const client = new Redis(redis.connection);
  const connections = async (): Promise<number> =>
    String(await client.client('LIST'))
      .trim()
      .split('\n').length;
  expect(await connections()).toBe(1);
  const sockets = countSockets();
  for (let times = 0; times < 50; times += 1) {
    const queue = createBullQueue({ connection: redis.connection, concurrency: 1, log: silentLog });
    await queue.work(async () => ({ kind: 'done' }));
    // More callers at once than an emitter takes listeners for granted.
    await Promise.all(Array.from({ length: 20 }, () => queue.waiting()));
    await queue.close();
  }
  await vi.waitFor(async () => expect(await connections()).toBe(1), PATIENCE);
  await vi.waitFor(() => expect(countSockets()).toBeLessThanOrEqual(sockets), PATIENCE);
  client.disconnect();
  await redis.stop();
  await vi.waitFor(() => expect(countSockets()).toBe(0), PATIENCE);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

const countSockets = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
