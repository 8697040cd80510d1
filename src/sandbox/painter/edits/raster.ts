import sharp from 'sharp';
import { markDrawing } from '../mark.ts';
import type { PaintOrder } from '../paint.ts';
import type { Pixels } from '../styles.ts';

/** Pixels as red, green, blue and how opaque they are, one byte each, row by row. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One byte a pixel: 255 is meant, 0 is not. */
export interface Matte {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const INPUT_PIXELS_MAX = 50_000_000;

/** Decodes a picture, upright, in its own size or stretched to another. */
export async function openRaster(bytes: Uint8Array, size?: { readonly width: number; readonly height: number }): Promise<Raster> {
  const upright = sharp(bytes, { limitInputPixels: INPUT_PIXELS_MAX }).autoOrient().toColourspace('srgb').ensureAlpha();
  const sized = size === undefined ? upright : upright.resize(size.width, size.height, { fit: 'fill' });
  const { data, info } = await sized.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export function toRaster({ data, width, height }: Pixels): Raster {
  const out = new Uint8Array(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    for (let channel = 0; channel < 3; channel += 1) out[to + channel] = data[from + channel] ?? 0;
  }
  return { data: out, width, height };
}

export async function stretched(
  { data, width, height }: Raster,
  size: { readonly width: number; readonly height: number },
): Promise<Raster> {
  const large = sharp(data, { raw: { width, height, channels: 4 } }).resize(size.width, size.height, { fit: 'fill' });
  return { data: await large.raw().toBuffer(), ...size };
}

/** `over` where the matte says so, `under` elsewhere, to the byte. Both have the matte's size. */
export function blend(under: Raster, over: Raster, matte: Matte): Raster {
  const out = Uint8Array.from(under.data);
  for (let pixel = 0; pixel < matte.data.length; pixel += 1) {
    const share = (matte.data[pixel] ?? 0) / 255;
    if (share === 0) continue;
    for (let at = pixel * 4; at < pixel * 4 + 4; at += 1) {
      const from = under.data[at] ?? 0;
      out[at] = Math.round(from + ((over.data[at] ?? 0) - from) * share);
    }
  }
  return { ...under, data: out };
}

/** Puts the word SANDBOX into the corner of a part of the picture: only where something was changed, so that everything else stays as it was. */
export async function marked(raster: Raster, box: Box, matte?: Matte): Promise<Raster> {
  const word = sharp(Buffer.from(markDrawing(box.width, box.height))).ensureAlpha();
  const layer = await word.resize(box.width, box.height, { fit: 'fill' }).raw().toBuffer();
  const out = Uint8Array.from(raster.data);
  for (let from = 0; from < layer.length; from += 4) {
    const [x, y] = [box.left + ((from / 4) % box.width), box.top + Math.floor(from / 4 / box.width)];
    const pixel = y * raster.width + x;
    const share = ((layer[from + 3] ?? 0) / 255) * ((matte?.data[pixel] ?? 255) / 255);
    if (share === 0) continue;
    for (let channel = 0; channel < 4; channel += 1) {
      const under = raster.data[pixel * 4 + channel] ?? 0;
      const over = channel === 3 ? 255 : (layer[from + channel] ?? 0);
      out[pixel * 4 + channel] = Math.round(under + (over - under) * share);
    }
  }
  return { ...raster, data: out };
}

export const whole = ({ width, height }: { readonly width: number; readonly height: number }): Box => ({ left: 0, top: 0, width, height });

/** The smallest part that holds everything that is meant; the whole picture when nothing is. */
export function boundsOf(matte: Matte): Box {
  let [left, top, right, bottom] = [matte.width, matte.height, -1, -1];
  for (let pixel = 0; pixel < matte.data.length; pixel += 1) {
    if ((matte.data[pixel] ?? 0) < 128) continue;
    const [x, y] = [pixel % matte.width, Math.floor(pixel / matte.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return right < 0 ? whole(matte) : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Encodes it, see-through where the format can be and the picture is. */
export async function encodeRaster({ data, width, height }: Raster, format: PaintOrder['format']): Promise<Buffer> {
  const picture = sharp(data, { raw: { width, height, channels: 4 } });
  const kept = isOpaque(data) ? picture.removeAlpha() : picture;
  switch (format) {
    case 'png':
      return kept.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
    case 'jpeg':
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
    case 'webp':
      return kept.webp({ quality: 90, effort: 2 }).toBuffer();
  }
}

function isOpaque(data: Uint8Array): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
