import sharp from 'sharp';
import type { Box, Matte, Raster } from './raster.ts';

export interface Sides {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

/** The picture on a larger canvas, on which it goes on as in a mirror, and what of it is new. */
export async function extended(
  raster: Raster,
  { left, right, up, down }: Sides,
): Promise<{ readonly raster: Raster; readonly added: Matte }> {
  const { data, width, height } = raster;
  const wide = sharp(data, { raw: { width, height, channels: 4 } }).extend({ left, right, top: up, bottom: down, extendWith: 'mirror' });
  const size = { width: width + left + right, height: height + up + down };
  const added = new Uint8Array(size.width * size.height).fill(255);
  for (let line = up; line < up + height; line += 1) added.fill(0, line * size.width + left, line * size.width + left + width);
  return { raster: { data: await wide.raw().toBuffer(), ...size }, added: { data: added, ...size } };
}

/** The largest of the parts that are new. */
export function largestSide({ width, height }: Raster, { left, right, up, down }: Sides): Box {
  const sides: readonly Box[] = [
    { left: width - right, top: 0, width: right, height },
    { left: 0, top: 0, width: left, height },
    { left: 0, top: height - down, width, height: down },
    { left: 0, top: 0, width, height: up },
  ];
  return sides.reduce((best, side) => (side.width * side.height > best.width * best.height ? side : best));
}

/** How far from the picture the new part is, from 0 at its edge to 255: what is far may be something else. */
export function fading(added: Matte, { left, up, right, down }: Sides, share: number): Matte {
  const reach = Math.max(1, Math.max(left, up, right, down) * 0.6);
  const [endX, endY] = [added.width - right - 1, added.height - down - 1];
  const data = added.data.map((value, pixel) => {
    if (value === 0) return 0;
    const [x, y] = [pixel % added.width, Math.floor(pixel / added.width)];
    const far = Math.max(left - x, x - endX, up - y, y - endY);
    return Math.round(255 * share * Math.min(1, far / reach));
  });
  return { ...added, data };
}
