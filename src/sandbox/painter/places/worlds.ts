import { darken, lighten, mix } from '../colour.ts';
import { circle, decimal, ellipse, path, rect, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';
import { below, drawHills, waveOf } from './land.ts';
import { drawStars } from './sky.ts';

/** Dark sky, a ringed planet, and ground with craters to stand on. */
export function drawSpace(stage: Stage): string {
  const random = stage.random.fork('space');
  const fill = stage.definitions.vertical([0, '#0b0a2a'], [0.5, '#241a5c'], [0.85, '#5a2f86'], [1, '#a04f96']);
  const x = stage.width * random.pick(0.3, 0.7);
  const y = stage.height * random.between(0.2, 0.32);
  const radius = stage.unit * random.between(9, 13);
  const colour = random.pick('#f0a05f', '#5fb8c9', '#e0708f');
  const planet =
    circle(x, y, radius, stage.definitions.vertical([0, lighten(colour, 0.35)], [1, darken(colour, 0.25)])) +
    ellipse(x - radius * 0.1, y - radius * 0.32, radius * 0.82, radius * 0.13, lighten(colour, 0.35), 0.6) +
    ellipse(x, y + radius * 0.28, radius * 0.9, radius * 0.11, darken(colour, 0.2), 0.5);
  const ring = `<g transform="rotate(-18 ${decimal(x)} ${decimal(y)})">${stroke(`M${decimal(x - radius * 0.98)} ${decimal(y)}A${decimal(radius * 1.8)} ${decimal(radius * 0.42)} 0 1 0 ${decimal(x + radius * 0.98)} ${decimal(y)}`, '#f7dcae', radius * 0.13, 0.9)}</g>`;
  const small = circle(stage.width - x, stage.height * random.between(0.12, 0.4), stage.unit * 3.2, '#cfd3ea');
  const edge = waveOf(random, stage.ground - stage.unit * 8, stage.unit * 1.6, 0.7, stage.width);
  const soil = path(below(edge, stage.width, stage.height), stage.definitions.vertical([0, '#b9a9d9'], [1, '#5d4c96']));
  const craters = Array.from({ length: 7 }, () => {
    const [left, top, size] = [
      random.next() * stage.width,
      random.between(stage.ground - stage.unit * 4, stage.height),
      stage.unit * random.between(1.4, 4),
    ];
    return (
      ellipse(left, top, size, size * 0.3, '#75639f', 0.8) + ellipse(left, top + size * 0.07, size * 0.86, size * 0.22, '#8f7fbb', 0.9)
    );
  });
  return (
    rect(0, 0, stage.width, stage.height, fill) + drawStars(stage, stage.height * 0.8) + small + planet + ring + soil + craters.join('')
  );
}

/** Under the sea: rays of light, weeds, corals, bubbles. */
export function drawUnderwater(stage: Stage): string {
  const random = stage.random.fork('underwater');
  const fill = stage.definitions.vertical([0, '#a5ecea'], [0.28, '#3fb4cc'], [0.7, '#1c6fa5'], [1, '#14407c']);
  const ray = stage.definitions.vertical([0, '#ffffff', 0.42], [1, '#ffffff', 0]);
  const rays = Array.from({ length: 6 }, () => {
    const x = random.next() * stage.width;
    const [wide, spread] = [stage.unit * random.between(2, 6), stage.unit * random.between(6, 14)];
    return path(
      `M${decimal(x)} 0h${decimal(wide)}L${decimal(x + wide + spread)} ${decimal(stage.height * 0.8)}H${decimal(x + spread - wide)}Z`,
      ray,
      0.5,
    );
  });
  const floor =
    path(below(waveOf(random, stage.height * 0.88, stage.unit * 1.6, 0.9, stage.width), stage.width, stage.height), '#e8d29c') +
    path(below(waveOf(random, stage.height * 0.93, stage.unit, 0.7, stage.width), stage.width, stage.height), '#cfae74');
  const weeds = Array.from({ length: Math.ceil(stage.width / (stage.unit * 8)) }, () => {
    const x = random.next() * stage.width;
    const high = stage.unit * random.between(9, 22);
    const sway = stage.unit * random.between(-3, 3);
    const base = stage.height * random.between(0.9, 0.97);
    return stroke(
      `M${decimal(x)} ${decimal(base)}C${decimal(x + sway)} ${decimal(base - high * 0.35)} ${decimal(x - sway)} ${decimal(base - high * 0.65)} ${decimal(x + sway)} ${decimal(base - high)}`,
      random.pick('#2f8f6a', '#3fa57a', '#1f7a6c'),
      stage.unit * random.between(0.8, 1.6),
      0.95,
    );
  });
  const corals = Array.from({ length: 5 }, () => {
    const [x, y, size] = [random.next() * stage.width, stage.height * random.between(0.92, 0.97), stage.unit * random.between(2.4, 4)];
    const colour = random.pick('#f0708a', '#f5a05f', '#c47ad9');
    return stroke(
      `M${decimal(x)} ${decimal(y)}v${decimal(-size * 1.7)}M${decimal(x)} ${decimal(y - size * 0.5)}q${decimal(size)} ${decimal(-size * 0.1)} ${decimal(size * 1.05)} ${decimal(-size * 1.1)}M${decimal(x)} ${decimal(y - size * 0.8)}q${decimal(-size)} ${decimal(-size * 0.1)} ${decimal(-size * 1.05)} ${decimal(-size)}`,
      colour,
      size * 0.34,
    );
  });
  const bubbles = Array.from({ length: 26 }, () =>
    circle(
      random.next() * stage.width,
      random.between(0.06, 0.86) * stage.height,
      stage.unit * random.between(0.25, 0.9),
      '#ffffff',
      random.between(0.15, 0.45),
    ),
  );
  return rect(0, 0, stage.width, stage.height, fill) + rays.join('') + bubbles.join('') + weeds.join('') + floor + corals.join('');
}

/** A wall with a round window on the view, and a table before it. */
export function drawRoom(stage: Stage, falling: string): string {
  const random = stage.random.fork('room');
  const wall = mix(random.pick('#f2dcc2', '#e3d3dd', '#cfdfd6', '#f4d8b8'), stage.palette.light, stage.palette.lightShare);
  const [x, y] = [stage.width / 2, stage.horizon * 0.86];
  const radius = Math.min(stage.width * 0.44, stage.horizon * 0.72, stage.unit * 44);
  const hole = `M0 0H${stage.width}V${stage.height}H0ZM${decimal(x - radius)} ${decimal(y)}a${decimal(radius)} ${decimal(radius)} 0 1 0 ${decimal(radius * 2)} 0a${decimal(radius)} ${decimal(radius)} 0 1 0 ${decimal(-radius * 2)} 0Z`;
  const plaster = `<path d="${hole}" fill="${wall}" fill-rule="evenodd"/>`;
  const frame = `<circle cx="${decimal(x)}" cy="${decimal(y)}" r="${decimal(radius)}" fill="none" stroke="${darken(wall, 0.32)}" stroke-width="${decimal(stage.unit * 1.5)}"/>`;
  return (
    drawHills(stage) + rect(0, stage.horizon, stage.width, stage.height - stage.horizon, stage.palette.land[0]) + falling + plaster + frame
  );
}

/** The table that small things stand on. */
export function drawTable(stage: Stage): string {
  const wood = mix('#b5804f', stage.palette.light, stage.palette.lightShare);
  const top = stage.ground - stage.unit * 7;
  const grain = [0.24, 0.5, 0.78].map((share) =>
    stroke(
      `M0 ${decimal(top + (stage.height - top) * share)}Q${decimal(stage.width * 0.4)} ${decimal(top + (stage.height - top) * (share - 0.05))} ${decimal(stage.width)} ${decimal(top + (stage.height - top) * share)}`,
      darken(wood, 0.22),
      stage.unit * 0.18,
      0.6,
    ),
  );
  return (
    rect(0, top, stage.width, stage.height - top, stage.definitions.vertical([0, lighten(wood, 0.22)], [1, darken(wood, 0.14)])) +
    rect(0, top, stage.width, stage.unit * 0.9, lighten(wood, 0.4), 0, 0.8) +
    grain.join('')
  );
}

/** For words that name nothing: a banded sun over many layers of hill, in the words' own harmony. */
export function drawAbstract(stage: Stage): string {
  const random = stage.random.fork('abstract');
  const [x, y] = [stage.width * random.pick(0.32, 0.5, 0.68), stage.horizon * random.between(0.62, 0.82)];
  const radius = Math.min(stage.unit * random.between(22, 29), stage.width * 0.36);
  const rings = [1.9, 1.6, 1.3].map((share) => circle(x, y, radius * share, stage.palette.orb, 0.13)).join('');
  const sun = circle(
    x,
    y,
    radius,
    stage.definitions.vertical([0, stage.palette.orb], [1, mix(stage.palette.orb, stage.palette.hills[1], 0.55)]),
  );
  const chord = (share: number): number => radius * Math.sqrt(1 - (share * 2 - 1) ** 2);
  const slits = [0.36, 0.54, 0.7, 0.84]
    .map((share, index) =>
      rect(
        x - chord(share) - 1,
        y + radius * (share * 2 - 1),
        chord(share) * 2 + 2,
        stage.unit * (0.35 + index * 0.22),
        stage.palette.sky[2],
        0,
        0.85,
      ),
    )
    .join('');
  const layers = Array.from({ length: 7 }, (_, index) => {
    const share = index / 6;
    const colour = mix(
      mix(stage.palette.hills[0], stage.palette.hills[2], Math.min(1, share * 2)),
      stage.palette.hills[3],
      Math.max(0, share * 2 - 1),
    );
    const base = stage.horizon - stage.unit * 8 + (stage.height - stage.horizon + stage.unit * 4) * share ** 1.15;
    const edge = waveOf(random, base, stage.unit * random.between(2.4, 5), random.between(0.5, 1.3), stage.width);
    const line = path(
      below((at) => edge(at) - stage.unit * 0.35, stage.width, stage.height),
      lighten(colour, 0.32),
      0.85,
    );
    return line + path(below(edge, stage.width, stage.height), stage.definitions.vertical([0, colour], [1, darken(colour, 0.14)]));
  });
  return rings + sun + slits + layers.join('') + drawReeds(stage);
}

function drawReeds(stage: Stage): string {
  const random = stage.random.fork('reeds');
  const side = random.chance(0.5) ? 0.08 : 0.9;
  const colour = darken(stage.palette.hills[3], 0.25);
  const reeds = Array.from({ length: 9 }, () => {
    const x = stage.width * (side + random.between(-0.08, 0.08));
    const high = stage.unit * random.between(14, 30);
    const lean = stage.unit * random.between(-5, 5);
    const tip = `${decimal(x + lean)} ${decimal(stage.height - high)}`;
    return (
      stroke(
        `M${decimal(x)} ${decimal(stage.height + 2)}Q${decimal(x)} ${decimal(stage.height - high * 0.6)} ${tip}`,
        colour,
        stage.unit * 0.45,
      ) + ellipse(x + lean, stage.height - high, stage.unit * 0.55, stage.unit * 1.9, mix(stage.palette.orb, colour, 0.35))
    );
  });
  return reeds.join('');
}
