import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSlackHouse } from './house.ts';

const ROOMS = Array.from({ length: 20 }, (_, at) => `room-${at}`);
const AT_ONCE = 8;

it('a burst is acknowledged whole while only eight of its messages are on their way, and all of them come', async () => {
  await using house = await openSlackHouse({ channels: ROOMS.map((name) => ({ name })) });
  const { slack } = house;
  const posts = (): number => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
  slack.fault({ method: 'chat.postMessage', kind: 'slow', delayMs: 1500, times: AT_ONCE });
  const told = await Promise.all(ROOMS.map(async (room) => slack.person('lan').types('/imagine a red kite', { in: room })));
  expect(told.filter(({ acknowledged }) => acknowledged)).toHaveLength(ROOMS.length);
  await expect.poll(posts).toBe(AT_ONCE);
  await sleep(200);
  expect(posts()).toBe(AT_ONCE);
  await expect.poll(posts, { timeout: 10_000 }).toBeGreaterThanOrEqual(ROOMS.length);
  await house.settled();
  for (const room of ROOMS) expect(house.text(room)).toContain('a red kite');
});
