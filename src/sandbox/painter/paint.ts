import sharp from 'sharp';
import { compose } from './compose.ts';
import { markDrawing } from './mark.ts';
import { applyStyle, pixelBlock, type Pixels } from './styles.ts';
import { transform, type Overlay } from './transform.ts';
import type { Style } from './vocabulary.ts';

export interface PaintOrder {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** A picture to start from, in a format that sharp reads; needs `strength`. */
  readonly image?: Uint8Array;
  /** 0 keeps the picture given, 1 ignores it. */
  readonly strength?: number;
}

const SIDE_PIXELS_MAX = 4096;
const INPUT_PIXELS_MAX = 50_000_000;
const DRAWING_LIMITS = { limitInputPixels: SIDE_PIXELS_MAX ** 2 };

/**
 * Paints a flat illustration of what the prompt names, in English or Vietnamese, marked SANDBOX. The same order gives the same bytes
 * on one machine. Rejects with an Error for sides outside 1 to 4096 pixels, and for an image that cannot be read.
 */
export async function paint(order: PaintOrder): Promise<Buffer> {
  return encode(await paintPixels(order), order.format);
}

/** The picture before it is marked and encoded, for edits that go on from it. */
export async function paintPixels(order: Omit<PaintOrder, 'format'>): Promise<Pixels> {
  const { width, height, image, strength = 1 } = order;
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= SIDE_PIXELS_MAX))
    throw new RangeError(`cannot paint ${width}x${height} pixels`);
  const scene = compose(order);
  const given = image === undefined ? undefined : await fitted(image, width, height);
  const { style } = scene.wish;
  const drawing = given === undefined || strength >= 1 ? scene.picture : scene.backdrop;
  const drawn = await flat(drawing, width, height, style);
  const painted = style === undefined ? drawn : applyStyle(drawn, style, order.seed);
  if (given === undefined || strength >= 1) return painted;
  return transform(given, painted, await overlay(scene.subjects), scene.palette, Math.max(0, strength));
}

async function flat(drawing: string, width: number, height: number, style: Style | undefined): Promise<Pixels> {
  const rendered = sharp(Buffer.from(drawing), DRAWING_LIMITS).removeAlpha();
  if (style !== 'pixel') return { data: await rendered.raw().toBuffer(), width, height };
  const block = pixelBlock(width, height);
  const [across, down] = [Math.ceil(width / block), Math.ceil(height / block)];
  const small = await rendered.resize(across, down, { kernel: 'cubic', fit: 'fill' }).raw().toBuffer();
  const enlarged = sharp(small, { raw: { width: across, height: down, channels: 3 } }).resize(width, height, {
    kernel: 'nearest',
    fit: 'fill',
  });
  return { data: await enlarged.raw().toBuffer(), width, height };
}

async function overlay(drawing: string): Promise<Overlay> {
  return { data: await sharp(Buffer.from(drawing), DRAWING_LIMITS).ensureAlpha().raw().toBuffer() };
}

async function fitted(image: Uint8Array, width: number, height: number): Promise<Pixels> {
  const upright = sharp(image, { limitInputPixels: INPUT_PIXELS_MAX }).autoOrient().resize(width, height, { fit: 'cover' });
  const data = await upright.flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer();
  return { data, width, height };
}

async function encode({ data, width, height }: Pixels, format: PaintOrder['format']): Promise<Buffer> {
  const marked = sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(markDrawing(width, height)) }])
    .removeAlpha();
  switch (format) {
    case 'png':
      return marked.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
    case 'jpeg':
      return marked.jpeg({ quality: 90 }).toBuffer();
    case 'webp':
      return marked.webp({ quality: 90, effort: 2 }).toBuffer();
  }
}
