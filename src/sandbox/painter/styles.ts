import { channels, type Colour } from './colour.ts';
import { createRandom } from './random.ts';
import type { Style } from './vocabulary.ts';

/** Pixels as red, green, blue, one byte each, row by row. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How many picture pixels one pixel of pixel art is wide, for a picture of the size given. */
export const pixelBlock = (width: number, height: number): number => Math.max(2, Math.round(Math.sqrt(width * height) / 128));

/** Gives finished pixels the look of another medium. Pixel art is only reduced in colours here; its size is the renderer's doing. */
export function applyStyle(pixels: Pixels, style: Style, seed: number): Pixels {
  switch (style) {
    case 'watercolour':
      return watercolour(pixels, seed);
    case 'ink':
      return duotone(pixels, '#262238', '#f6efe0', 1.3);
    case 'pixel':
      return { ...pixels, data: pixels.data.map((value) => Math.min(255, Math.round(value / 24) * 24)) };
  }
}

const LATTICE = 64;

/** A tile of smooth noise from 0 to 1, read anywhere. */
function createNoise(seed: number): (x: number, y: number) => number {
  const random = createRandom(seed);
  const lattice = Float32Array.from({ length: LATTICE * LATTICE }, () => random.next());
  const at = (column: number, line: number): number => lattice[(line & (LATTICE - 1)) * LATTICE + (column & (LATTICE - 1))] ?? 0;
  const ease = (share: number): number => share * share * (3 - 2 * share);
  return (x, y) => {
    const [column, line] = [Math.floor(x), Math.floor(y)];
    const [right, down] = [ease(x - column), ease(y - line)];
    const top = at(column, line) * (1 - right) + at(column + 1, line) * right;
    return top * (1 - down) + (at(column, line + 1) * (1 - right) + at(column + 1, line + 1) * right) * down;
  };
}

/** Noise of a picture's size, worked out for every fourth pixel each way. `grain` is in pixels. */
function noiseField(width: number, height: number, grain: number, seed: number): (x: number, y: number) => number {
  const noise = createNoise(seed);
  const across = (width >> 2) + 1;
  const field = Float32Array.from({ length: across * ((height >> 2) + 1) }, (_, index) =>
    noise(((index % across) * 4) / grain, (Math.floor(index / across) * 4) / grain),
  );
  return (x, y) => field[(y >> 2) * across + (x >> 2)] ?? 0;
}

/** Wavering edges, pools of pigment and the paper's grain. */
function watercolour({ data, width, height }: Pixels, seed: number): Pixels {
  const measure = Math.sqrt(width * height);
  const wobble = noiseField(width, height, measure / 50, seed);
  const pools = noiseField(width, height, measure / 7, seed + 1);
  const out = new Uint8Array(data.length);
  const reach = measure / 110;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      const shift = Math.round((wobble(x, y) - 0.5) * reach);
      const fromX = Math.min(width - 1, Math.max(0, x + shift));
      const fromY = Math.min(height - 1, Math.max(0, y - shift));
      const grain = ((Math.imul(x * 374_761 + y * 668_265 + seed, 1_274_126_177) >>> 24) / 255 - 0.5) * 11;
      const pigment = (pools(x, y) - 0.5) * 22 + grain;
      const from = (fromY * width + fromX) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = data[from + channel] ?? 0;
        const paper = channel === 2 ? 236 : 246;
        out[to + channel] = Math.max(0, Math.min(255, value + (paper - value) * 0.18 + pigment));
      }
    }
  }
  return { data: out, width, height };
}

/** The picture's lightness, from one colour to another; more exposure is nearer to the light one. */
export function duotone({ data, width, height }: Pixels, dark: Colour, light: Colour, exposure = 1): Pixels {
  const out = new Uint8Array(data.length);
  const from = channels(dark);
  const to = channels(light);
  for (let index = 0; index < data.length; index += 3) {
    const seen = (0.299 * (data[index] ?? 0) + 0.587 * (data[index + 1] ?? 0) + 0.114 * (data[index + 2] ?? 0)) / 255;
    const lightness = Math.min(1, seen * exposure);
    for (const channel of [0, 1, 2] as const) out[index + channel] = from[channel] + (to[channel] - from[channel]) * lightness;
  }
  return { data: out, width, height };
}
