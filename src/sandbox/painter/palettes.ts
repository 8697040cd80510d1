import type { Colour } from './colour.ts';
import { fromHsl } from './colour.ts';
import type { Random } from './random.ts';
import type { Hour } from './vocabulary.ts';

/** The colours of one light. `hills` go from far to near, `sky` from the top down. */
export interface Palette {
  readonly sky: readonly [Colour, Colour, Colour, Colour];
  readonly orb: Colour;
  readonly cloud: Colour;
  readonly hills: readonly [Colour, Colour, Colour, Colour];
  readonly water: readonly [Colour, Colour];
  readonly land: readonly [Colour, Colour];
  readonly glint: Colour;
  /** What the hour does to every thing it falls on. */
  readonly light: Colour;
  readonly lightShare: number;
}

const DAY: readonly [Palette, Palette, Palette] = [
  {
    sky: ['#3d9fdc', '#7cc7ee', '#b6e2f5', '#e8f6f3'],
    orb: '#fff6d0',
    cloud: '#ffffff',
    hills: ['#a9d3e0', '#7cb8bd', '#57a08e', '#3b8468'],
    water: ['#7fd0dd', '#2b86b5'],
    land: ['#93cd78', '#58a35f'],
    glint: '#f4feff',
    light: '#ffffff',
    lightShare: 0,
  },
  {
    sky: ['#4d86d8', '#86b6ee', '#c4dff7', '#fdf1dd'],
    orb: '#fff0b8',
    cloud: '#fffdf8',
    hills: ['#b9c9ea', '#8fa9d6', '#6b93b0', '#47806f'],
    water: ['#8cc9e8', '#3a78b8'],
    land: ['#a8cf72', '#67a458'],
    glint: '#ffffff',
    light: '#fff4d8',
    lightShare: 0.04,
  },
  {
    sky: ['#29a3b8', '#72cfce', '#bfe9d8', '#fdf6dc'],
    orb: '#fff3c2',
    cloud: '#ffffff',
    hills: ['#a7dccb', '#6fbfa8', '#3f9c86', '#287565'],
    water: ['#7fd9cf', '#1f8a99'],
    land: ['#b5d670', '#6faf5a'],
    glint: '#f6fff8',
    light: '#fffbe6',
    lightShare: 0.03,
  },
];

const SUNRISE: readonly [Palette, Palette] = [
  {
    sky: ['#6f9fd0', '#b9bfdc', '#fbc9b4', '#ffe6b8'],
    orb: '#fff4cf',
    cloud: '#ffe9dc',
    hills: ['#d3a9b8', '#a68bb4', '#71729f', '#4a5d80'],
    water: ['#fbcdb0', '#7f9fc4'],
    land: ['#a9b87f', '#5f8a72'],
    glint: '#fff6df',
    light: '#ffc9a0',
    lightShare: 0.11,
  },
  {
    sky: ['#f0876f', '#f9ab82', '#fdcf98', '#fff0c9'],
    orb: '#fffae0',
    cloud: '#fff0da',
    hills: ['#f0a58c', '#c97f86', '#8a628a', '#554d7a'],
    water: ['#fdd3a0', '#b7809a'],
    land: ['#bdb968', '#75a06a'],
    glint: '#fff8e4',
    light: '#ffb98a',
    lightShare: 0.13,
  },
];

const SUNSET: readonly [Palette, Palette] = [
  {
    sky: ['#3a2f6b', '#8a4485', '#e5687a', '#ffb56b'],
    orb: '#ffe3a0',
    cloud: '#f08a86',
    hills: ['#b9567f', '#83407a', '#543069', '#352550'],
    water: ['#f79a72', '#58397c'],
    land: ['#8f5580', '#4a2f62'],
    glint: '#ffe0a6',
    light: '#d9628a',
    lightShare: 0.15,
  },
  {
    sky: ['#274a7c', '#5f78a8', '#f0977a', '#ffc97a'],
    orb: '#fff0b8',
    cloud: '#f7b29a',
    hills: ['#c98a86', '#8a6a8c', '#56507f', '#33395f'],
    water: ['#fbb482', '#41588c'],
    land: ['#a59a5e', '#5c7d62'],
    glint: '#fff0c4',
    light: '#e88a62',
    lightShare: 0.14,
  },
];

const NIGHT: readonly [Palette, Palette] = [
  {
    sky: ['#0e1440', '#1c2a68', '#34479a', '#6a76c4'],
    orb: '#fdf6d8',
    cloud: '#4a5aa8',
    hills: ['#4a58a5', '#36428c', '#25306e', '#18214f'],
    water: ['#4a5cae', '#16205a'],
    land: ['#3a6a80', '#223f68'],
    glint: '#f4f0d0',
    light: '#27347c',
    lightShare: 0.3,
  },
  {
    sky: ['#10233f', '#17405c', '#2a6a78', '#6fa89a'],
    orb: '#fff6da',
    cloud: '#3f7482',
    hills: ['#3f7a80', '#2c5f6c', '#1f4756', '#142f40'],
    water: ['#4a8c8f', '#12344c'],
    land: ['#3a7a6c', '#1f4f54'],
    glint: '#fbf4d0',
    light: '#16405c',
    lightShare: 0.3,
  },
];

const NEON: Palette = {
  sky: ['#140b36', '#3a1266', '#8a1f8c', '#f0528f'],
  orb: '#ffd0f0',
  cloud: '#7a2f9a',
  hills: ['#6a2a9c', '#4a1f80', '#2f1660', '#1a0d40'],
  water: ['#b43a9c', '#1c1452'],
  land: ['#3a2470', '#1c1244'],
  glint: '#6ff0f0',
  light: '#5a1f8c',
  lightShare: 0.2,
};
const GREY: Palette = {
  sky: ['#6f8496', '#90a4b2', '#b6c5cc', '#dbe3e2'],
  orb: '#f4f6f0',
  cloud: '#d3dce0',
  hills: ['#a9b9c2', '#849ba8', '#5f7c8a', '#446270'],
  water: ['#a5bbc4', '#4f7385'],
  land: ['#86a186', '#54755f'],
  glint: '#eef4f4',
  light: '#8fa5b2',
  lightShare: 0.16,
};
const WINTER: Palette = {
  sky: ['#8fb4da', '#b5d0ea', '#d8e6f3', '#f7f0ee'],
  orb: '#fff9ea',
  cloud: '#ffffff',
  hills: ['#c9d9ec', '#a9c0dc', '#8aa6c6', '#6d8bb0'],
  water: ['#bcd8ea', '#6f9cc2'],
  land: ['#f8fbff', '#cfdfee'],
  glint: '#ffffff',
  light: '#dfeaf8',
  lightShare: 0.08,
};

/** The light of an hour; where an hour has several, the seed chooses. */
export function paletteOf(hour: Hour, random: Random): Palette {
  switch (hour) {
    case 'sunrise':
      return random.pick(...SUNRISE);
    case 'sunset':
      return random.pick(...SUNSET);
    case 'night':
      return random.pick(...NIGHT);
    case 'neon':
      return NEON;
    case 'grey':
      return GREY;
    case 'winter':
      return WINTER;
    case 'day':
      return random.pick(...DAY);
  }
}

/** A harmony made from a number, of neighbouring hues only: for words that name nothing the painter knows. */
export function paletteFrom(hue: number, random: Random): Palette {
  const dark = random.chance(0.3);
  const turn = random.pick(58, 74, -62, -80);
  const sky = (share: number): Colour =>
    fromHsl(hue + turn * 0.55 * share, dark ? 0.46 : 0.66, dark ? 0.2 + share * 0.42 : 0.62 + share * 0.28);
  const hill = (share: number): Colour =>
    fromHsl(hue + turn * (0.4 - share), 0.5 - share * 0.06, (dark ? 0.56 : 0.74) - share * (dark ? 0.42 : 0.52));
  const warm = fromHsl(hue + turn * 0.9, 0.92, 0.86);
  return {
    sky: [sky(0), sky(0.4), sky(0.75), sky(1)],
    orb: warm,
    cloud: fromHsl(hue + turn * 0.5, 0.7, dark ? 0.66 : 0.95),
    hills: [hill(0.05), hill(0.38), hill(0.68), hill(1)],
    water: [hill(0), hill(0.7)],
    land: [hill(0.5), hill(0.85)],
    glint: warm,
    light: sky(0.8),
    lightShare: dark ? 0.2 : 0.06,
  };
}
