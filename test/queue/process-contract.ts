import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import type { Handle } from '#src/core/queue.ts';
import { createBullQueue, type BullQueue } from '#src/queue/bullmq.ts';
import { startProgram, type Program } from './program.ts';
import { freshName, silentLog, type RedisUnderTest } from './rooms.ts';

/** The promise of the queue: work lost to a kill is somebody else's within this time. */
const BACK_WITHIN = { timeout: 15_000 };
const PATIENCE = { timeout: 10_000 };
/** Longer than the lock, 7 s. */
const FROZEN_MS = 7500;

interface Scene extends AsyncDisposable {
  readonly queue: BullQueue;
  readonly client: Redis;
  /** The key of a job in Redis. */
  key(id: string): string;
  startWorker(): Promise<Program>;
}

/** What the queue must survive between real processes, and what it may leave behind in Redis. */
export function describeQueueProcesses(name: string, open: () => Promise<RedisUnderTest>): void {
  describe(`${name} between processes`, { timeout: 40_000, concurrent: true }, () => {
    test('gives the job of a killed worker to another one within 15 s', async () => {
      await using scene = await openScene(open);
      const victim = await scene.startWorker();
      await scene.queue.add({ id: 'orphan', rank: 0 });
      await victim.heard('taken');
      await victim.kill();
      const handed: string[] = [];
      await scene.queue.work(finish(handed));
      await vi.waitFor(() => expect(handed).toEqual(['orphan']), BACK_WITHIN);
      await vi.waitFor(async () => expect(await scene.client.exists(scene.key('orphan'))).toBe(0), PATIENCE);
    });

    test('tells a worker that was frozen longer than its lock that its job is lost', async () => {
      await using scene = await openScene(open);
      const sleeper = await scene.startWorker();
      await scene.queue.add({ id: 'slept', rank: 0 });
      await sleeper.heard('taken');
      sleeper.freeze();
      const handed: string[] = [];
      await scene.queue.work(finish(handed));
      await vi.waitFor(() => expect(handed).toEqual(['slept']), BACK_WITHIN);
      sleeper.thaw();
      expect(await sleeper.heard('aborted')).toMatchObject({ id: 'slept', reason: 'superseded' });
      // Whatever the sleeper says of the job now must not bring it back.
      await sleep(500);
      expect(handed).toEqual(['slept']);
      expect(await scene.queue.waiting()).toBe(0);
    });

    test('lets a job go on that came back to its own worker while that was frozen, and gives it to another one when that dies', async () => {
      await using scene = await openScene(open);
      const sleeper = await scene.startWorker();
      await scene.queue.add({ id: 'own', rank: 0 });
      await sleeper.heard('taken');
      sleeper.freeze();
      // Nobody else is there to look, so it is the sleeper that finds its own job stalled.
      await sleep(FROZEN_MS);
      sleeper.thaw();
      await sleep(FROZEN_MS);
      expect(sleeper.words().map(({ event }) => event)).toEqual(['taken']);
      const handed: string[] = [];
      await scene.queue.work(finish(handed));
      expect(handed).toEqual([]);
      await sleeper.kill();
      await vi.waitFor(() => expect(handed).toEqual(['own']), BACK_WITHIN);
    });

    test('leaves a job with its worker when Redis forgets everything, and knows it again', async () => {
      await using scene = await openScene(open);
      const worker = await scene.startWorker();
      await scene.queue.add({ id: 'forgotten', rank: 3 });
      await worker.heard('taken');
      for (const key of await scene.client.keys(scene.key('*'))) await scene.client.del(key);
      await vi.waitFor(async () => expect(await scene.client.exists(scene.key('forgotten'))).toBe(1), PATIENCE);
      const handed: string[] = [];
      await scene.queue.work(finish(handed));
      await scene.queue.add({ id: 'forgotten', rank: 3 });
      // Longer than a lock that nobody renews.
      await sleep(FROZEN_MS);
      expect([handed, worker.words().map(({ event }) => event)]).toEqual([[], ['taken']]);
      await worker.kill();
      await vi.waitFor(() => expect(handed).toEqual(['forgotten']), BACK_WITHIN);
      await vi.waitFor(async () => expect(await scene.client.exists(scene.key('forgotten'))).toBe(0), PATIENCE);
    });

    test('takes a job back that was put on the queue before its worker could say that it has it', async () => {
      await using scene = await openScene(open);
      const worker = await scene.startWorker();
      await scene.queue.add({ id: 'swept', rank: 0 });
      await worker.heard('taken');
      for (const key of await scene.client.keys(scene.key('*'))) await scene.client.del(key);
      await scene.queue.add({ id: 'swept', rank: 0 });
      await vi.waitFor(async () => expect(await scene.queue.waiting()).toBe(0), PATIENCE);
      expect(worker.words().map(({ event }) => event)).toEqual(['taken']);
      expect(await scene.client.lrange(scene.key('active'), 0, -1)).toEqual(['swept']);
    });

    test('keeps nothing in Redis but the id, also of a handler that threw a prompt', async () => {
      await using scene = await openScene(open);
      const entry = { id: 'private', rank: 0, prompt: 'a secret wish' };
      await scene.queue.add(entry);
      let threw = false;
      await scene.queue.work(async () => {
        if (threw) return { kind: 'wait', waitMs: 60_000 };
        threw = true;
        throw new Error('a secret wish was not understood');
      });
      const key = scene.key('private');
      await vi.waitFor(async () => expect(await scene.client.hget(key, 'failedReason')).not.toBeNull(), PATIENCE);
      const job = await scene.client.hgetall(key);
      expect(job).toMatchObject({ data: '{}', stacktrace: '[]' });
      const events = await scene.client.xrange(scene.key('events'), '-', '+');
      expect(JSON.stringify([job, events])).not.toContain('secret');
    });
  });
}

async function openScene(open: () => Promise<RedisUnderTest>): Promise<Scene> {
  const redis = await open();
  const name = freshName();
  const queue = createBullQueue({ connection: redis.connection, name, concurrency: 2, log: silentLog });
  const client = 'url' in redis.connection ? new Redis(redis.connection.url) : new Redis(redis.connection);
  const programs: Program[] = [];
  return {
    queue,
    client,
    key: (id) => `bull:${name}:${id}`,
    async startWorker() {
      const program = await startProgram('worker', { connection: redis.connection, name });
      programs.push(program);
      return program;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((program) => program.kill()));
      await queue.close();
      client.disconnect();
      await redis.close();
    },
  };
}

function finish(handed: string[]): Handle {
  return async (id) => {
    handed.push(id);
    return { kind: 'done' };
  };
}
