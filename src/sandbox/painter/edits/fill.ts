import type { Matte, Raster } from './raster.ts';

/** A picture at one scale: colours weighed by how much of them is known. */
interface Level {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, weight; the colours are multiplied by the weight. */
  readonly data: Float32Array;
}

/** Fills what is meant from its surroundings, smoothly: what is known is averaged into ever smaller pictures, and they fill the gaps of the larger. */
export function fillFromAround(raster: Raster, matte: Matte): Raster {
  const levels = [levelOf(raster, matte)];
  for (let last = levels[0]; last !== undefined && Math.max(last.width, last.height) > 1; last = levels.at(-1)) levels.push(halved(last));
  let coarse = levels.at(-1);
  for (const level of levels.toReversed().slice(1)) coarse = completed(level, coarse ?? level);
  const out = Uint8Array.from(raster.data);
  for (let at = 0; at < out.length; at += 4) {
    if ((matte.data[at / 4] ?? 0) === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) out[at + channel] = Math.round(coarse?.data[at + channel] ?? 0);
    out[at + 3] = 255;
  }
  return { ...raster, data: out };
}

function levelOf({ data, width, height }: Raster, matte: Matte): Level {
  const out = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const known = (matte.data[at / 4] ?? 0) > 0 ? 0 : (data[at + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel += 1) out[at + channel] = (data[at + channel] ?? 0) * known;
    out[at + 3] = known;
  }
  return { width, height, data: out };
}

function halved({ width, height, data }: Level): Level {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const out = new Float32Array(across * down * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [from, to] = [(y * width + x) * 4, ((y >> 1) * across + (x >> 1)) * 4];
      for (let channel = 0; channel < 4; channel += 1) out[to + channel] = (out[to + channel] ?? 0) + (data[from + channel] ?? 0);
    }
  }
  for (let at = 0; at < out.length; at += 4) {
    const weight = out[at + 3] ?? 0;
    if (weight <= 1) continue;
    for (let channel = 0; channel < 4; channel += 1) out[at + channel] = (out[at + channel] ?? 0) / weight;
  }
  return { width: across, height: down, data: out };
}

/** The level with its gaps filled from the coarser one, between whose pixels is gone over evenly. */
function completed(level: Level, coarse: Level): Level {
  const out = Float32Array.from(level.data);
  for (let at = 0; at < out.length; at += 4) {
    const missing = 1 - (out[at + 3] ?? 0);
    if (missing <= 0) continue;
    const [x, y] = [(at / 4) % level.width, Math.floor(at / 4 / level.width)];
    for (let channel = 0; channel < 3; channel += 1) {
      out[at + channel] = (out[at + channel] ?? 0) + missing * between(coarse, (x - 0.5) / 2, (y - 0.5) / 2, channel);
    }
    out[at + 3] = 1;
  }
  return { ...level, data: out };
}

function between({ width, height, data }: Level, x: number, y: number, channel: number): number {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [across, down] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const at = (column: number, line: number): number => data[(line * width + column) * 4 + channel] ?? 0;
  const upper = at(left, top) * (1 - across) + at(right, top) * across;
  return upper * (1 - down) + (at(left, bottom) * (1 - across) + at(right, bottom) * across) * down;
}
