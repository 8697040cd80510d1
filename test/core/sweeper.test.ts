import { expect, it } from 'vitest';
import { TryLater } from '#src/core/failure.ts';
import { UNQUEUED_MAX } from '#src/core/ledger.ts';
import { createSweeper } from '#src/core/sweeper.ts';

/** Looks at a queue whose memory is as the test says, over a ledger that has nothing unfinished but what the test puts there. */
function sweeping() {
  const world = {
    clockMs: 0,
    memory: 'first' as string | Error,
    unfinished: 0,
    added: 0,
    breaks: false,
    meanwhile: () => {},
    asked: [] as number[],
  };
  const ledger = {
    unqueued: async (olderThanMs: number) => {
      world.asked.push(olderThanMs);
      world.meanwhile();
      const count = Math.min(world.unfinished, UNQUEUED_MAX);
      world.unfinished -= count;
      return Array.from({ length: count }, (_, at) => ({ id: `web-${at}`, rank: 0 }));
    },
    accept: async () => Promise.reject(new Error('not asked for')),
    open: async () => undefined,
  };
  const queue = {
    add: async () => {
      if (world.breaks) throw new Error('no queue');
      world.added += 1;
    },
    memory: async () => {
      if (world.memory instanceof Error) throw world.memory;
      return world.memory;
    },
  };
  return { world, look: createSweeper({ ledger, queue, now: () => world.clockMs }) };
}

it('puts back everything at first, in as many batches as it takes, and then, every five seconds, what was not touched for twenty', async () => {
  const { world, look } = sweeping();
  world.unfinished = UNQUEUED_MAX + 3;
  expect(await look()).toBe(UNQUEUED_MAX + 3);
  for (world.clockMs = 1000; world.clockMs <= 10_000; world.clockMs += 1000) await look();
  expect([world.added, world.asked]).toEqual([UNQUEUED_MAX + 3, [0, 0, 20_000, 20_000]]);
});

it('puts back everything once when the queue has forgotten', async () => {
  const { world, look } = sweeping();
  await look();
  world.memory = 'second';
  for (world.clockMs = 1000; world.clockMs < 5000; world.clockMs += 1000) await look();
  expect(world.asked).toEqual([0, 0]);
});

it('puts nothing back while those who hold jobs are saying so, and everything after it', async () => {
  const { world, look } = sweeping();
  await look();
  world.memory = new TryLater('not-ready', 2000);
  for (world.clockMs = 1000; world.clockMs < 20_000; world.clockMs += 1000) expect(await look()).toBe(0);
  expect(world.asked).toEqual([0]);
  world.memory = 'first';
  await look();
  expect(world.asked).toEqual([0, 0]);
});

it('fails while the queue is away, and puts back everything when it is there again, as what was added meanwhile is not in it', async () => {
  const { world, look } = sweeping();
  await look();
  world.memory = new TryLater('unreachable', 1000);
  await expect(look()).rejects.toThrow('unreachable');
  world.memory = 'first';
  await look();
  expect(world.asked).toEqual([0, 0]);
});

it('does it again when not everything could be put back', async () => {
  const { world, look } = sweeping();
  world.unfinished = 1;
  world.breaks = true;
  await expect(look()).rejects.toThrow('no queue');
  world.breaks = false;
  await look();
  expect(world.asked).toEqual([0, 0]);
});

it('adds nothing of what it found when the queue has forgotten everything meanwhile, and looks again', async () => {
  const { world, look } = sweeping();
  world.unfinished = 1;
  world.meanwhile = () => {
    world.memory = new TryLater('not-ready', 3000);
  };
  expect([await look(), world.added]).toEqual([0, 0]);
  world.meanwhile = () => {};
  world.memory = 'second';
  world.unfinished = 1;
  expect([await look(), world.added, world.asked]).toEqual([1, 1, [0, 0]]);
});
