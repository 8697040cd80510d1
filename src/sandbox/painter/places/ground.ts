import { LAMP, LAMP_CORE, darken, lighten, mix } from '../colour.ts';
import { circle, decimal, ellipse, path, rect, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';
import { below, waveOf } from './land.ts';

/** What lies between the horizon and the viewer. */
export type Surface = 'water' | 'grass' | 'sand' | 'snow' | 'street' | 'paddy';

export function drawSurface(stage: Stage, surface: Surface): string {
  switch (surface) {
    case 'water':
      return drawWater(stage);
    case 'street':
      return drawStreet(stage);
    case 'sand':
      return drawField(
        stage,
        mix('#f5deb0', stage.palette.light, stage.palette.lightShare * 1.5),
        mix('#dcb47c', stage.palette.light, stage.palette.lightShare * 1.5),
      );
    case 'snow':
      return drawField(
        stage,
        mix('#fbfdff', stage.palette.light, stage.palette.lightShare),
        mix('#cfdfee', stage.palette.light, stage.palette.lightShare),
      );
    case 'paddy':
      return '';
    case 'grass':
      return drawField(stage, ...stage.palette.land) + drawTufts(stage, stage.ground - stage.unit * 4);
  }
}

/** Water with the light of the sky in it. */
function drawWater(stage: Stage): string {
  const random = stage.random.fork('water');
  const deep = stage.height - stage.horizon;
  const fill = stage.definitions.vertical(
    [0, stage.palette.water[0]],
    [0.3, mix(stage.palette.water[0], stage.palette.water[1], 0.45)],
    [1, stage.palette.water[1]],
  );
  const dashes = Array.from({ length: 46 }, () => {
    const share = random.next() ** 1.6;
    const y = stage.horizon + deep * (0.02 + share * 0.96);
    const long = stage.unit * (1 + share * 7) * random.between(0.5, 1.3);
    return stroke(
      `M${decimal(random.between(-0.05, 1) * stage.width)} ${decimal(y)}h${decimal(long)}`,
      stage.palette.glint,
      stage.unit * (0.12 + share * 0.2),
      random.between(0.12, 0.5),
    );
  });
  const bands = [0.34, 0.62].map((share) =>
    path(
      below(waveOf(random, stage.horizon + deep * share, stage.unit * 0.5, 2.2, stage.width), stage.width, stage.height),
      stage.palette.water[1],
      0.2,
    ),
  );
  return rect(0, stage.horizon, stage.width, deep, fill) + bands.join('') + dashes.join('');
}

/** Open ground in three soft swells. */
function drawField(stage: Stage, near: string, far: string): string {
  const random = stage.random.fork('field');
  const deep = stage.height - stage.horizon;
  const swells = [0, 0.2, 0.48].map((share, index) => {
    const colour = mix(far, near, index / 2);
    const fill = stage.definitions.vertical([0, lighten(colour, 0.14)], [1, mix(colour, far, 0.3)]);
    return path(
      below(
        waveOf(random, stage.horizon + deep * share, stage.unit * (0.7 + index * 0.5), random.between(0.5, 1.1), stage.width),
        stage.width,
        stage.height,
      ),
      fill,
    );
  });
  return swells.join('');
}

/** Small lanterns set adrift at a festival. */
export function drawFloatingLights(stage: Stage): string {
  const random = stage.random.fork('floating lights');
  const deep = stage.height - stage.horizon;
  const lights = Array.from({ length: 22 }, () => {
    const share = 0.12 + random.next() ** 1.3 * 0.8;
    const [x, y, size] = [random.next() * stage.width, stage.horizon + deep * share, stage.unit * (0.5 + share * 1.1)];
    const petals = path(
      `M${decimal(x - size)} ${decimal(y)}Q${decimal(x)} ${decimal(y + size * 1.1)} ${decimal(x + size)} ${decimal(y)}Z`,
      random.pick('#e58fae', '#f2a05f', '#d96a8c'),
    );
    return (
      ellipse(x, y + size * 0.5, size * 3, size * 1.2, LAMP, 0.16) +
      ellipse(x, y - size * 0.3, size * 0.45, size * 0.75, LAMP_CORE) +
      petals
    );
  });
  return lights.join('');
}

function drawStreet(stage: Stage): string {
  const asphalt = mix('#6b6878', stage.palette.light, 0.14 + stage.palette.lightShare);
  const kerb = Math.min(stage.ground - stage.unit * 6, stage.horizon + stage.unit * 6.5);
  const pavement = rect(
    0,
    stage.horizon,
    stage.width,
    kerb - stage.horizon + 1,
    mix('#c9c0bd', stage.palette.light, 0.16 + stage.palette.lightShare),
  );
  const joints = Array.from({ length: Math.ceil(stage.width / (stage.unit * 9)) + 1 }, (_, index) =>
    stroke(
      `M${decimal(index * stage.unit * 9)} ${decimal(stage.horizon)}L${decimal(index * stage.unit * 9 - stage.unit * 3)} ${decimal(kerb)}`,
      asphalt,
      stage.unit * 0.15,
      0.35,
    ),
  );
  const road =
    rect(0, kerb, stage.width, stage.height - kerb, stage.definitions.vertical([0, darken(asphalt, 0.08)], [1, darken(asphalt, 0.3)])) +
    rect(0, kerb, stage.width, stage.unit * 0.9, lighten(asphalt, 0.4));
  const lane = stage.ground + stage.unit * 3.4;
  const dashes = Array.from({ length: Math.ceil(stage.width / (stage.unit * 15)) }, (_, index) =>
    rect(index * stage.unit * 15 + stage.unit * 2, lane, stage.unit * 8, stage.unit * 0.9, '#f4e6b8', stage.unit * 0.4, 0.75),
  );
  return pavement + joints.join('') + road + dashes.join('');
}

/** Blades and small flowers, so that a lawn is not a plain colour. */
function drawTufts(stage: Stage, from: number): string {
  const random = stage.random.fork('tufts');
  const green = mix(stage.palette.land[1], stage.palette.hills[3], 0.45);
  const tufts = Array.from({ length: 16 }, () => {
    const x = random.next() * stage.width;
    const y = from + random.next() * (stage.height - from);
    const high = stage.unit * random.between(0.9, 1.9);
    const blade = (lean: number): string =>
      `M${decimal(x)} ${decimal(y)}q${decimal(lean * 0.2)} ${decimal(-high * 0.6)} ${decimal(lean)} ${decimal(-high)}`;
    return stroke(blade(-high * 0.5) + blade(0) + blade(high * 0.5), green, stage.unit * 0.22, 0.8);
  });
  const flowers = Array.from({ length: 12 }, () =>
    ellipse(
      random.next() * stage.width,
      from + random.next() * (stage.height - from),
      stage.unit * 0.36,
      stage.unit * 0.32,
      mix(random.pick('#fff3d0', '#f7b8c4', '#ffe08a'), stage.palette.light, stage.palette.lightShare),
      0.9,
    ),
  );
  return tufts.join('') + flowers.join('');
}

/** Round bushes in the lower corners, where nobody stands in front: they lead the eye in. */
export function drawBushes(stage: Stage): string {
  const random = stage.random.fork('bushes');
  const bush = (x: number, size: number): string => {
    const green = mix(stage.palette.land[1], mix('#2f6a4c', stage.palette.light, stage.palette.lightShare), random.between(0.35, 0.65));
    const round = (offset: number, radius: number, colour: string): string =>
      circle(x + offset * size, stage.height + size * 0.1, radius * size, colour);
    const lit = circle(x - size * 0.3, stage.height - size * 0.45, size * 0.32, lighten(green, 0.12), 0.8);
    return round(-0.8, 0.7, darken(green, 0.1)) + round(0.8, 0.75, darken(green, 0.1)) + round(0, 0.95, green) + lit;
  };
  const sides = [0.02, 0.16, 0.88, 1].map((share) =>
    bush(stage.width * (share + random.between(-0.03, 0.03)), stage.unit * random.between(5, 10)),
  );
  return sides.join('');
}

/** A bank in front of the water for those who cannot stand on it; planks where the water is a market. */
export function drawShore(stage: Stage, kind: 'grass' | 'sand' | 'planks'): string {
  const random = stage.random.fork('shore');
  const top = stage.ground - stage.unit * 5;
  if (kind === 'planks') {
    const wood = mix('#a97a54', stage.palette.light, stage.palette.lightShare);
    const gaps = Array.from({ length: Math.ceil(stage.width / (stage.unit * 7)) + 1 }, (_, index) =>
      stroke(
        `M${decimal(index * stage.unit * 7)} ${decimal(top)}L${decimal((index * stage.unit * 7 - stage.width / 2) * 1.25 + stage.width / 2)} ${decimal(stage.height)}`,
        darken(wood, 0.3),
        stage.unit * 0.2,
        0.7,
      ),
    );
    return (
      rect(0, top, stage.width, stage.height - top, stage.definitions.vertical([0, lighten(wood, 0.18)], [1, darken(wood, 0.16)])) +
      gaps.join('') +
      rect(0, top, stage.width, stage.unit, darken(wood, 0.18))
    );
  }
  const sand = mix('#f5deb0', stage.palette.light, stage.palette.lightShare * 1.5);
  const colour = kind === 'sand' ? sand : stage.palette.land[0];
  const edge = waveOf(random, top, stage.unit * 0.9, random.between(0.5, 0.9), stage.width);
  const foam = path(
    below((x) => edge(x) - stage.unit * 0.8, stage.width, stage.height),
    kind === 'sand' ? '#ffffff' : darken(stage.palette.land[1], 0.1),
    kind === 'sand' ? 0.7 : 1,
  );
  const fill = stage.definitions.vertical([0, lighten(colour, 0.12)], [1, kind === 'sand' ? darken(colour, 0.14) : stage.palette.land[1]]);
  return foam + path(below(edge, stage.width, stage.height), fill) + (kind === 'sand' ? '' : drawTufts(stage, top + stage.unit * 3));
}
