import { channels, fromHsl, type Channels, type Colour } from '../colour.ts';
import { hashText } from '../random.ts';
import { readWords } from '../reading.ts';
import type { Raster } from './raster.ts';

/** The colour that the words name, or one that is always the same for them. */
export function colourIn(words: string): Colour {
  const meaning = readWords(words).hits.find((hit) => hit.meaning.kind === 'colour')?.meaning;
  return meaning?.kind === 'colour' ? meaning.colour : fromHsl(hashText(words.toLowerCase()) % 360, 0.7, 0.5);
}

/** The same light and shadow in another colour. */
export function recoloured(raster: Raster, colour: Colour): Raster {
  const target = channels(colour);
  const own = Math.max(24, lightness(target));
  const out = Uint8Array.from(raster.data);
  for (let at = 0; at < out.length; at += 4) {
    const light = lightness([out[at] ?? 0, out[at + 1] ?? 0, out[at + 2] ?? 0]);
    for (const channel of [0, 1, 2] as const) {
      const lit =
        light <= own ? (target[channel] * light) / own : target[channel] + ((255 - target[channel]) * (light - own)) / (256 - own);
      out[at + channel] = Math.max(0, Math.min(255, Math.round(lit)));
    }
  }
  return { ...raster, data: out };
}

const lightness = ([red, green, blue]: Channels): number => 0.299 * red + 0.587 * green + 0.114 * blue;

interface Mood {
  readonly mean: number;
  readonly spread: number;
}

/** Gives a picture the colours of another: each channel's middle and width become those of the other, so far as `share` says. */
export function inTheColoursOf(raster: Raster, other: Raster, share: number): Raster {
  const [own, wanted] = [moodsOf(raster), moodsOf(other)];
  const out = Uint8Array.from(raster.data);
  for (let at = 0; at < out.length; at += 1) {
    const [from, to] = [own[at % 4], wanted[at % 4]];
    if (at % 4 === 3 || from === undefined || to === undefined) continue;
    const value = raster.data[at] ?? 0;
    const moved = (value - from.mean) * (to.spread / Math.max(1, from.spread)) + to.mean;
    out[at] = Math.max(0, Math.min(255, Math.round(value + (moved - value) * share)));
  }
  return { ...raster, data: out };
}

function moodsOf({ data }: Raster): readonly Mood[] {
  return [0, 1, 2].map((channel) => {
    let [sum, squares, count] = [0, 0, 0];
    for (let at = channel; at < data.length; at += 4) {
      const value = data[at] ?? 0;
      [sum, squares, count] = [sum + value, squares + value * value, count + 1];
    }
    const mean = sum / count;
    return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
  });
}

/** From dark to light along the colours given. */
export function gradedBy(raster: Raster, colours: readonly Colour[]): Raster {
  const steps = colours.map((colour) => channels(colour)).toSorted((one, two) => lightness(one) - lightness(two));
  const out = Uint8Array.from(raster.data);
  for (let at = 0; at < out.length; at += 4) {
    const light = lightness([out[at] ?? 0, out[at + 1] ?? 0, out[at + 2] ?? 0]) / 255;
    const place = light * (steps.length - 1);
    const [low, high] = [steps[Math.floor(place)], steps[Math.min(steps.length - 1, Math.floor(place) + 1)]];
    for (const channel of [0, 1, 2] as const) {
      const from = low?.[channel] ?? 0;
      out[at + channel] = Math.round(from + ((high?.[channel] ?? from) - from) * (place - Math.floor(place)));
    }
  }
  return { ...raster, data: out };
}
