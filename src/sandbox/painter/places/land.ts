import { darken, lighten, mix } from '../colour.ts';
import type { Random } from '../random.ts';
import { decimal, ellipse, path, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';

/** A soft wavy edge across the picture: the y for each x, the same for the same stream of numbers. */
export function waveOf(random: Random, base: number, rise: number, wavesAcross: number, width: number): (x: number) => number {
  const parts = [1, 2.1, 3.7].map((multiple, index) => ({
    turn: random.between(0, Math.PI * 2),
    rate: (wavesAcross * multiple * Math.PI * 2) / width,
    share: 1 / (index + 1) ** 1.4,
  }));
  return (x) => base - rise * parts.reduce((sum, { turn, rate, share }) => sum + Math.sin(x * rate + turn) * share, 0);
}

/** Everything below an edge, down to `bottom`. */
export function below(edge: (x: number) => number, width: number, bottom: number): string {
  const steps = 48;
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const x = (index / steps) * width;
    return `${decimal(x)} ${decimal(edge(x))}`;
  });
  return `M0 ${decimal(bottom)}L${points.join('L')}L${decimal(width)} ${decimal(bottom)}Z`;
}

/** Rolling hills, three deep, each fading into haze at its foot. */
export function drawHills(stage: Stage): string {
  const random = stage.random.fork('hills');
  const layers = [0, 1, 2].map((index) => {
    const base = stage.horizon - stage.unit * (11 - index * 4.4);
    const colour = stage.palette.hills[index] ?? stage.palette.hills[2];
    const fill = stage.definitions.vertical([0, colour], [1, mix(colour, stage.palette.sky[3], 0.42)]);
    return path(
      below(
        waveOf(random, base, stage.unit * (4.6 - index), random.between(0.8, 1.5) + index * 0.4, stage.width),
        stage.width,
        stage.horizon + stage.unit * 3,
      ),
      fill,
    );
  });
  return layers.join('');
}

function peak(x: number, base: number, tall: number, half: number, colour: string, snow: string, random: Random): string {
  const lean = random.between(-0.14, 0.14) * half;
  const [top, left, right] = [base - tall, x - half, x + half];
  const ridge = `L${decimal(x + lean * 0.4 - half * 0.06)} ${decimal(top + tall * 0.3)}L${decimal(x + lean + half * 0.1)} ${decimal(top + tall * 0.56)}L${decimal(x + lean * 0.5)} ${decimal(base)}`;
  const body = path(
    `M${decimal(left)} ${decimal(base)}L${decimal(x - half * 0.42)} ${decimal(base - tall * 0.52)}L${decimal(x)} ${decimal(top)}L${decimal(x + half * 0.46)} ${decimal(base - tall * 0.48)}L${decimal(right)} ${decimal(base)}Z`,
    colour,
  );
  const shade = path(
    `M${decimal(x)} ${decimal(top)}${ridge}L${decimal(right)} ${decimal(base)}L${decimal(x + half * 0.46)} ${decimal(base - tall * 0.48)}Z`,
    darken(colour, 0.16),
  );
  const cap = path(
    `M${decimal(x)} ${decimal(top)}L${decimal(x - half * 0.24)} ${decimal(top + tall * 0.28)}L${decimal(x - half * 0.1)} ${decimal(top + tall * 0.22)}L${decimal(x + half * 0.01)} ${decimal(top + tall * 0.34)}L${decimal(x + half * 0.12)} ${decimal(top + tall * 0.21)}L${decimal(x + half * 0.25)} ${decimal(top + tall * 0.28)}Z`,
    snow,
    0.92,
  );
  return body + shade + cap;
}

/** Peaks with snow, two ranges deep, and a wooded foot. */
export function drawMountains(stage: Stage): string {
  const random = stage.random.fork('mountains');
  const range = (index: number, count: number, rise: number): string => {
    const colour = stage.palette.hills[index] ?? stage.palette.hills[0];
    const snow = mix('#ffffff', stage.palette.sky[2], index === 0 ? 0.4 : 0.14);
    const base = stage.horizon + stage.unit * 3;
    const peaks = Array.from({ length: count }, (_, place) => {
      const x = ((place + random.between(0.2, 0.8)) / count) * stage.width;
      const tall = stage.unit * rise * random.between(0.66, 1.2);
      return { tall, drawn: peak(x, base, tall, tall * random.between(0.85, 1.15), colour, snow, random) };
    });
    return peaks
      .toSorted((one, other) => other.tall - one.tall)
      .map(({ drawn }) => drawn)
      .join('');
  };
  const wide = Math.max(0.6, stage.width / stage.height);
  const foot = path(
    below(waveOf(random, stage.horizon - stage.unit * 3, stage.unit * 2, 1.6, stage.width), stage.width, stage.horizon + stage.unit * 3),
    stage.palette.hills[2],
  );
  return range(0, Math.ceil(wide * 3) + 1, 30) + range(1, Math.ceil(wide * 2.4) + 1, 23) + foot;
}

function tower(x: number, base: number, tall: number, half: number, colour: string, random: Random): string {
  const shoulder = random.between(0.5, 0.75);
  const side = random.chance(0.5) ? 1 : -1;
  const from = (share: number): string => decimal(x + side * half * share);
  const level = (share: number): string => decimal(base - tall * share);
  const rock = path(
    `M${from(-1)} ${level(0)}C${from(-1.02)} ${level(0.42)} ${from(-0.86)} ${level(0.9)} ${from(-0.35)} ${level(0.98)}C${from(0.05)} ${level(1.05)} ${from(0.22)} ${level(0.86)} ${from(0.36)} ${level(shoulder + 0.06)}C${from(0.72)} ${level(shoulder + 0.08)} ${from(0.98)} ${level(shoulder * 0.6)} ${from(1.08)} ${level(0)}Z`,
    colour,
  );
  const cliff = path(
    `M${from(0.05)} ${level(0.9)}C${from(0.22)} ${level(0.8)} ${from(0.1)} ${level(0.4)} ${from(0.4)} ${level(0)}H${from(1.08)}C${from(0.98)} ${level(shoulder * 0.6)} ${from(0.72)} ${level(shoulder + 0.08)} ${from(0.36)} ${level(shoulder + 0.06)}C${from(0.28)} ${level(0.8)} ${from(0.2)} ${level(0.88)} ${from(0.05)} ${level(0.9)}Z`,
    darken(colour, 0.16),
  );
  const streaks = stroke(
    `M${from(-0.62)} ${level(0.66)}L${from(-0.68)} ${level(0.3)}M${from(-0.36)} ${level(0.78)}L${from(-0.4)} ${level(0.46)}M${from(0.66)} ${level(shoulder * 0.7)}L${from(0.72)} ${level(0.24)}`,
    lighten(colour, 0.24),
    Math.max(1, half * 0.05),
    0.75,
  );
  return rock + cliff + streaks;
}

/** Limestone towers standing in the sea, far ones pale, with their feet in the mist. */
export function drawKarst(stage: Stage): string {
  const random = stage.random.fork('karst');
  const wide = stage.width / (stage.unit * 100);
  const row = (index: number, count: number, rise: number): string => {
    const colour = stage.palette.hills[index] ?? stage.palette.hills[3];
    const base = stage.horizon + stage.unit * (index * 1.4);
    const towers = Array.from({ length: count }, (_, place) => {
      const spread =
        index === 2
          ? place % 2 === 0
            ? random.between(-0.02, 0.24)
            : random.between(0.76, 1.02)
          : (place + random.between(0.1, 0.9)) / count;
      const tall = stage.unit * rise * random.between(0.55, 1.15);
      const x = spread * stage.width;
      const half = tall * random.between(0.3, 0.48);
      return tower(x, base, tall, half, colour, random) + ellipse(x, base, half * 1.2, stage.unit * 0.5, stage.palette.glint, 0.35);
    });
    return towers.join('');
  };
  return row(0, Math.ceil(wide * 6), 19) + row(1, Math.ceil(wide * 4), 26) + row(2, 3, 36);
}

/** Long dunes with a lit and a shaded side. */
export function drawDunes(stage: Stage): string {
  const random = stage.random.fork('dunes');
  const sand = ['#f3d9a4', '#ecc588', '#e0ae6c'].map((colour) => mix(colour, stage.palette.light, stage.palette.lightShare * 1.1));
  const layers = sand.map((colour, index) => {
    const edge = waveOf(
      random,
      stage.horizon - stage.unit * (9 - index * 4),
      stage.unit * 3.6,
      random.between(0.5, 0.9) + index * 0.2,
      stage.width,
    );
    const shaded = (x: number): number =>
      edge(x + stage.width * 0.1) + stage.unit * 3 + Math.max(0, Math.sin(x / (stage.unit * 13))) * stage.unit * 3;
    const bottom = stage.horizon + stage.unit * 4;
    return path(below(edge, stage.width, bottom), colour) + path(below(shaded, stage.width, bottom), darken(colour, 0.1));
  });
  return layers.join('');
}

/** Stepped paddies, from the foot of the hills to the viewer's feet. */
export function drawTerraces(stage: Stage): string {
  const random = stage.random.fork('terraces');
  const steps = 9;
  const bands = Array.from({ length: steps }, (_, index) => {
    const share = index / (steps - 1);
    const base = stage.horizon - stage.unit * 2 + (stage.height - stage.horizon) * share ** 1.35;
    const edge = waveOf(random, base, stage.unit * (1.4 + share * 2.2), random.between(0.6, 1.1), stage.width);
    const crop = mix(index % 3 === 1 ? '#e8c65a' : '#8fc25a', stage.palette.light, stage.palette.lightShare);
    const flooded = index % 4 === 2;
    const fill = flooded
      ? stage.definitions.vertical([0, stage.palette.water[0]], [1, mix(stage.palette.water[0], stage.palette.water[1], 0.5)])
      : stage.definitions.vertical([0, lighten(crop, 0.16)], [1, darken(crop, 0.2)]);
    const lip = path(
      below((x) => edge(x) - stage.unit * (0.3 + share * 0.5), stage.width, stage.height),
      mix('#5f7a3f', stage.palette.light, stage.palette.lightShare),
    );
    return lip + path(below(edge, stage.width, stage.height), fill);
  });
  return bands.join('');
}
