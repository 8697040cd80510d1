import { expect, it } from 'vitest';
import { createClock } from './clock.ts';

it('a clock that does not run rings in the order of time, each at its own, and only when it is put forward', () => {
  const clock = createClock({ running: false, startMs: 1000 });
  const rung: string[] = [];
  clock.after(300, () => rung.push(`late at ${clock.nowMs()}`));
  clock.after(100, () => rung.push(`early at ${clock.nowMs()}`));
  const takeBack = clock.after(200, () => rung.push('never'));
  takeBack();
  clock.advance(299);
  expect(rung).toEqual(['early at 1100']);
  clock.advance(1);
  expect([rung.at(-1), clock.nowMs()]).toEqual(['late at 1300', 1300]);
});

it('what begins during a jump has its whole time left afterwards', () => {
  const clock = createClock({ running: false });
  let isOver = false;
  clock.after(1000, () => clock.after(3000, () => void (isOver = true)));
  clock.advance(60_000);
  clock.advance(2999);
  expect(isOver).toBe(false);
  clock.advance(1);
  expect(isOver).toBe(true);
});

it('a running clock goes on by itself, can be put forward, and is silent once it was stopped', async () => {
  const clock = createClock({ running: true });
  const before = clock.nowMs();
  clock.advance(5000);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(before + 5000);
  await new Promise<void>((resolve) => {
    clock.after(1, resolve);
  });
  const soon = new Promise<void>((resolve) => {
    clock.after(60_000, resolve);
  });
  clock.advance(59_999);
  await soon;
  let hasRung = false;
  clock.after(1, () => void (hasRung = true));
  clock.stop();
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect(hasRung).toBe(false);
});
