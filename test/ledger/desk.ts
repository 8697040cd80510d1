import { afterEach, beforeEach } from 'vitest';
import type { Journal } from '#src/core/ledger.ts';
import type { LedgerOptions, OpenedLedger } from '#src/ledger/open.ts';
import { NOON } from './asked.ts';

/** An empty place for one test's ledger. `open` may be called again: what was committed is still there. */
export interface LedgerPlace {
  open(options: Omit<LedgerOptions, 'database'>): Promise<OpenedLedger>;
  remove(): Promise<void>;
}

export type PreparePlace = () => Promise<LedgerPlace>;

/** Where a test of a ledger sits: it opens ledgers in its own place and turns the clock, which stands still otherwise. */
export interface Desk {
  open(rules?: Partial<LedgerOptions>): Promise<OpenedLedger>;
  /** Returns the time before. */
  tick(byMs: number): number;
}

/** Gives every test of the surrounding block an empty place, and closes and removes what it left. */
export function useDesk(prepare: PreparePlace): Desk {
  let place: LedgerPlace | undefined;
  let opened: OpenedLedger[] = [];
  let clockMs = NOON;
  beforeEach(async () => {
    place = await prepare();
    opened = [];
    clockMs = NOON;
  });
  afterEach(async () => {
    await Promise.all(opened.map(async (one) => one.close()));
    await place?.remove();
  });
  return {
    open: async (rules = {}) => {
      if (place === undefined) throw new Error('a desk is only there while a test runs');
      const one = await place.open({ maxUnfinished: 1000, dailyBudgetMicros: undefined, parallel: 2, now: () => clockMs, ...rules });
      opened.push(one);
      return one;
    },
    tick: (byMs) => {
      clockMs += byMs;
      return clockMs - byMs;
    },
  };
}

/** The journal of a request that must be there. */
export async function holdOf({ ledger }: OpenedLedger, id: string): Promise<Journal> {
  const journal = await ledger.open(id);
  if (journal === undefined) throw new Error(`${id} is not in the ledger`);
  return journal;
}
