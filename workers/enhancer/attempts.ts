import { AsyncLocalStorage } from 'node:async_hooks';
import { fetchWithoutLongWaits } from './long-waits.ts';

/** How many times the service was called, and how many of these it certainly did not bill. */
export interface Tally {
  sent: number;
  unbilled: number;
}

export interface Attempts {
  readonly fetch: typeof fetchWithoutLongWaits;
  /** The calls that the client makes for this work, its own retries among them. */
  counting<Value>(tally: Tally, work: () => Promise<Value>): Promise<Value>;
}

/** The client repeats a call whose connection broke, and tells nobody that there were two: the first may have been billed. */
export function createAttempts(): Attempts {
  const tallies = new AsyncLocalStorage<Tally>();
  return {
    counting: async (tally, work) => tallies.run(tally, work),
    async fetch(input, init) {
      const tally = tallies.getStore() ?? { sent: 0, unbilled: 0 };
      tally.sent += 1;
      try {
        const response = await fetchWithoutLongWaits(input, init);
        if (!response.ok && !MAY_BE_BILLED.includes(response.status)) tally.unbilled += 1;
        return response;
      } catch (error) {
        if (neverConnected(error)) tally.unbilled += 1;
        throw error;
      }
    },
  };
}

/** Said when something went wrong on the way to an answer that may have been written. Every other number was a no before that. */
const MAY_BE_BILLED = [408, 424, 500, 502, 504];

const NEVER_CONNECTED =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.+|CERT_.+|UNABLE_TO_.+|.*SELF_SIGNED.+)$/;

/** Where a name has several addresses, the error holds one for each that was tried. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(neverConnected);
  if ('code' in error && typeof error.code === 'string') return NEVER_CONNECTED.test(error.code);
  return neverConnected(error.cause);
}
