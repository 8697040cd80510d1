import { expect, test } from 'vitest';
import { createHolds, type Hold, type Holds } from '#src/queue/holds.ts';

const LONG_MS = 60_000;

function take(holds: Holds, id: string): Hold {
  const hold = holds.take(id);
  if (hold === undefined) throw new Error(`${id} could not be taken`);
  return hold;
}

test('a job that comes back while its earlier run is still going is not begun: the earlier one is told that it is lost', () => {
  const holds = createHolds();
  const earlier = take(holds, 'job');
  expect(holds.take('job')).toBeUndefined();
  expect(earlier.isLost()).toBe(true);
  expect(earlier.signal.reason).toMatchObject({ reason: 'superseded' });
  earlier.release();
  expect(take(holds, 'job').isLost()).toBe(false);
});

test('losing one job disturbs no other', () => {
  const holds = createHolds();
  const [lost, kept] = [take(holds, 'lost'), take(holds, 'kept')];
  holds.lose('lost');
  holds.lose('unknown');
  expect([lost.signal.aborted, kept.signal.aborted]).toEqual([true, false]);
});

test('draining an empty worker takes no time, and nothing can be taken afterwards', async () => {
  const holds = createHolds();
  await holds.drain(LONG_MS, LONG_MS);
  expect(holds.take('job')).toBeUndefined();
});

test('draining waits for what ends by itself without disturbing it', async () => {
  const holds = createHolds();
  const hold = take(holds, 'job');
  const drained = holds.drain(LONG_MS, LONG_MS);
  hold.release();
  await drained;
  expect(hold.signal.aborted).toBe(false);
});

test('draining aborts what outlives the first time and gives up what outlives the second', async () => {
  const holds = createHolds();
  const hold = take(holds, 'job');
  await holds.drain(20, 20);
  expect(hold.signal.reason).toMatchObject({ reason: 'stopping' });
  expect(hold.isLost()).toBe(false);
  await hold.abandoned;
});
