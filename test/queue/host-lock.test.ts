import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { tryLock } from '#src/queue/host-lock.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoami-lock-'));
  file = join(folder, 'queue.lock');
});
afterEach(() => rm(folder, { recursive: true }));

test('a lock is held by one at a time, and by the next when it is released', () => {
  const first = tryLock(file);
  expect(first).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
  first?.release();
  const second = tryLock(file);
  expect(second).toBeDefined();
  second?.release();
});

test('a lock stays held although its holder keeps no reference to it', async () => {
  expect(tryLock(file)).toBeDefined();
  await collectGarbage();
  expect(tryLock(file)).toBeUndefined();
});

test("a lock that cannot be had at all is an error, not somebody else's", () => {
  expect(() => tryLock(join(folder, 'missing', 'queue.lock'))).toThrow('unable to open');
});

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = z.custom<() => void>((value) => typeof value === 'function').parse(runInNewContext('gc'));
  for (let times = 0; times < 3; times += 1) {
    await sleep(10);
    collect();
  }
}
