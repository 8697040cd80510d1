import type { Colour } from '../colour.ts';
import { paintPixels, type PaintOrder } from '../paint.ts';
import { readWish } from '../wish.ts';
import { enlarge } from './enlarge.ts';
import { extended, fading, largestSide, type Sides } from './canvas.ts';
import { colourIn, gradedBy, inTheColoursOf, recoloured } from './colours.ts';
import { fillFromAround } from './fill.ts';
import { inkedOver, shapedBy } from './lines.ts';
import { grown, inverted, matteOfAlpha, readMask } from './matte.ts';
import { blend, boundsOf, encodeRaster, marked, openRaster, stretched, toRaster, whole, type Matte, type Raster } from './raster.ts';
import { findForeground, findSubject } from './region.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is to be done to a picture. Shares go from 0 to 1. */
export type Edit =
  /** Without a mask, what is see-through is changed. */
  | {
      readonly kind: 'masked';
      readonly image: Uint8Array;
      readonly mask: Uint8Array | undefined;
      readonly changed: 'white' | 'black';
      readonly growPixels: number;
      readonly how: 'paint' | 'erase';
    }
  | {
      readonly kind: 'found';
      readonly image: Uint8Array;
      readonly subject: string;
      readonly growPixels: number;
      readonly how: 'paint' | 'erase' | 'recolour';
    }
  | { readonly kind: 'extend'; readonly image: Uint8Array; readonly sides: Sides; readonly share: number }
  | { readonly kind: 'cut-out'; readonly image: Uint8Array }
  | { readonly kind: 'restyle'; readonly image: Uint8Array; readonly style: Uint8Array; readonly share: number }
  | { readonly kind: 'guided'; readonly image: Uint8Array; readonly size: Size; readonly share: number }
  | { readonly kind: 'lines' | 'shape'; readonly image: Uint8Array; readonly size: Size; readonly share: number }
  | { readonly kind: 'graded'; readonly colours: readonly Colour[]; readonly size: Size }
  | { readonly kind: 'enlarge'; readonly image: Uint8Array; readonly size: Size; readonly crisp: number };

export type EditOrder = Pick<PaintOrder, 'prompt' | 'negativePrompt' | 'seed' | 'format'>;

/** Does what was asked for in a way that is seen, touching nothing else, and marks what it did. The same order gives the same bytes. */
export async function paintEdit(edit: Edit, order: EditOrder): Promise<Buffer> {
  if (edit.kind === 'enlarge') return enlarge(edit.image, edit.size, edit.crisp, order.format);
  return encodeRaster(await edited(edit, order), order.format);
}

async function edited(edit: Exclude<Edit, { readonly kind: 'enlarge' }>, order: EditOrder): Promise<Raster> {
  switch (edit.kind) {
    case 'masked': {
      const image = await openRaster(edit.image);
      const white = edit.mask === undefined ? matteOfAlpha(image) : await readMask(edit.mask, image);
      const matte = edit.mask !== undefined && edit.changed === 'black' ? inverted(white) : white;
      return changed(image, grown(matte, edit.growPixels), edit.how, order);
    }
    case 'found': {
      const image = await openRaster(edit.image);
      return changed(image, grown(await findSubject(image, edit.subject), edit.growPixels), edit.how, order);
    }
    case 'extend':
      return extend(edit.image, edit.sides, edit.share, order);
    case 'cut-out': {
      const image = await openRaster(edit.image);
      const front = await findForeground(image);
      const data = Uint8Array.from(image.data, (value, at) => (at % 4 === 3 ? Math.min(value, front.data[at >> 2] ?? 0) : value));
      return marked({ ...image, data }, boundsOf(front));
    }
    case 'restyle': {
      const image = await openRaster(edit.image);
      return marked(inTheColoursOf(image, await openRaster(edit.style), edit.share), whole(image));
    }
    default:
      return marked(await fromScene(edit, await scene(order, edit.size)), whole(edit.size));
  }
}

/** A new scene of the picture's size that takes something from the picture. */
async function fromScene(
  edit: Extract<Edit, { readonly kind: 'guided' | 'lines' | 'shape' | 'graded' }>,
  painted: Raster,
): Promise<Raster> {
  switch (edit.kind) {
    case 'graded':
      return gradedBy(painted, edit.colours);
    case 'lines':
      return inkedOver(painted, await openRaster(edit.image, edit.size), edit.share);
    case 'shape':
      return shapedBy(painted, await openRaster(edit.image, edit.size), edit.share);
    default:
      return inTheColoursOf(painted, await openRaster(edit.image, edit.size), edit.share);
  }
}

async function changed(image: Raster, matte: Matte, how: 'paint' | 'erase' | 'recolour', order: EditOrder): Promise<Raster> {
  const box = boundsOf(matte);
  const result = blend(image, await replacement(image, matte, how, order), matte);
  return marked(result, box, matte);
}

/** What takes the place of the part that is meant. Words that name nothing that can be painted leave what is around. */
async function replacement(image: Raster, matte: Matte, how: 'paint' | 'erase' | 'recolour', order: EditOrder): Promise<Raster> {
  if (how === 'recolour') return recoloured(image, colourIn(order.prompt));
  if (how === 'erase' || readWish(order.prompt, order.negativePrompt).unknown) return fillFromAround(image, matte);
  const box = boundsOf(matte);
  const part = await scene(order, box);
  const data = Uint8Array.from(image.data);
  for (let line = 0; line < box.height; line += 1) {
    const to = ((box.top + line) * image.width + box.left) * 4;
    data.set(part.data.subarray(line * box.width * 4, (line + 1) * box.width * 4), to);
  }
  return { ...image, data };
}

async function extend(bytes: Uint8Array, sides: Sides, share: number, order: EditOrder): Promise<Raster> {
  const { raster, added } = await extended(await openRaster(bytes), sides);
  const named = !readWish(order.prompt, order.negativePrompt).unknown;
  const beyond = named ? await scene(order, raster) : fillFromAround(raster, added);
  return marked(blend(raster, beyond, fading(added, sides, named ? 0.4 + 0.6 * share : 0.5)), largestSide(raster, sides));
}

/** Pictures may be larger than the painter's own: those are painted smaller and enlarged. */
async function scene({ prompt, negativePrompt, seed }: EditOrder, { width, height }: Size): Promise<Raster> {
  const scale = Math.min(1, 2048 / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const painted = toRaster(await paintPixels({ prompt, negativePrompt, seed, ...size }));
  return scale === 1 ? painted : stretched(painted, { width, height });
}
