/** What Discord counts against an address that it blocks at 10,000 in ten minutes (Discord, "Invalid Request Limit"). */
const INVALID = [401, 403, 429];
const WINDOW_MS = 10 * 60_000;

export interface InvalidCount {
  /** Notes one answer. A limit that all bots share there is nobody's fault and counts for nobody. */
  note(status: number, scope: string | null): void;
  /** How long nothing should be asked any more; 0 as long as all is well. */
  waitMs(): number;
}

/** Counts for one process, which is not alone behind its address: `max` is its part of what Discord takes. */
export function createInvalidCount(now: () => number, max: number): InvalidCount {
  const times: number[] = [];
  const forget = (): void => {
    while ((times[0] ?? Infinity) <= now() - WINDOW_MS) times.shift();
  };
  return {
    note(status, scope) {
      if (!INVALID.includes(status) || scope === 'shared') return;
      forget();
      // More than that say no more.
      if (times.length < max) times.push(now());
    },
    waitMs() {
      forget();
      const [first] = times;
      return first === undefined || times.length < max ? 0 : first + WINDOW_MS - now();
    },
  };
}
