import { expect, test } from 'vitest';
import { createHolds, type Hold } from '#src/queue/holds.ts';

const LONG_MS = 60_000;
const claimOf = (id: string) => ({ id, token: 'a', options: '{}', priority: 1, timestamp: 0 });

/** A run that ends when it is told to. */
function createRun() {
  const { promise, resolve: finish } = Promise.withResolvers<string>();
  const holds: Hold[] = [];
  const begin = async (hold: Hold): Promise<string> => {
    holds.push(hold);
    return promise;
  };
  return { begin, finish, holds, isAborted: () => holds[0]?.signal.aborted, reason: (): unknown => holds[0]?.signal.reason };
}

test('a job that comes back while it is in work is not begun again: the run goes on, and its end is told for whom came last', async () => {
  const holds = createHolds<string>();
  const [run, never] = [createRun(), createRun()];
  const [first, last] = [claimOf('job'), claimOf('job')];
  const [earlier, later] = [holds.run(first, run.begin), holds.run(last, never.begin)];
  holds.lose(first);
  expect([holds.claims(), holds.count(), run.isAborted()]).toEqual([[last], 1, false]);
  run.finish('made');
  expect(await Promise.all([earlier, later])).toEqual([undefined, 'made']);
  expect([never.holds, holds.count()]).toEqual([[], 0]);
});

test('a job that is lost to another worker is told so, disturbs no other, and begins anew only when its lost run has ended', async () => {
  const holds = createHolds<string>();
  const [lost, kept, again] = [createRun(), createRun(), createRun()];
  const claim = claimOf('lost');
  const ends = [holds.run(claim, lost.begin), holds.run(claimOf('kept'), kept.begin)];
  holds.lose(claim);
  holds.lose(claimOf('unknown'));
  expect([lost.reason(), kept.isAborted()]).toMatchObject([{ reason: 'superseded' }, false]);
  const later = holds.run(claimOf('lost'), again.begin);
  expect(again.holds).toEqual([]);
  lost.finish('too late');
  kept.finish('made');
  expect(await Promise.all(ends)).toEqual([undefined, 'made']);
  again.finish('made, too');
  expect(await later).toBe('made, too');
});

test('a run that has ended is nobody’s claim any more before its end is told', async () => {
  const holds = createHolds<string>();
  const run = createRun();
  const claim = claimOf('job');
  const seen = holds.run(claim, run.begin).then((end) => [end, holds.claims()]);
  run.finish('made');
  expect(await seen).toEqual(['made', []]);
});

test('draining an empty worker takes no time', async () => {
  const holds = createHolds<string>();
  await holds.drain(LONG_MS, LONG_MS);
  expect(holds.isStopping()).toBe(true);
});

test('draining waits for what ends by itself without disturbing it', async () => {
  const holds = createHolds<string>();
  const run = createRun();
  const end = holds.run(claimOf('job'), run.begin);
  const drained = holds.drain(LONG_MS, LONG_MS);
  run.finish('made');
  await drained;
  expect([await end, run.isAborted()]).toEqual(['made', false]);
});

test('draining aborts what outlives the first time and gives up what outlives the second', async () => {
  const holds = createHolds<string>();
  const run = createRun();
  void holds.run(claimOf('job'), run.begin);
  await holds.drain(20, 20);
  expect(run.reason()).toMatchObject({ reason: 'stopping' });
  await run.holds[0]?.abandoned;
});
