import { LAMP, darken, lighten, mix, tint, toneOf, type Tone } from '../colour.ts';
import { house, stiltHouse } from '../motifs/buildings.ts';
import { palm, tree } from '../motifs/plants.ts';
import { boat } from '../motifs/vehicles.ts';
import type { Random } from '../random.ts';
import { circle, decimal, path, place, rect, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';
import { below, drawHills, waveOf } from './land.ts';

const NEON_SIGNS = ['#5ef2f0', '#ff5fc0', '#ffd84f', '#8f7bff'] as const;

function block(stage: Stage, x: number, wide: number, tall: number, colour: string, lit: number, random: Random): string {
  const base = stage.horizon + stage.unit * 3;
  const top = base - tall;
  const column = stage.unit * 1.5;
  const columns = Math.max(1, Math.floor((wide - column * 0.6) / column));
  const rows = Math.min(16, Math.floor(tall / (column * 1.35)) - 1);
  const glow = stage.hour === 'neon' ? random.pick(...NEON_SIGNS) : LAMP;
  const pane = decimal(column * 0.46);
  const inset = (wide - columns * column) / 2 + column * 0.28;
  const [on, off]: [string[], string[]] = [[], []];
  for (let index = 0; index < columns * Math.max(0, rows); index += 1) {
    const [left, up] = [x + inset + (index % columns) * column, top + column * (0.8 + Math.floor(index / columns) * 1.35)];
    (random.chance(lit) ? on : off).push(`M${decimal(left)} ${decimal(up)}h${pane}v${decimal(column * 0.7)}h-${pane}Z`);
  }
  const windows = path(off.join(''), lighten(colour, 0.22), 0.5) + path(on.join(''), glow, 0.9);
  const shade = rect(x + wide * 0.7, top, wide * 0.3, tall, darken(colour, 0.12));
  const crown = random.chance(0.3)
    ? stroke(`M${Math.round(x + wide / 2)} ${Math.round(top)}v${-Math.round(stage.unit * 3.6)}`, colour, stage.unit * 0.4)
    : rect(x + wide * 0.2, top - stage.unit, wide * 0.4, stage.unit + 1, colour);
  return crown + rect(x, top, wide, tall, colour) + shade + windows;
}

/** A city against the sky, two streets deep. */
export function drawCity(stage: Stage): string {
  const random = stage.random.fork('city');
  const dark = stage.hour === 'night' || stage.hour === 'neon' || stage.hour === 'sunset';
  const row = (index: number, rise: number): string => {
    const colour = stage.palette.hills[index] ?? stage.palette.hills[1];
    const blocks: string[] = [];
    let x = -stage.unit * random.between(0, 5);
    while (x < stage.width) {
      const wide = stage.unit * random.between(5.5, 10.5);
      blocks.push(
        block(
          stage,
          x,
          wide,
          stage.unit * rise * random.between(0.45, 1.1),
          mix(colour, stage.palette.hills[index + 1] ?? colour, random.between(0, 0.35)),
          dark ? 0.55 : 0.14,
          random,
        ),
      );
      x += wide + stage.unit * random.between(0, 1.1);
    }
    return blocks.join('');
  };
  return row(0, 40) + row(1, 27) + drawAvenue(stage);
}

/** Trees and lamps along the foot of the buildings. */
function drawAvenue(stage: Stage): string {
  const random = stage.random.fork('avenue');
  const step = stage.unit * 11;
  const base = stage.horizon + stage.unit * 4.4;
  const bright = stage.hour === 'night' || stage.hour === 'neon';
  const things = Array.from({ length: Math.ceil(stage.width / step) + 1 }, (_, index) => {
    const x = index * step;
    const green = place(tree(toneOf(random.pick('#4f9a5c', '#5fa052', '#3d8a6a')), random), {
      x,
      y: base,
      scale: stage.unit * random.between(0.075, 0.1),
    });
    const [left, top] = [x + step / 2, base - stage.unit * 8];
    const post = stroke(`M${decimal(left)} ${decimal(base)}V${decimal(top)}h${decimal(stage.unit * 1.4)}`, '#4a4660', stage.unit * 0.3);
    const glow = bright ? circle(left + stage.unit * 1.4, top + stage.unit * 0.5, stage.unit * 3.2, LAMP, 0.18) : '';
    return green + post + glow + circle(left + stage.unit * 1.4, top + stage.unit * 0.5, stage.unit * 0.55, LAMP);
  });
  return tint(things.join(''), stage.palette.light, stage.palette.lightShare + 0.06);
}

/** Small houses among trees under the hills. */
export function drawVillage(stage: Stage): string {
  const random = stage.random.fork('village');
  const base = stage.horizon + stage.unit * 2.6;
  const count = Math.max(4, Math.round(stage.width / (stage.unit * 15)));
  const things = Array.from({ length: count }, (_, index) => {
    const x = ((index + random.between(0.25, 0.75)) / count) * stage.width;
    const roof = random.pick('#ecd9b4', '#d9c4d0', '#bcd3d0', '#f0cfae');
    const home = place(house(toneOf(roof)), { x, y: base, scale: stage.unit * random.between(0.12, 0.165), flip: random.chance(0.5) });
    const plant = place(random.pick(tree, palm, tree)(toneOf('#4f9a5c'), random), {
      x: x + stage.unit * 7,
      y: base,
      scale: stage.unit * random.between(0.12, 0.19),
    });
    return plant + home;
  });
  return drawHills(stage) + tint(things.join(''), stage.palette.light, stage.palette.lightShare + 0.1);
}

/** A wood in three depths, the far trees pale. */
export function drawForest(stage: Stage, kind: (tone: Tone, random: Random) => string): string {
  const random = stage.random.fork('forest');
  const row = (index: number, size: number): string => {
    const count = Math.ceil(stage.width / (stage.unit * size * 0.46)) + 1;
    const trees = Array.from({ length: count }, (_, place_) => {
      const x = ((place_ + random.between(-0.3, 0.3)) / (count - 1)) * stage.width;
      const green = random.pick('#4a8f5c', '#3d7f64', '#5f9f52');
      return place(kind(toneOf(green), random), {
        x,
        y: stage.horizon + stage.unit * (1 + index * 1.8),
        scale: (stage.unit * size * random.between(0.75, 1.2)) / 100,
      });
    });
    return tint(trees.join(''), stage.palette.hills[index] ?? stage.palette.hills[2], 0.78 - index * 0.3);
  };
  return drawHills(stage) + row(0, 34) + row(1, 29) + row(2, 22);
}

/** Stilt houses on the far bank; the boats of the market come with the water. */
export function drawMarketBank(stage: Stage): string {
  const random = stage.random.fork('bank');
  const bank = path(
    below(waveOf(random, stage.horizon - stage.unit, stage.unit * 0.6, 1.2, stage.width), stage.width, stage.horizon + stage.unit * 2),
    mix('#5f8a58', stage.palette.light, 0.25),
  );
  const count = Math.max(3, Math.round(stage.width / (stage.unit * 19)));
  const homes = Array.from({ length: count }, (_, index) => {
    const x = ((index + random.between(0.3, 0.7)) / count) * stage.width;
    const plant = place(palm(toneOf('#4f9a5c'), random), {
      x: x + stage.unit * random.between(8, 10),
      y: stage.horizon,
      scale: stage.unit * random.between(0.13, 0.19),
      flip: random.chance(0.5),
    });
    return (
      plant +
      place(stiltHouse(toneOf(random.pick('#a97a54', '#c08a62', '#94684a'))), {
        x,
        y: stage.horizon + stage.unit * 1.6,
        scale: stage.unit * random.between(0.1, 0.135),
        flip: random.chance(0.5),
      })
    );
  });
  return drawHills(stage) + bank + tint(homes.join(''), stage.palette.light, stage.palette.lightShare + 0.12);
}

/** The market's own small boats, some with a pole that shows what they sell. */
export function drawMarketBoats(stage: Stage): string {
  if (stage.without('boat')) return '';
  const random = stage.random.fork('market boats');
  const count = Math.max(4, Math.min(8, Math.round(stage.width / (stage.unit * 17))));
  const boats = Array.from({ length: count }, (_, index) => {
    const depth = 0.1 + (0.42 * (index % 3)) / 2 + random.between(0, 0.06);
    const x = ((index + random.between(0.2, 0.8)) / count) * stage.width;
    const y = stage.horizon + (stage.height - stage.horizon) * depth;
    const pole = random.chance(0.5)
      ? stroke('M-78 -30V-112', '#7a5a3c', 3) +
        ['#f5b83f', '#7fb84f', '#e5694a']
          .map((colour, step) => `<circle cx="-78" cy="${-106 + step * 13}" r="7" fill="${colour}"/>`)
          .join('')
      : '';
    return {
      y,
      drawn: place(pole + boat(toneOf(random.pick('#8a5a3c', '#6b4636', '#9a6a48')), random), {
        x,
        y,
        scale: stage.unit * (0.062 + depth * 0.13),
        flip: random.chance(0.5),
      }),
    };
  });
  const sorted = boats.toSorted((one, other) => one.y - other.y).map(({ drawn }) => drawn);
  return tint(sorted.join(''), stage.palette.light, stage.palette.lightShare);
}
