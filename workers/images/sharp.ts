import sharp, { type Sharp } from 'sharp';
import type { MediaType } from '#src/core/media.ts';
import type { Margins, SizePixels } from '#src/core/model.ts';
import type { Fit } from './fit.ts';

/** The most pixels that are ever decoded: the largest that telephones make, and 200 MB of memory. */
export const DECODED_PIXELS_MAX = 50_000_000;
const DECODE_SECONDS = 20;

/** Decoded pixels, row by row, one byte a channel: sRGB, and how opaque they are when there are four. */
export interface Pixels extends SizePixels {
  readonly data: Uint8Array;
  readonly channels: 3 | 4;
}

export interface Inspection extends SizePixels {
  readonly codec: 'jpeg' | 'png' | 'webp' | 'gif' | 'av1' | 'hevc' | 'other';
}

/** Sets up the library for the whole process. It knows more kinds of files than people may send: the others cannot be opened any more. */
export function setUpSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  // The last one is for whoever draws in this process. What people send is looked at before, and SVG is not among what is let through.
  const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Svg'].map((name) => `VipsForeignLoad${name}Buffer`);
  sharp.unblock({ operation: loaders });
  // Two pictures at once are two threads; a cache of decoded pictures would be megabytes that nobody asks for again.
  sharp.concurrency(1);
  sharp.cache(false);
}

/** Reads the header only. Sizes are as the picture is to be looked at, its orientation applied. Throws an Error on what is no picture. */
export async function inspect(bytes: Uint8Array): Promise<Inspection> {
  const { format, compression, autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const codec = format === 'heif' ? (compression ?? 'other') : format;
  switch (codec) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
    case 'av1':
    case 'hevc':
      return { codec, width: autoOrient.width, height: autoOrient.height };
    default:
      return { codec: 'other', width: autoOrient.width, height: autoOrient.height };
  }
}

/**
 * Draws the picture anew, the first one of an animation: upright, in sRGB with 8 bits, scaled and set as the fit says (without one, in its own size),
 * and without anything else that was in the file. Throws an Error when it cannot be decoded to its end.
 */
export async function redraw(source: Uint8Array | Pixels, fit: Fit | undefined): Promise<Pixels> {
  if (fit === undefined) return rawPixels(open(source));
  const { inner, outer } = fit;
  const left = Math.floor((outer.width - inner.width) / 2);
  const top = Math.floor((outer.height - inner.height) / 2);
  const redrawn = open(source)
    .resize(inner.width, inner.height, { fit: 'fill' })
    // Borders that go on as the picture does; a model would take flat ones for a part of the scene.
    .extend({ left, top, right: outer.width - inner.width - left, bottom: outer.height - inner.height - top, extendWith: 'mirror' });
  return rawPixels(redrawn);
}

async function rawPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

/** The picture on a larger canvas, going on in its margins as in a mirror. */
export async function extendMirrored(pixels: Pixels, { left, right, up, down }: Margins): Promise<Pixels> {
  return rawPixels(open(pixels).extend({ left, right, top: up, bottom: down, extendWith: 'mirror' }));
}

export async function encodePixels(pixels: Pixels, type: MediaType): Promise<Uint8Array> {
  return encode(isOpaque(pixels) ? open(pixels).removeAlpha() : open(pixels), type);
}

/** Many pictures say how opaque they are only to say that they are. */
export function isOpaque({ data, channels }: Pixels): boolean {
  if (channels === 3) return true;
  for (let at = 3; at < data.byteLength; at += 4) if (data[at] !== 0xff) return false;
  return true;
}

/** Puts pictures side by side, each as large as it can be in its cell. `marking` is written into the file for programs that look for it. */
export async function drawSheet(
  pictures: readonly Uint8Array[],
  { cell, columns, gutterPixels, marking }: { cell: SizePixels; columns: number; gutterPixels: number; marking: string },
): Promise<Uint8Array> {
  const background = '#ffffff';
  const rows = Math.ceil(pictures.length / columns);
  const layers = await Promise.all(
    pictures.map(async (bytes, index) => ({
      input: await open(bytes)
        .resize(cell.width, cell.height, { fit: 'contain', background })
        .flatten({ background })
        .png({ compressionLevel: 1 })
        .toBuffer(),
      left: (index % columns) * (cell.width + gutterPixels),
      top: Math.floor(index / columns) * (cell.height + gutterPixels),
    })),
  );
  const size = { width: columns * (cell.width + gutterPixels) - gutterPixels, height: rows * (cell.height + gutterPixels) - gutterPixels };
  const sheet = sharp({ create: { ...size, channels: 3, background } }).composite(layers);
  return encode(sheet.withXmp(marking), 'image/jpeg');
}

function open(source: Uint8Array | Pixels): Sharp {
  const common = { failOn: 'error', limitInputPixels: DECODED_PIXELS_MAX } as const;
  if (source instanceof Uint8Array)
    return sharp(source, { ...common, pages: 1 })
      .timeout({ seconds: DECODE_SECONDS })
      .autoOrient();
  const { data, ...raw } = source;
  return sharp(data, { ...common, raw }).timeout({ seconds: DECODE_SECONDS });
}

async function encode(picture: Sharp, type: MediaType): Promise<Uint8Array> {
  switch (type) {
    case 'image/png':
      return picture.png().toBuffer();
    case 'image/jpeg':
      return picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
    case 'image/webp':
      return picture.webp({ lossless: true }).toBuffer();
  }
}
