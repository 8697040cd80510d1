import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { parseConfig, type Config } from '#src/config.ts';
import type { Ledger } from '#src/core/ledger.ts';
import { createOpened, type Opened } from '#src/main/run.ts';
import { openShellQueue } from '#src/main/shell-queue.ts';
import { claimHost } from '#src/queue/host.ts';
import { createOwnRedis } from '#test/queue/own-redis.ts';
import { silentLog } from '#test/queue/rooms.ts';

const ID = 'cli-1';
const PATIENCE = { timeout: 15_000, interval: 100 };
const ledger: Ledger = {
  accept: async () => Promise.reject(new Error('nobody asks here')),
  open: async () => undefined,
  unqueued: async () => [],
};

let directory: string;
let opened: Opened;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shell-queue-'));
  opened = createOpened(silentLog);
});
afterEach(async () => {
  await opened.close();
  await rm(directory, { recursive: true });
});

function configOf(environment: Record<string, string> = {}): Config {
  const config = parseConfig({ HOAMI_DATA_DIR: directory, ...environment }, directory);
  if ('kind' in config) throw new Error(config.text);
  return config;
}

/** Works for nobody: a call is a failed test. */
const handle = async () => Promise.reject(new Error('this process was made to work'));

describe('the shell’s request', { timeout: 60_000 }, () => {
  it.skipIf(inject('redisUrl') === undefined)(
    'is put on a Redis that was away when it was asked, and left for the workers there',
    async () => {
      const redis = await createOwnRedis();
      const { host, port } = redis.connection;
      const { queue, keepGoing } = await openShellQueue({
        config: configOf({ REDIS_URL: `redis://${host}:${port}` }),
        ledger,
        handle,
        opened,
      });
      await expect(queue.add({ id: ID, rank: 0 })).rejects.toThrow('unreachable');
      await redis.start();
      opened.defer(redis.stop, 'last');
      await expect
        .poll(
          async () =>
            keepGoing(ID)
              .then(() => queue.waiting())
              .catch(() => 0),
          PATIENCE,
        )
        .toBe(1);
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
      });
      expect(await queue.waiting()).toBe(1);
    },
  );

  it('is put again on the queue of its host, which may have forgotten it', async () => {
    const host = await claimHost(directory, { program: 'server' });
    if (host.role !== 'host') throw new Error('somebody else is here');
    opened.defer(host.release, 'last');
    const { queue, keepGoing } = await openShellQueue({ config: configOf(), ledger, handle, opened });
    expect(await queue.waiting()).toBe(0);
    await expect.poll(async () => keepGoing(ID).then(() => queue.waiting()), PATIENCE).toBe(1);
  });

  it('is worked on here when the host is gone', async () => {
    const host = await claimHost(directory, { program: 'server' });
    if (host.role !== 'host') throw new Error('somebody else is here');
    const worked: string[] = [];
    const own = async () => async (id: string) => {
      worked.push(id);
      return { kind: 'done' } as const;
    };
    const { keepGoing } = await openShellQueue({ config: configOf(), ledger, handle: own, opened });
    await host.release();
    await expect.poll(async () => keepGoing(ID).then(() => worked), PATIENCE).toEqual([ID]);
  });

  it('comes after what an interrupted command has left, where this process hosts the queue', async () => {
    const worked: string[] = [];
    const own = async () => async (id: string) => {
      worked.push(id);
      return { kind: 'done' } as const;
    };
    const left = [{ id: 'cli-0', rank: 0 }];
    const unqueued = async () => left.splice(0);
    await openShellQueue({ config: configOf(), ledger: { ...ledger, unqueued }, handle: own, opened });
    await expect.poll(() => worked, PATIENCE).toEqual(['cli-0']);
  });
});
