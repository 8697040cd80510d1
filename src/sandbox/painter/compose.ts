import { lighten, mix } from './colour.ts';
import { layersOf } from './layers.ts';
import { MOTIFS } from './motifs/catalogue.ts';
import { paletteFrom, paletteOf } from './palettes.ts';
import { createRandom, hashText, type Random } from './random.ts';
import { withoutMarks } from './reading.ts';
import { createDefinitions } from './shapes.ts';
import type { Stage } from './stage.ts';
import type { Hour, PlaceName } from './vocabulary.ts';
import { readWish, type Wish } from './wish.ts';

/** One scene as drawings in SVG, each of the whole picture's size. */
export interface Scene {
  readonly wish: Wish;
  readonly palette: Stage['palette'];
  /** Everything behind the things asked for: opaque. */
  readonly backdrop: string;
  /** The things asked for, and what falls before them: transparent elsewhere. */
  readonly subjects: string;
  /** Both. */
  readonly picture: string;
}

export interface SceneOrder {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
}

/** Composes a picture from the words: the same order, the same text. */
export function compose(order: SceneOrder): Scene {
  const wish = readWish(order.prompt, order.negativePrompt);
  const stage = stageOf(order, wish, withoutMarks(order.prompt));
  const { backdrop, subjects } = layersOf(stage, wish);
  const size = `width="${stage.width}" height="${stage.height}" viewBox="0 0 ${stage.width} ${stage.height}"`;
  const drawing = (inner: string): string => `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${stage.definitions.text()}${inner}</svg>`;
  return { wish, palette: stage.palette, backdrop: drawing(backdrop), subjects: drawing(subjects), picture: drawing(backdrop + subjects) };
}

function stageOf(order: SceneOrder, wish: Wish, words: string): Stage {
  const { width, height } = order;
  const random = createRandom(order.seed).fork(words);
  const hour = hourOf(wish, random.fork('hour'));
  const palette = wish.unknown ? paletteFrom(hashText(words) % 360, random.fork('palette')) : paletteOf(hour, random.fork('palette'));
  const tall = height / width;
  const standing = wish.subjects.some(({ motif }) => MOTIFS[motif].slot !== 'sky' && MOTIFS[motif].slot !== 'back');
  const share = tall > 1.3 ? 0.6 : tall < 0.7 ? 0.58 : 0.59;
  return {
    width,
    height,
    horizon: Math.round(height * (share + (standing ? 0 : 0.1) + random.fork('horizon').between(-0.025, 0.025))),
    ground: Math.round(height * (tall > 1.3 ? 0.86 : 0.9)),
    unit: Math.min(Math.sqrt(width * height), 1.5 * Math.min(width, height)) / 100,
    hour,
    palette: wish.weather === 'fog' ? hazy(palette) : palette,
    random,
    definitions: createDefinitions(),
    without: (meaning) => wish.without.has(meaning),
  };
}

const hazy = (palette: Stage['palette']): Stage['palette'] => {
  const haze = palette.sky[3];
  const [far, middle, near, next] = palette.hills;
  return {
    ...palette,
    hills: [mix(far, haze, 0.6), mix(middle, haze, 0.45), mix(near, haze, 0.3), mix(next, haze, 0.15)],
    cloud: lighten(palette.cloud, 0.1),
  };
};

const DARK_PLACES: readonly PlaceName[] = ['space'];

/** The hour asked for, or the one that fits the weather and the things, or one that the seed draws. */
function hourOf(wish: Wish, random: Random): Hour {
  if (wish.hour !== undefined) return wish.hour;
  if (wish.place !== undefined && DARK_PLACES.includes(wish.place)) return 'night';
  if (wish.weather === 'rain' || wish.weather === 'storm') return 'grey';
  if (wish.weather === 'snow') return 'winter';
  if (wish.weather === 'fog') return random.pick<Hour>('grey', 'sunrise', 'day');
  if (wish.style === 'ink') return 'grey';
  if (wish.subjects.some(({ motif }) => motif === 'lantern' || motif === 'mooncake')) return 'night';
  return random.pick<Hour>('day', 'day', 'day', 'sunrise', 'sunrise', 'sunset', 'sunset');
}
