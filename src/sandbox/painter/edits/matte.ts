import sharp from 'sharp';
import type { Matte, Raster } from './raster.ts';

/** How light a mask picture is: white is 255. Stretched to the size given, as the service does. */
export async function readMask(bytes: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): Promise<Matte> {
  const data = await sharp(bytes).flatten({ background: '#000000' }).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
  return { data: new Uint8Array(data), width, height };
}

/** What is see-through is meant. */
export function matteOfAlpha({ data, width, height }: Raster): Matte {
  const out = new Uint8Array(width * height);
  for (let pixel = 0; pixel < out.length; pixel += 1) out[pixel] = 255 - (data[pixel * 4 + 3] ?? 255);
  return { data: out, width, height };
}

export const inverted = (matte: Matte): Matte => ({ ...matte, data: matte.data.map((value) => 255 - value) });

/** Grows what is meant by exactly so many pixels each way. */
export function grown(matte: Matte, pixels: number): Matte {
  if (pixels === 0) return matte;
  const across = spread(matte, pixels, 1, matte.width);
  return spread(across, pixels, matte.width, matte.height);
}

/** The largest value within reach along one direction. */
function spread({ data, width, height }: Matte, pixels: number, step: number, length: number): Matte {
  const out = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index += 1) {
    const place = step === 1 ? index % length : Math.floor(index / step);
    let most = 0;
    for (let shift = -Math.min(pixels, place); shift <= Math.min(pixels, length - 1 - place); shift += 1) {
      const value = data[index + shift * step] ?? 0;
      if (value > most) most = value;
    }
    out[index] = most;
  }
  return { data: out, width, height };
}
