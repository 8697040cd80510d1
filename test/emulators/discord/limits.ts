import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';

/** So many calls in so long a time. */
export interface Rule {
  readonly limit: number;
  readonly perMs: number;
}

export type Scope = 'user' | 'shared' | 'global';

/** A limit that strikes although the headers promised otherwise, as limits of a resource or of the whole bot do. */
export interface Strike {
  /** `POST /channels/:channel/messages`; none for every route. */
  readonly route?: string;
  readonly scope: Scope;
  readonly retryAfterMs: number;
  /** How many calls it refuses; without it, one. */
  readonly times?: number;
}

export interface Refused {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject | string;
  readonly scope: Scope | 'banned';
}

export interface Limits {
  /** Another rule for one route; undefined lifts its limit. */
  set(route: string, rule: Rule | undefined): void;
  /** Calls a second of the whole bot; Infinity lifts the limit. */
  setGlobal(perSecond: number): void;
  /** No limits at all from now on, for tests that are about something else. */
  lift(): void;
  strike(strike: Strike): void;
  /** How many 401, 403 and 429 in ten minutes get an address banned. */
  setInvalidMax(count: number): void;
  invalidCount(): number;
  /** Asks for one call. The headers belong on its answer when nothing is refused. */
  take(
    route: string,
    major: string,
    isExempt: boolean,
  ): { readonly headers: Readonly<Record<string, string>>; readonly refused: Refused | undefined };
  /** To be told of every answer. */
  answered(status: number, scope: string | undefined): void;
}

/** What is usually observed; Discord publishes none of it and may change it. */
const USUAL: Readonly<Record<string, Rule>> = {
  'POST /channels/:channel/messages': { limit: 5, perMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { limit: 5, perMs: 5000 },
  'DELETE /channels/:channel/messages/:message': { limit: 5, perMs: 1000 },
  'POST /channels/:channel/typing': { limit: 5, perMs: 5000 },
  'POST /channels/:channel/threads': { limit: 10, perMs: 10_000 },
  'POST /channels/:channel/messages/:message/threads': { limit: 10, perMs: 10_000 },
  'POST /users/@me/channels': { limit: 10, perMs: 10_000 },
  'POST /webhooks/:application/:token': { limit: 5, perMs: 2000 },
  'PATCH /webhooks/:application/:token/messages/:message': { limit: 5, perMs: 2000 },
};
const OTHERWISE: Rule = { limit: 50, perMs: 1000 };
const GLOBAL_PER_SECOND = 50;
const INVALID_MAX = 10_000;
const INVALID_WINDOW_MS = 600_000;

interface Bucket {
  left: number;
  resetAt: number;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const tooMany = (retryMs: number, scope: Scope, headers: Readonly<Record<string, string>>): Refused => ({
  status: 429,
  scope,
  headers: {
    ...headers,
    'retry-after': String(Math.ceil(retryMs / 1000)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
  },
  body: { message: 'You are being rate limited.', retry_after: Math.ceil(retryMs) / 1000, global: scope === 'global' },
});

/** What Cloudflare says to an address that sent too many invalid requests: no JSON. */
const banned = (): Refused => ({
  status: 429,
  scope: 'banned',
  headers: { 'content-type': 'text/html', 'retry-after': '600' },
  body: '<html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head><body>error code: 1015</body></html>',
});

/** Buckets per route and major parameter, a limit over all, and a ban for those who do not listen. */
export function createLimits(clock: Clock, known: () => ReadonlySet<string>): Limits {
  const rules = new Map<string, Rule | undefined>(Object.entries(USUAL));
  const buckets = new Map<string, Bucket>();
  const invalid: number[] = [];
  let strikes: { readonly strike: Strike; left: number }[] = [];
  let otherwise: Rule | undefined = OTHERWISE;
  let perSecond = GLOBAL_PER_SECOND;
  let invalidMax = INVALID_MAX;
  const second: Bucket = { left: perSecond, resetAt: 0 };

  function takeFrom(bucket: Bucket, { limit, perMs }: Rule): boolean {
    if (clock.now() >= bucket.resetAt) Object.assign(bucket, { left: limit, resetAt: clock.now() + perMs });
    bucket.left -= 1;
    return bucket.left >= 0;
  }

  function bucketOf(route: string, major: string): Bucket {
    const key = `${route} ${major}`;
    const bucket = buckets.get(key) ?? { left: 0, resetAt: 0 };
    buckets.set(key, bucket);
    return bucket;
  }

  const headersOf = (route: string, rule: Rule, { left, resetAt }: Bucket): Record<string, string> => ({
    'x-ratelimit-limit': String(rule.limit),
    'x-ratelimit-remaining': String(Math.max(left, 0)),
    'x-ratelimit-reset': seconds(resetAt),
    'x-ratelimit-reset-after': seconds(Math.max(resetAt - clock.now(), 0)),
    'x-ratelimit-bucket': Buffer.from(route).toString('hex').slice(0, 32),
  });

  function demandKnown(route: string): void {
    if (!known().has(route)) throw new Error(`there is no route ${route}`);
  }

  function struck(route: string): Strike | undefined {
    const found = strikes.find(({ strike }) => strike.route === undefined || strike.route === route);
    if (found === undefined) return undefined;
    found.left -= 1;
    strikes = strikes.filter(({ left }) => left > 0);
    return found.strike;
  }

  function recentInvalid(): number {
    while ((invalid[0] ?? Infinity) < clock.now() - INVALID_WINDOW_MS) invalid.shift();
    return invalid.length;
  }

  return {
    set(route, rule) {
      demandKnown(route);
      rules.set(route, rule);
    },
    setGlobal(count) {
      perSecond = count;
      second.resetAt = 0;
    },
    lift() {
      for (const route of rules.keys()) rules.set(route, undefined);
      otherwise = undefined;
      perSecond = Infinity;
      second.resetAt = 0;
    },
    strike(strike) {
      if (strike.route !== undefined) demandKnown(strike.route);
      strikes.push({ strike, left: strike.times ?? 1 });
    },
    setInvalidMax(count) {
      invalidMax = count;
    },
    invalidCount: recentInvalid,
    take(route, major, isExempt) {
      if (recentInvalid() > invalidMax) return { headers: {}, refused: banned() };
      const rule = rules.has(route) ? rules.get(route) : otherwise;
      const bucket = bucketOf(route, major);
      const strike = struck(route);
      if (strike !== undefined)
        return { headers: {}, refused: tooMany(strike.retryAfterMs, strike.scope, rule ? headersOf(route, rule, bucket) : {}) };
      const isGloballyFree = isExempt || takeFrom(second, { limit: perSecond, perMs: 1000 });
      if (!isGloballyFree) return { headers: {}, refused: tooMany(second.resetAt - clock.now(), 'global', {}) };
      if (rule === undefined) return { headers: {}, refused: undefined };
      const isFree = takeFrom(bucket, rule);
      const headers = headersOf(route, rule, bucket);
      return { headers, refused: isFree ? undefined : tooMany(bucket.resetAt - clock.now(), 'user', headers) };
    },
    answered(status, scope) {
      if ([401, 403, 429].includes(status) && scope !== 'shared') invalid.push(clock.now());
    },
  };
}
