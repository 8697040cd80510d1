import { describe, expect, it } from 'vitest';
import { faster, fullPace, slower, type Pace } from '#src/queue/adapt.ts';

const MOST = 16;
const paceOf = (limit: number): Pace => ({ ...fullPace(MOST), limit });

/** A worker whose calls are `held` at once, of which a service with this much room turns the rest away, one after the other. */
function burst(held: number, room: number): Pace {
  let pace = fullPace(MOST);
  for (let others = held - 1; others >= room; others -= 1) pace = slower(pace, others);
  return pace;
}

function afterDone(pace: Pace, count: number): Pace {
  let now = pace;
  for (let done = 0; done < count; done += 1) now = faster(now, MOST);
  return now;
}

describe('how many jobs a worker takes at once', () => {
  it.each([
    { held: 16, room: 16, limit: MOST },
    { held: 16, room: 10, limit: 10 },
    { held: 16, room: 6, limit: 6 },
    { held: 16, room: 1, limit: 1 },
    { held: 5, room: 4, limit: 4 },
  ])('is $limit after a service had room for $room of $held', ({ held, room, limit }) => {
    expect(burst(held, room)).toEqual(paceOf(limit));
  });

  it.each([
    { limit: 1, done: 1, after: 2 },
    { limit: 4, done: 3, after: 4 },
    { limit: 4, done: 4, after: 5 },
    { limit: 4, done: 9, after: 6 },
    { limit: 15, done: 15, after: MOST },
    { limit: 15, done: 100, after: MOST },
  ])('grows from $limit to $after when $done are done', ({ limit, done, after }) => {
    expect(afterDone(paceOf(limit), done).limit).toBe(after);
  });

  it('does not grow by being turned away, however many are still at work from before', () => {
    expect(slower(paceOf(3), 9)).toEqual(paceOf(3));
  });

  it('counts anew what is done when it was turned away', () => {
    expect(afterDone(slower(afterDone(paceOf(4), 3), 5), 3).limit).toBe(4);
  });

  it('is one, after ever longer rests, while nothing at all is let through, and needs no rest once something was done', () => {
    let pace = fullPace(MOST);
    const rests: number[] = [];
    for (let times = 0; times < 6; times += 1) {
      pace = slower(pace, 0);
      rests.push(pace.restMs);
    }
    expect([pace.limit, rests]).toEqual([1, [1000, 2000, 4000, 8000, 8000, 8000]]);
    expect(faster(pace, MOST)).toEqual(paceOf(2));
  });
});
