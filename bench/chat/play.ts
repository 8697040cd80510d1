import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked, Order } from './orders.ts';
import { PEOPLE, type Stage, type Wish } from './stage.ts';

const PICTURE_MAX_MS = 60_000;

/** Follows orders on a stage. Each request has the next room and the next person. */
export function createPlay(stage: Stage): (order: Order) => Promise<unknown> {
  let [next, firstOfLast] = [0, 0];
  let wished: Wish = 'picture';
  /** English that is to stay as it is asks nobody for a better prompt. */
  const words = (): string => `a red kite number ${next} over the sea --raw`;

  async function askOne(wish: Wish): Promise<{ readonly tookMs: number; readonly taken: boolean }> {
    const [room, text] = [next, words()];
    next += 1;
    const startedAt = performance.now();
    const taken = await stage.ask(room % PEOPLE, room, text, wish);
    return { tookMs: performance.now() - startedAt, taken };
  }

  async function ask(count: number, perSecond: number | undefined, wish: Wish): Promise<Asked> {
    [firstOfLast, wished] = [next, wish];
    const startedAt = performance.now();
    const asking: ReturnType<typeof askOne>[] = [];
    const lateMs: number[] = [];
    while (asking.length < count) {
      const dueAt = perSecond === undefined ? performance.now() : startedAt + (asking.length * 1000) / perSecond;
      const aheadMs = dueAt - performance.now();
      if (aheadMs > 0) await sleep(Math.ceil(aheadMs));
      else {
        lateMs.push(-aheadMs);
        asking.push(askOne(wish));
      }
    }
    const all = await Promise.all(asking);
    return { toldMs: all.map(({ tookMs }) => tookMs), turnedAway: all.filter(({ taken }) => !taken).length, lateMs };
  }

  /** Resolves with the milliseconds from the asking until the picture could be seen. */
  async function waitForOne(): Promise<number> {
    const room = next;
    const startedAt = performance.now();
    const seen = Promise.withResolvers<number>();
    const timer = setTimeout(() => seen.reject(new Error('there was no picture in time')), PICTURE_MAX_MS);
    const ended = stage.onChange(() => {
      if (stage.shown(room, 'picture') > 0) seen.resolve(performance.now() - startedAt);
    });
    try {
      const { taken } = await askOne('picture');
      if (!taken) throw new Error('a request was turned away');
      return await seen.promise;
    } finally {
      clearTimeout(timer);
      ended();
    }
  }

  return async (order) => {
    switch (order.do) {
      case 'count-connections':
        return stage.connections();
      case 'ask':
        return ask(order.count, order.perSecond, order.wish);
      case 'wait': {
        const took: number[] = [];
        while (took.length < order.count) took.push(await waitForOne());
        return took;
      }
      case 'look':
        return Array.from({ length: next - firstOfLast }, (_, at) => stage.shown(firstOfLast + at, wished));
      case 'judge':
        return [...stage.violations()];
    }
  };
}
