import { describe, expect, test } from 'vitest';
import { createAccount, type Account } from '#workers/enhancer/account.ts';
import { createBreaker } from '#workers/enhancer/breaker.ts';
import { createCache } from '#workers/enhancer/cache.ts';

const never = (): AbortSignal => new AbortController().signal;
const kept = (value: string): Promise<{ value: string; keep: boolean }> => Promise.resolve({ value, keep: true });

describe('the cache of answers', () => {
  test('an answer is made once and given again until it is too old', async () => {
    let now = 0;
    let made = 0;
    const cache = createCache<string>({ now: () => now, ttlMs: 1000 });
    const make = (): Promise<{ value: string; keep: boolean }> => kept(`answer ${(made += 1)}`);
    expect(await cache.through('a', make, never())).toEqual('answer 1');
    now = 999;
    expect(await cache.through('a', make, never())).toEqual('answer 1');
    now = 1000;
    expect(await cache.through('a', make, never())).toEqual('answer 2');
  });

  test('those who ask at the same time share one call', async () => {
    const cache = createCache<string>({ now: () => 0 });
    const { promise, resolve } = Promise.withResolvers<{ value: string; keep: boolean }>();
    let calls = 0;
    const fly = (): Promise<{ value: string; keep: boolean }> => ((calls += 1), promise);
    const asked = [1, 2, 3].map(() => cache.through('a', fly, never()));
    resolve({ value: 'x', keep: false });
    const answers = await Promise.all(asked);
    expect(calls).toBe(1);
    expect(answers).toEqual(['x', 'x', 'x']);
  });

  test('one who leaves does not take the call away from the others', async () => {
    const cache = createCache<string>({ now: () => 0 });
    const { promise, resolve } = Promise.withResolvers<{ value: string; keep: boolean }>();
    const leaver = new AbortController();
    let flight: AbortSignal | undefined;
    const first = cache.through('a', (signal) => ((flight = signal), promise), leaver.signal);
    const second = cache.through('a', () => kept('not asked'), never());
    leaver.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(flight?.aborted).toBe(false);
    resolve({ value: 'x', keep: true });
    expect(await second).toEqual('x');
  });

  test('when the last one leaves the call is stopped, and the next one starts another', async () => {
    const cache = createCache<string>({ now: () => 0 });
    const leaver = new AbortController();
    let flight: AbortSignal | undefined;
    const stuck = cache.through('a', (signal) => ((flight = signal), new Promise(() => undefined)), leaver.signal);
    leaver.abort(new Error('gone'));
    await expect(stuck).rejects.toThrow('gone');
    expect(flight?.aborted).toBe(true);
    expect(await cache.through('a', () => kept('fresh'), never())).toEqual('fresh');
  });

  test('failures and what must not be kept are not kept', async () => {
    const cache = createCache<string>({ now: () => 0 });
    await expect(cache.through('a', () => Promise.reject(new Error('no')), never())).rejects.toThrow('no');
    expect(await cache.through('a', () => Promise.resolve({ value: 'refused', keep: false }), never())).toEqual('refused');
    expect(await cache.through('a', () => kept('good'), never())).toEqual('good');
  });

  test('it holds so many and forgets what was not used longest', async () => {
    const cache = createCache<string>({ now: () => 0, entriesMax: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await cache.through(key, () => kept(key), never());
    expect(await cache.through('a', () => kept('again'), never())).toBe('a');
    expect(await cache.through('b', () => kept('again'), never())).toBe('again');
  });
});

describe('the account of what was paid', () => {
  const add = (account: Account, key: string, costMicros: number): void => account.begin(key, 0)(costMicros);

  test('adds up what is due under a key, and gives it to one', () => {
    const account = createAccount();
    add(account, 'a', 190);
    add(account, 'b', 7);
    add(account, 'a', 10);
    expect([account.take('a'), account.take('a'), account.take('b')]).toEqual([200, 0, 7]);
  });

  test('gives a call that is under way at the most that it may cost, and not again when its price is known', () => {
    const account = createAccount();
    const [paid, late] = [account.begin('a', 1000), account.begin('a', 1000)];
    paid(190);
    expect([account.take('b'), account.take('a')]).toEqual([0, 1190]);
    late(200);
    expect(account.take('a')).toBe(0);
  });

  test('holds so many and forgets the oldest', () => {
    const account = createAccount({ entriesMax: 2 });
    for (const key of ['a', 'b', 'c']) add(account, key, 1);
    expect(['a', 'b', 'c'].map((key) => account.take(key))).toEqual([0, 1, 1]);
  });
});

describe('the breaker', () => {
  function breakerAt(): { breaker: ReturnType<typeof createBreaker>; pass: (ms: number) => void } {
    let now = 1_000_000;
    return { breaker: createBreaker({ now: () => now }), pass: (ms) => void (now += ms) };
  }

  test('opens after five failures in a minute and lets one call try after the pause', () => {
    const { breaker, pass } = breakerAt();
    for (let count = 0; count < 5; count += 1) {
      expect(breaker.enter()).toBe(true);
      breaker.failed();
    }
    expect(breaker.enter()).toBe(false);
    pass(30_000);
    expect([breaker.enter(), breaker.enter()]).toEqual([true, false]);
    breaker.failed();
    expect(breaker.enter()).toBe(false);
    pass(30_000);
    expect(breaker.enter()).toBe(true);
    breaker.succeeded();
    expect([breaker.enter(), breaker.enter()]).toEqual([true, true]);
  });

  test('five failures in more than a minute, or a success between them, do not open it', () => {
    const { breaker, pass } = breakerAt();
    for (let count = 0; count < 8; count += 1) {
      breaker.failed();
      pass(16_000);
    }
    expect(breaker.enter()).toBe(true);
    for (let count = 0; count < 8; count += 1) {
      breaker.failed();
      if (count % 3 === 0) breaker.succeeded();
    }
    expect(breaker.enter()).toBe(true);
  });

  test('a failure that says for how long opens it at once', () => {
    const { breaker, pass } = breakerAt();
    breaker.failed(600_000);
    pass(599_999);
    expect(breaker.enter()).toBe(false);
    pass(1);
    expect(breaker.enter()).toBe(true);
  });

  test('a trial whose caller left makes room for the next', () => {
    const { breaker, pass } = breakerAt();
    breaker.failed(1000);
    pass(1000);
    expect(breaker.enter()).toBe(true);
    breaker.left();
    expect(breaker.enter()).toBe(true);
  });
});
