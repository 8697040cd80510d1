import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { TryLater } from '#src/core/failure.ts';
import { createBullQueue, type BullQueue } from '#src/queue/bullmq.ts';
import { createOwnRedis, type OwnRedis } from './own-redis.ts';
import { createMemoryLog, type LogLine } from './rooms.ts';

const PATIENCE = { timeout: 15_000 };
/** `add` promises 0.8 s; what is shown here is that it settles at all, with room for a slow machine. */
const SETTLED_WITHIN_MS = 3000;

describe.skipIf(inject('redisUrl') === undefined)('while Redis is away', { timeout: 60_000 }, () => {
  let redis: OwnRedis;
  let queues: BullQueue[];
  let lines: readonly LogLine[];
  let queue: BullQueue;

  const enter = (graceMs = 5000): BullQueue => {
    const log = createMemoryLog();
    lines = log.lines;
    const entered = createBullQueue({ connection: redis.connection, concurrency: 2, graceMs, log });
    queues.push(entered);
    return entered;
  };
  const events = (): string[] => lines.map(({ event }) => event);
  const linkEvents = (): string[] => events().filter((event) => event.startsWith('redis-'));
  const workOn = async (): Promise<string[]> => {
    const handed: string[] = [];
    await queue.work(async (id) => {
      handed.push(id);
      return { kind: 'done' };
    });
    return handed;
  };

  beforeEach(async () => {
    redis = await createOwnRedis();
    queues = [];
  });
  afterEach(async () => {
    await redis.stop();
    await Promise.all(queues.map((entered) => entered.close()));
  });

  test('a Redis that was never there: calls fail in time, and all goes on when it comes', async () => {
    queue = enter();
    const handed = await workOn();
    await expectRefusals(queue);
    await redis.start();
    await vi.waitFor(() => queue.add({ id: 'late', rank: 0 }), PATIENCE);
    await vi.waitFor(() => expect(handed).toEqual(['late']), PATIENCE);
    expect(await queue.check()).toBe(true);
    await vi.waitFor(() => expect(linkEvents()).toEqual(['redis-lost', 'redis-back']), PATIENCE);
  });

  test('a Redis that is stopped and comes back empty: ids are added again, and workers go on by themselves', async () => {
    await redis.start();
    queue = enter();
    const handed = await workOn();
    await queue.add({ id: 'before', rank: 0 });
    await vi.waitFor(() => expect(handed).toEqual(['before']), PATIENCE);
    await redis.stop();
    await expectRefusals(queue);
    await redis.start();
    await vi.waitFor(() => queue.add({ id: 'after', rank: 0 }), PATIENCE);
    await vi.waitFor(() => expect(handed).toEqual(['before', 'after']), PATIENCE);
    await vi.waitFor(() => expect(linkEvents()).toEqual(['redis-lost', 'redis-back']), PATIENCE);
  });

  test('a job that runs while an empty Redis comes in its place goes on, is nobody else’s meanwhile, and ends', async () => {
    await redis.start();
    const { promise: going, resolve: finish } = Promise.withResolvers<void>();
    const handed: [string, AbortSignal][] = [];
    for (const worker of [enter(), enter()]) {
      await worker.work(async (id, signal) => {
        handed.push([id, signal]);
        await going;
        return { kind: 'done' };
      });
    }
    queue = enter();
    await queue.add({ id: 'forgotten', rank: 0 });
    await vi.waitFor(() => expect(handed).toHaveLength(1), PATIENCE);
    const before = await settled();
    await redis.stop();
    await redis.start();
    expect(await settled()).not.toBe(before);
    await queue.add({ id: 'forgotten', rank: 0 });
    await queue.add({ id: 'other', rank: 0 });
    await vi.waitFor(() => expect(handed.map(([id]) => id)).toEqual(['forgotten', 'other']), PATIENCE);
    expect(handed.map(([, { aborted }]) => aborted)).toEqual([false, false]);
    finish();
    await vi.waitFor(async () => {
      await queue.add({ id: 'forgotten', rank: 0 });
      expect(handed).toHaveLength(3);
    }, PATIENCE);
  });

  test('what Redis remembers keeps its name while it remembers, and is not told at once when it is new', async () => {
    await redis.start();
    queue = enter();
    await vi.waitFor(() => queue.add({ id: 'first', rank: 0 }), PATIENCE);
    await expect(queue.memory()).rejects.toMatchObject({ reason: 'not-ready' });
    const name = await settled();
    expect(await enter().memory()).toBe(name);
    await redis.stop();
    await expect(queue.memory()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  /** What Redis remembers, when everybody had the time to say what they hold. */
  const settled = async (): Promise<string> => vi.waitFor(() => queue.memory(), PATIENCE);

  test('a frozen Redis: calls fail in time, and an id whose adding was carried out late is one job', async () => {
    await redis.start();
    queue = enter();
    const handed = await workOn();
    expect(await queue.check()).toBe(true);
    redis.freeze();
    await expectRefusals(queue);
    redis.thaw();
    await vi.waitFor(() => expect(handed).toContain('refused'), PATIENCE);
    await vi.waitFor(() => queue.add({ id: 'thawed', rank: 0 }), PATIENCE);
    await vi.waitFor(() => expect(handed).toContain('thawed'), PATIENCE);
    expect(handed).toEqual(['refused', 'thawed']);
  });

  test('a Redis frozen for longer than the sockets bear: workers go on by themselves after it', async () => {
    await redis.start();
    queue = enter();
    const handed = await workOn();
    expect(await queue.check()).toBe(true);
    redis.freeze();
    await expect.poll(() => linkEvents(), { timeout: 30_000, interval: 500 }).toEqual(['redis-lost']);
    redis.thaw();
    await vi.waitFor(() => queue.add({ id: 'thawed', rank: 0 }), PATIENCE);
    await vi.waitFor(() => expect(handed).toContain('thawed'), PATIENCE);
    await vi.waitFor(() => expect(linkEvents()).toEqual(['redis-lost', 'redis-back']), PATIENCE);
  });

  test.each([
    ['was never there', async () => {}],
    ['has stopped', async () => startThen(() => redis.stop())],
    ['is frozen', async () => startThen(() => redis.freeze())],
  ])('stopping ends in time when Redis %s', async (_state, breakRedis) => {
    queue = enter(500);
    await workOn();
    await breakRedis();
    const startedAt = Date.now();
    await queue.close();
    expect(Date.now() - startedAt).toBeLessThan(500 + 4000 + SETTLED_WITHIN_MS);
  });

  const startThen = async (breakRedis: () => Promise<void> | void): Promise<void> => {
    await redis.start();
    await vi.waitFor(() => queue.add({ id: 'held', rank: 0 }), PATIENCE);
    await breakRedis();
  };
});

/** Of every call, within its deadline; the word for it is TryLater, since nobody can know whether it was carried out. */
async function expectRefusals(queue: BullQueue): Promise<void> {
  const startedAt = Date.now();
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: 20 }, () => queue.add({ id: 'refused', rank: 0 })),
    queue.waiting(),
    queue.check(),
  ]);
  expect(Date.now() - startedAt).toBeLessThan(SETTLED_WITHIN_MS);
  expect(outcomes.pop()).toEqual({ status: 'fulfilled', value: false });
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'unreachable' } });
    expect('reason' in outcome && outcome.reason instanceof TryLater).toBe(true);
  }
}
