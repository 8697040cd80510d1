import type { Clock } from './clock.ts';
import type { SlackOptions } from './options.ts';
import type { Method } from './web-api/method.ts';

const MINUTE_MS = 60_000;
const PER_MINUTE: Readonly<{ [tier in Method['tier']]: number }> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 };
/** A message a second in a channel; a short burst is let through. */
const POSTS_BURST = 5;
const SLOW_READS = new Set(['conversations.history', 'conversations.replies']);

export interface RateLimits {
  /** Counts the call, or says in how many seconds it may come again. */
  take(method: Method, teamId: string, channelId: string | undefined): number | undefined;
}

/** Per method and workspace, over the last minute. What was refused does not count. */
export function createLimits({ limits = false, readsSlowly = false }: SlackOptions, clock: Clock): RateLimits {
  const calls = new Map<string, number[]>();

  function within(key: string, most: number, windowMs: number): number | undefined {
    const nowMs = clock.nowMs();
    const recent = (calls.get(key) ?? []).filter((atMs) => atMs > nowMs - windowMs);
    const [oldest] = recent;
    if (recent.length >= most && oldest !== undefined) return Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000));
    calls.set(key, [...recent, nowMs]);
    return undefined;
  }

  return {
    take({ name, tier }, teamId, channelId) {
      const key = `${teamId} ${name}`;
      if (readsSlowly && SLOW_READS.has(name)) return within(key, 1, MINUTE_MS);
      const own = typeof limits === 'object' ? limits[name] : undefined;
      if (own !== undefined) return within(key, own, MINUTE_MS);
      if (limits !== true) return undefined;
      if (name === 'chat.postMessage') {
        const wait = within(`${key} ${channelId}`, POSTS_BURST, POSTS_BURST * 1000);
        if (wait !== undefined) return wait;
      }
      return within(key, PER_MINUTE[tier], MINUTE_MS);
    },
  };
}
