import { describe, expect, it } from 'vitest';
import { createInvalidCount } from '#adapters/discord/invalid.ts';

const MINUTE_MS = 60_000;

describe('what Discord blocks an address for', () => {
  it('is asked no more when this process has its part of it, until it is ten minutes old', () => {
    let now = 0;
    const count = createInvalidCount(() => now, 3);
    for (const status of [401, 403, 429]) {
      expect(count.waitMs()).toBe(0);
      count.note(status, 'user');
      now += MINUTE_MS;
    }
    expect(count.waitMs()).toBe(7 * MINUTE_MS);
    now += 7 * MINUTE_MS;
    expect(count.waitMs()).toBe(0);
  });

  it.each([
    [429, 'shared'],
    [404, null],
    [400, 'user'],
    [200, null],
  ] as const)('is not: %i of %s', (status, scope) => {
    const count = createInvalidCount(() => 0, 1);
    count.note(status, scope);
    expect(count.waitMs()).toBe(0);
  });
});
