const CALLS_MAX = 10_000;

/** One generation that the real service would put on the bill. */
export interface Charge {
  readonly requestId: string;
  readonly modelId: string;
  readonly seed: number;
  readonly priceMicros: number;
  /** Of a clip: what its price is made of. */
  readonly clip?: { readonly seconds: number; readonly resolution: string };
  /** Epoch milliseconds at which the generation began. */
  readonly at: number;
}

export interface ChargesSum {
  /** Millionths of a US dollar. */
  readonly totalMicros: number;
  /** The last 10,000, oldest first. */
  readonly calls: readonly Charge[];
}

/** What pictures and clips cost: kept apart from the product's own book, so that the two can be compared. */
export interface Charges {
  add(charge: Charge): void;
  sum(): ChargesSum;
}

export function createCharges(): Charges {
  let totalMicros = 0;
  const calls: Charge[] = [];
  return {
    add(charge) {
      totalMicros += charge.priceMicros;
      calls.push(charge);
      if (calls.length > CALLS_MAX) calls.shift();
    },
    sum: () => ({ totalMicros, calls: [...calls] }),
  };
}
