import { afterEach, beforeEach } from 'vitest';
import type { Journal } from '#src/core/ledger.ts';
import type { LedgerOptions, OpenedLedger } from '#src/ledger/open.ts';
import { NOON } from './asked.ts';

/** As much of an opened ledger as the ledger's own suite needs. */
export type BareLedger = Pick<OpenedLedger, 'ledger' | 'archive' | 'check' | 'close'>;

/** An empty place for one test's ledger. `open` may be called again: what was committed is still there. */
export interface LedgerPlace<Opened extends BareLedger = OpenedLedger> {
  open(options: Omit<LedgerOptions, 'database'>): Promise<Opened>;
  remove(): Promise<void>;
}

export type PreparePlace<Opened extends BareLedger = OpenedLedger> = () => Promise<LedgerPlace<Opened>>;

/** A place whose database somebody else may look into. */
export interface SqlPlace extends LedgerPlace {
  operate(statement: string): Promise<readonly object[]>;
}

/** Where a test of a ledger sits: it opens ledgers in its own place and turns the clock, which stands still otherwise. */
export interface Desk<Opened extends BareLedger = OpenedLedger> {
  open(rules?: Partial<LedgerOptions>): Promise<Opened>;
  /** Returns the time before. */
  tick(byMs: number): number;
}

/** Gives every test of the surrounding block an empty place, and closes and removes what it left. */
export function useDesk<Opened extends BareLedger = OpenedLedger>(prepare: PreparePlace<Opened>): Desk<Opened> {
  let place: LedgerPlace<Opened> | undefined;
  let opened: Opened[] = [];
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
export async function holdOf({ ledger }: BareLedger, id: string): Promise<Journal> {
  const journal = await ledger.open(id);
  if (journal === undefined) throw new Error(`${id} is not in the ledger`);
  return journal;
}
