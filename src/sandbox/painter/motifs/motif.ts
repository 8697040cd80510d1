import type { Colour, Tone } from '../colour.ts';
import type { Random } from '../random.ts';

/** Where in a scene a thing belongs: in the air, behind, on the water, in front on the ground, on a table, or under water. */
export type Slot = 'sky' | 'back' | 'water' | 'front' | 'table' | 'under';

/**
 * One thing that can be painted: a pure drawing 100 units tall that stands on y = 0 and is centred on x = 0
 * (things of the air are centred on y = -50).
 */
export interface Motif {
  readonly slot: Slot;
  /** How wide the drawing is, when it is 100 tall. */
  readonly wide: number;
  /** Its height in hundredths of the scene's measure, when it is alone. */
  readonly size: number;
  /** Its own colours, one of which is taken when none was asked for. */
  readonly colours: readonly [Colour, ...Colour[]];
  draw(tone: Tone, random: Random): string;
}

export const INK: Colour = '#2b2840';
export const WHITE: Colour = '#fffaf0';
