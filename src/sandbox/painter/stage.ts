import type { Palette } from './palettes.ts';
import type { Random } from './random.ts';
import type { Definitions } from './shapes.ts';
import type { Hour } from './vocabulary.ts';

/** What every layer of a picture knows of it. Lengths are in pixels; y grows downwards. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** Where the sky ends. */
  readonly horizon: number;
  /** Where things in front stand. */
  readonly ground: number;
  /** A hundredth of the picture's measure: what sizes are counted in. */
  readonly unit: number;
  readonly hour: Hour;
  readonly palette: Palette;
  readonly random: Random;
  readonly definitions: Definitions;
  /** True when the person asked not to see it. */
  without(meaning: string): boolean;
}
