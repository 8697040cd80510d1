export interface CacheOptions {
  readonly now: () => number;
  readonly entriesMax?: number;
  readonly ttlMs?: number;
}

/** What a flight brings back, and whether it may be given again to those who ask later. */
export interface Landed<Value> {
  readonly value: Value;
  readonly keep: boolean;
}

export interface Cache<Value> {
  /**
   * The kept value; else joins the flight that is under way for this key; else flies. A caller whose signal aborts leaves with the
   * signal's reason and the others go on; the flight is aborted when nobody waits for it any more.
   */
  through(key: string, fly: (signal: AbortSignal) => Promise<Landed<Value>>, signal: AbortSignal): Promise<Value>;
}

interface Flight<Value> {
  readonly landing: Promise<Value>;
  readonly controller: AbortController;
  waiting: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Bounded, least recently used leaves first, with a time to live. */
export function createCache<Value>({ now, entriesMax = 500, ttlMs = WEEK_MS }: CacheOptions): Cache<Value> {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  const flights = new Map<string, Flight<Value>>();

  function recall(key: string): { readonly value: Value } | undefined {
    const entry = kept.get(key);
    kept.delete(key);
    if (entry === undefined || entry.until <= now()) return undefined;
    kept.set(key, entry);
    return entry;
  }

  function keep(key: string, value: Value): void {
    kept.set(key, { value, until: now() + ttlMs });
    const oldest = kept.keys().next();
    if (kept.size > entriesMax && oldest.done !== true) kept.delete(oldest.value);
  }

  function takeOff(key: string, fly: (signal: AbortSignal) => Promise<Landed<Value>>): Flight<Value> {
    const controller = new AbortController();
    const landing = fly(controller.signal).then((landed) => {
      if (landed.keep) keep(key, landed.value);
      return landed.value;
    });
    const flight = { landing, controller, waiting: 0 };
    flights.set(key, flight);
    const forget = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    landing.then(forget, forget);
    return flight;
  }

  return {
    async through(key, fly, signal) {
      signal.throwIfAborted();
      const entry = recall(key);
      if (entry !== undefined) return entry.value;
      const flight = flights.get(key) ?? takeOff(key, fly);
      flight.waiting += 1;
      try {
        return await unlessAborted(flight.landing, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort();
        }
      }
    },
  };
}

async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
