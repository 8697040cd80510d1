import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TryLater } from '#src/core/failure.ts';
import type { Handle, Queue, Verdict } from '#src/core/queue.ts';

/** One process's view of a queue. */
export interface QueueView extends Queue {
  close(): Promise<void>;
}

/** A queue nobody else uses, seen by as many processes as a test likes. */
export interface QueueRoom {
  enter(settings: { readonly concurrency: number; readonly graceMs?: number }): QueueView;
  leave(): Promise<void>;
}

const DONE: Verdict = { kind: 'done' };
const PATIENCE = { timeout: 10_000 };

/** What every implementation of the queue port must do, whatever it stands on. */
export function describeQueue(name: string, open: () => Promise<QueueRoom>): void {
  describe(`${name} as a queue`, () => {
    let room: QueueRoom;
    let views: QueueView[];
    const enter = (concurrency = 1, graceMs = 5000): QueueView => {
      const view = room.enter({ concurrency, graceMs });
      views.push(view);
      return view;
    };

    beforeEach(async () => {
      room = await open();
      views = [];
    });
    afterEach(async () => {
      await Promise.all(views.map((view) => view.close()));
      await room.leave();
    });

    test('hands every id to one worker, once, and is empty afterwards', async () => {
      const [gateway, worker] = [enter(), enter(4)];
      const ids = Array.from({ length: 30 }, (_, index) => `job-${index}`);
      const handed: string[] = [];
      await worker.work(note(handed));
      await Promise.all(ids.map((id, rank) => gateway.add({ id, rank })));
      await vi.waitFor(() => expect(handed).toHaveLength(ids.length), PATIENCE);
      await vi.waitFor(async () => expect(await gateway.waiting()).toBe(0), PATIENCE);
      expect(handed.toSorted()).toEqual(ids.toSorted());
    });

    test('shares the jobs between two workers without giving one to both', async () => {
      const gateway = enter();
      const ids = Array.from({ length: 100 }, (_, index) => `job-${index}`);
      const handed: [string[], string[]] = [[], []];
      for (const list of handed) {
        await enter(3).work(async (id) => {
          list.push(id);
          await sleep(5);
          return DONE;
        });
      }
      for (const id of ids) await gateway.add({ id, rank: 0 });
      await vi.waitFor(() => expect(handed.flat()).toHaveLength(ids.length), PATIENCE);
      expect(handed.flat().toSorted()).toEqual(ids.toSorted());
      expect(handed.every((list) => list.length > 0)).toBe(true);
    });

    test('takes an id that is there already, waiting or running, for the same job', async () => {
      const queue = enter();
      const handed: string[] = [];
      const { promise: going, resolve: finish } = Promise.withResolvers<void>();
      await queue.add({ id: 'same', rank: 0 });
      await queue.add({ id: 'same', rank: 7 });
      expect(await queue.waiting()).toBe(1);
      await queue.work(async (id) => {
        handed.push(id);
        if (id === 'same') await going;
        return DONE;
      });
      await vi.waitFor(() => expect(handed).toEqual(['same']), PATIENCE);
      await queue.add({ id: 'same', rank: 0 });
      expect(await queue.waiting()).toBe(0);
      await queue.add({ id: 'last', rank: 0 });
      finish();
      await vi.waitFor(() => expect(handed).toEqual(['same', 'last']), PATIENCE);
    });

    test('runs an id again when it is put back after it was done', async () => {
      const queue = enter();
      const handed: string[] = [];
      await queue.work(note(handed));
      for (const times of [1, 2, 3]) {
        await vi.waitFor(async () => {
          // Done is not quite done while the queue is still being told: the ledger's sweeper, too, would simply come again.
          await queue.add({ id: 'again', rank: 0 });
          expect(handed.length).toBeGreaterThanOrEqual(times);
        }, PATIENCE);
      }
    });

    test('lets the person with the fewest waiting go first, however many another has', async () => {
      const queue = enter();
      const flood = Array.from({ length: 200 }, (_, rank) => ({ id: `flood-${rank}`, rank }));
      await Promise.all(flood.map((entry) => queue.add(entry)));
      await queue.add({ id: 'light-0', rank: 0 });
      await queue.add({ id: 'light-1', rank: 1 });
      const handed: string[] = [];
      await queue.work(note(handed));
      await vi.waitFor(() => expect(handed).toHaveLength(202), PATIENCE);
      expect(handed.slice(0, 2).toSorted()).toEqual(['flood-0', 'light-0']);
      expect(handed.slice(2, 4).toSorted()).toEqual(['flood-1', 'light-1']);
      expect(handed.slice(4)).toEqual(flood.slice(2).map(({ id }) => id));
    });

    test('brings a job that waits back in its time, and in its place', async () => {
      const queue = enter();
      const handed: string[] = [];
      const { promise: going, resolve: finish } = Promise.withResolvers<void>();
      let waitedSince = 0;
      let backAfterMs = 0;
      await queue.add({ id: 'waits', rank: 1 });
      await queue.work(async (id) => {
        const isBack = handed.includes('waits');
        handed.push(id);
        if (id === 'blocks') await going;
        if (id !== 'waits') return DONE;
        if (isBack) backAfterMs = Date.now() - waitedSince;
        else waitedSince = Date.now();
        return isBack ? DONE : { kind: 'wait', waitMs: 400 };
      });
      await vi.waitFor(() => expect(handed).toEqual(['waits']), PATIENCE);
      await queue.add({ id: 'blocks', rank: 0 });
      await vi.waitFor(() => expect(handed).toEqual(['waits', 'blocks']), PATIENCE);
      expect(await queue.waiting()).toBe(1);
      await queue.add({ id: 'later', rank: 2 });
      await sleep(500);
      finish();
      await vi.waitFor(() => expect(handed).toEqual(['waits', 'blocks', 'waits', 'later']), PATIENCE);
      expect(backAfterMs).toBeGreaterThanOrEqual(400);
    });

    test('gives the slot of a job that waits to others', async () => {
      const queue = enter();
      const handed: string[] = [];
      await queue.work(async (id) => {
        handed.push(id);
        return id === 'waits' ? { kind: 'wait', waitMs: 60_000 } : DONE;
      });
      await queue.add({ id: 'waits', rank: 0 });
      await vi.waitFor(() => expect(handed).toEqual(['waits']), PATIENCE);
      await queue.add({ id: 'other', rank: 9 });
      await vi.waitFor(() => expect(handed).toEqual(['waits', 'other']), PATIENCE);
      await vi.waitFor(async () => expect(await queue.waiting()).toBe(1), PATIENCE);
    });

    test('brings a job back whose handler threw, as often as it takes', async () => {
      const queue = enter();
      let times = 0;
      await queue.work(async () => {
        times += 1;
        if (times < 3) throw new Error('boom');
        return DONE;
      });
      await queue.add({ id: 'throws', rank: 0 });
      await vi.waitFor(() => expect(times).toBe(3), PATIENCE);
      await vi.waitFor(async () => expect(await queue.waiting()).toBe(0), PATIENCE);
    });

    test('takes nothing more once it is stopping, and lets what runs end undisturbed', async () => {
      const queue = enter();
      const handed: string[] = [];
      const { promise: going, resolve: finish } = Promise.withResolvers<void>();
      let aborted = false;
      const stop = await queue.work(async (id, signal) => {
        handed.push(id);
        await going;
        aborted = signal.aborted;
        return DONE;
      });
      await queue.add({ id: 'runs', rank: 0 });
      await vi.waitFor(() => expect(handed).toEqual(['runs']), PATIENCE);
      const stopped = stop();
      await queue.add({ id: 'too-late', rank: 0 });
      finish();
      await stopped;
      expect(aborted).toBe(false);
      expect(handed).toEqual(['runs']);
      expect(await queue.waiting()).toBe(1);
    });

    test('aborts what outlives the grace period and gives it to another worker at once', async () => {
      const [leaving, staying] = [enter(1, 200), enter()];
      const { promise: reason, resolve: tell } = Promise.withResolvers<unknown>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const stop = await leaving.work(async (_id, signal) => {
        begin();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        tell(signal.reason);
        throw signal.reason;
      });
      await staying.add({ id: 'long', rank: 0 });
      // A job that is off the line is not yet in anybody's hands.
      await begun;
      await stop();
      expect(await reason).toBeInstanceOf(TryLater);
      expect(await reason).toMatchObject({ reason: 'stopping' });
      const handed: string[] = [];
      await staying.work(note(handed));
      // Well before any lock would have run out.
      await vi.waitFor(() => expect(handed).toEqual(['long']), { timeout: 5000 });
    });

    test('takes a job even from a handler that ignores its signal', async () => {
      const [leaving, staying] = [enter(1, 100), enter()];
      const stop = await leaving.work(() => new Promise<Verdict>(() => {}));
      await staying.add({ id: 'stuck', rank: 0 });
      await vi.waitFor(async () => expect(await staying.waiting()).toBe(0), PATIENCE);
      await stop();
      const handed: string[] = [];
      await staying.work(note(handed));
      await vi.waitFor(() => expect(handed).toEqual(['stuck']), { timeout: 5000 });
    });
  });
}

function note(handed: string[]): Handle {
  return async (id) => {
    handed.push(id);
    return DONE;
  };
}
