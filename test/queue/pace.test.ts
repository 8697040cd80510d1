import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { createBullQueue, type BullQueue } from '#src/queue/bullmq.ts';
import { createMemoryLog, freshName } from './rooms.ts';

const redisUrl = inject('redisUrl') ?? '';
const SLOTS = 8;
const WORK_MS = 30;

describe.skipIf(redisUrl === '')('a worker whose jobs are turned away', { timeout: 60_000 }, () => {
  let queue: BullQueue;
  afterEach(async () => queue.close());

  /** A service with so much room, and how many jobs were held at once since `held` was last looked at. */
  function startService(room: number) {
    const log = createMemoryLog();
    queue = createBullQueue({ connection: { url: redisUrl }, name: freshName(), concurrency: SLOTS, graceMs: 1000, log });
    const service = { room, running: 0, most: 0, done: 0, refused: 0, lines: log.lines };
    const working = queue.work(async () => {
      service.running += 1;
      service.most = Math.max(service.most, service.running);
      try {
        if (service.running > service.room) {
          service.refused += 1;
          return { kind: 'wait', waitMs: 50, because: 'throttled' };
        }
        await sleep(WORK_MS);
        service.done += 1;
        return { kind: 'done' };
      } finally {
        service.running -= 1;
      }
    });
    return { service, working };
  }

  async function add(from: number, count: number): Promise<void> {
    for (let at = from; at < from + count; at += 1) await queue.add({ id: `job-${at}`, rank: 0 });
  }

  test('takes as many at once as are let through, and all again when they are', async () => {
    const { service, working } = startService(3);
    await add(0, 400);
    await working;
    await vi.waitFor(() => expect(service.done).toBeGreaterThan(20), { timeout: 20_000 });
    service.most = 0;
    await vi.waitFor(() => expect(service.done).toBeGreaterThan(60), { timeout: 20_000 });
    expect(service.most).toBeLessThanOrEqual(service.room + 1);
    service.room = SLOTS;
    await vi.waitFor(() => expect(service.done).toBe(400), { timeout: 30_000 });
    expect(service.most).toBe(SLOTS);
    const events = service.lines.map(({ event }) => event);
    expect([events[0], events.at(-1)]).toEqual(['pace-slower', 'pace-full']);
  });

  test('that are all turned away asks ever more seldom, and goes on when there is room', async () => {
    const { service, working } = startService(0);
    await add(0, 20);
    await working;
    await sleep(4000);
    // All at first, and then one after each rest.
    expect(service.refused).toBeLessThan(SLOTS + 6);
    service.room = SLOTS;
    await vi.waitFor(() => expect(service.done).toBe(20), { timeout: 30_000 });
  });
});
