import { loadavg } from 'node:os';

export type Configuration = 'control' | 'embedded' | 'redis+postgres';

/** What was promised of a number, in its own unit. Lower is better unless `atLeast`. */
export interface Target {
  readonly median?: number;
  readonly p95?: number;
  readonly p99?: number;
  /** Of all values in the middle one of the rounds. */
  readonly most?: number;
  readonly atLeast?: boolean;
}

/** One measured number: medians over the rounds, of each round's median, 95th and 99th percentile and worst value. */
export interface Figure {
  readonly name: string;
  readonly configuration: Configuration;
  readonly unit: string;
  readonly median: number;
  readonly p95: number;
  /** Of few values it is the worst one. */
  readonly p99: number;
  readonly most: number;
  /** How many values there were, all rounds together. */
  readonly n: number;
  readonly target: Target | undefined;
  /** Undefined where nothing was promised. */
  readonly met: boolean | undefined;
  /** What else wanted the machine: runnable processes in the last minute, this run's own among them. */
  readonly load: number;
}

export interface Measured {
  readonly name: string;
  readonly configuration: Configuration;
  readonly unit: string;
  readonly rounds: readonly (readonly number[])[];
  readonly target?: Target | undefined;
}

/** The value below which this part of all values lies (nearest rank). NaN of nothing. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export function toFigure({ name, configuration, unit, rounds, target }: Measured): Figure {
  const over = (part: number): number =>
    quantile(
      rounds.map((values) => quantile(values, part)),
      0.5,
    );
  const values = { median: rounded(over(0.5)), p95: rounded(over(0.95)), p99: rounded(over(0.99)), most: rounded(over(1)) };
  // The control is there to be compared with; nobody promised anything about it.
  const held = configuration === 'control' ? undefined : target;
  const met = held === undefined ? undefined : isMet(held, values);
  return { name, configuration, unit, ...values, n: rounds.flat().length, target: held, met, load: rounded(loadavg()[0] ?? 0) };
}

function isMet(target: Target, measured: Pick<Figure, 'median' | 'p95' | 'p99' | 'most'>): boolean {
  if (target.atLeast === true) return measured.median >= (target.median ?? 0);
  return (['median', 'p95', 'p99', 'most'] as const).every((name) => measured[name] <= (target[name] ?? Infinity));
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
