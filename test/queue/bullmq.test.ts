import { describe, inject } from 'vitest';
import { startEmbeddedRedis } from '#src/queue/embedded.ts';
import { describeQueue } from '#test/contracts/queue.ts';
import { startProgram } from './program.ts';
import { describeQueueProcesses } from './process-contract.ts';
import { openRoom, type RedisUnderTest } from './rooms.ts';

const redisUrl = inject('redisUrl');

describe.skipIf(redisUrl === undefined)('on a real Redis', () => {
  describeAll(async () => ({ connection: { url: redisUrl ?? '' }, close: async () => {} }));
});

describe('on the embedded Redis', () => {
  describeAll(async () => {
    const redis = await startEmbeddedRedis();
    return { connection: redis.connection, close: () => redis.stop() };
  });
});

describe('on the embedded Redis of another process', () => {
  describeAll(async () => {
    const host = await startProgram('redis');
    const { connection } = await host.heard('ready');
    if (connection === undefined) throw new Error('the program did not say where its Redis is');
    return { connection, close: () => host.kill() };
  });
});

function describeAll(open: () => Promise<RedisUnderTest>): void {
  describeQueue('BullMQ', async () => openRoom(await open()));
  describeQueueProcesses('BullMQ', open);
}
