import type { Json, Size } from './rules.ts';

/** A clip that a model would make. */
export interface ClipOrder {
  readonly prompt: string;
  readonly size: Size;
  /** As the bill calls it. */
  readonly resolution: string;
  readonly durationSeconds: number;
  readonly isLooped: boolean;
  readonly first: Uint8Array | undefined;
  readonly last: Uint8Array | undefined;
}

export type ClipReading =
  | { readonly kind: 'order'; readonly order: ClipOrder }
  /** What the job says of itself when it has failed. */
  | { readonly kind: 'failed'; readonly message: string };

/** A model that is only started, and that looks at its input when the job runs: what is wrong with it is the job's failure. */
export interface VideoModelRules {
  readonly id: string;
  readonly regions: readonly string[];
  /** Millionths of a US dollar for one second, by resolution. */
  readonly secondMicros: Readonly<Record<string, number>>;
  /** What it leaves beside the clip. */
  readonly leaves: readonly string[];
  /** The words that are filtered, and that a person recognises a job by. */
  promptOf(input: Json): string;
  read(input: Json): Promise<ClipReading>;
}

export const failedReading = (message: string): ClipReading => ({ kind: 'failed', message });
