import { darken, lighten, mix } from '../colour.ts';
import { circle, decimal, ellipse, path, place, rect, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';

/** The whole background: light, sun or moon, stars, clouds. */
export function drawSky(stage: Stage, withOrb = true): string {
  const [top, high, low, rim] = stage.palette.sky;
  const gradient = stage.definitions.vertical([0, top], [0.42, high], [0.76, low], [1, rim]);
  const dark = stage.hour === 'night' || stage.hour === 'neon';
  const clear = stage.hour !== 'grey';
  const air = rect(0, 0, stage.width, stage.horizon + stage.unit * 4, gradient);
  return (
    air +
    (dark && !stage.without('stars') ? drawStars(stage) : '') +
    (clear && withOrb ? drawOrb(stage, dark) : '') +
    (stage.without('clouds') ? '' : drawClouds(stage))
  );
}

function drawOrb(stage: Stage, dark: boolean): string {
  if (stage.without(dark ? 'moon' : 'sun')) return '';
  const random = stage.random.fork('orb');
  const low = stage.hour === 'sunrise' || stage.hour === 'sunset';
  const radius = stage.unit * (low ? random.between(8.5, 11) : dark ? random.between(6.5, 8) : random.between(5, 6.4));
  const x = stage.width * (random.chance(0.5) ? random.between(0.2, 0.38) : random.between(0.62, 0.8));
  const y = low ? stage.horizon - radius * random.between(0.5, 1.1) : Math.max(radius * 1.9, stage.horizon * random.between(0.2, 0.34));
  const glow = stage.definitions.radial([0, stage.palette.orb, 0.75], [0.32, stage.palette.orb, 0.38], [1, stage.palette.orb, 0]);
  const crater = darken(stage.palette.orb, 0.12);
  const craters = dark
    ? circle(x - radius * 0.3, y - radius * 0.25, radius * 0.2, crater, 0.7) +
      circle(x + radius * 0.32, y + radius * 0.22, radius * 0.28, crater, 0.6) +
      circle(x - radius * 0.1, y + radius * 0.5, radius * 0.13, crater, 0.6)
    : '';
  return (
    circle(x, y, radius * (low ? 4.6 : 3.6), glow) +
    circle(x, y, radius * 1.5, stage.palette.orb, 0.22) +
    circle(x, y, radius, stage.palette.orb) +
    craters
  );
}

/** A star with four points, for the few that are near. */
function sparkle(x: number, y: number, size: number, colour: string, opacity: number): string {
  const [at, up] = [decimal(x), decimal(y)];
  const inner = decimal(size * 0.18);
  const outer = decimal(size);
  return path(
    `M${at} ${up}m0 -${outer}l${inner} ${decimal(size * 0.82)}l${decimal(size * 0.82)} ${inner}l-${decimal(size * 0.82)} ${inner}l-${inner} ${decimal(size * 0.82)}l-${inner} -${decimal(size * 0.82)}l-${decimal(size * 0.82)} -${inner}l${decimal(size * 0.82)} -${inner}Z`,
    colour,
    opacity,
  );
}

export function drawStars(stage: Stage, bottom = stage.horizon * 0.86): string {
  const random = stage.random.fork('stars');
  const stars = Array.from({ length: 90 }, () =>
    circle(
      random.between(0, stage.width),
      random.between(0, bottom),
      stage.unit * random.between(0.1, 0.26),
      '#fffbe8',
      random.between(0.35, 0.95),
    ),
  );
  const near = Array.from({ length: 7 }, () =>
    sparkle(
      random.between(0.04, 0.96) * stage.width,
      random.between(0.04, 0.8) * bottom,
      stage.unit * random.between(0.9, 1.7),
      '#fffdf0',
      0.95,
    ),
  );
  return stars.join('') + near.join('');
}

/** One flat cloud, 100 wide, on a level base. */
function cloud(colour: string, shade: string): string {
  return (
    path('M-50 0C-50 -12 -38 -16 -31 -14C-29 -29 -7 -34 1 -21C10 -31 29 -26 29 -12C39 -16 50 -9 50 0Z', colour) +
    path('M-50 0C-49 -7 -43 -9 -37 -8C-26 -4 -12 -9 -3 -5C10 -10 22 -3 33 -6C42 -8 49 -5 50 0Z', shade, 0.6)
  );
}

function drawClouds(stage: Stage): string {
  const random = stage.random.fork('clouds');
  const grey = stage.hour === 'grey';
  const count = grey ? 9 : Math.round(random.between(3, 6));
  const opacity = stage.hour === 'night' || stage.hour === 'neon' ? 0.35 : grey ? 0.85 : 0.8;
  const shade = mix(stage.palette.cloud, stage.palette.sky[2], 0.45);
  const clouds = Array.from({ length: count }, (_, index) => {
    const y = stage.horizon * (0.12 + (0.66 * (index + random.next() * 0.8)) / count);
    const scale = (stage.unit / 10) * random.between(1.1, 2.6) * (1.25 - (y / stage.horizon) * 0.6);
    return place(cloud(stage.palette.cloud, shade), { x: stage.width * random.between(-0.02, 1.02), y, scale, flip: random.chance(0.5) });
  });
  const streaks = Array.from({ length: 3 }, () =>
    ellipse(
      stage.width * random.next(),
      stage.horizon * random.between(0.5, 0.9),
      stage.unit * random.between(12, 26),
      stage.unit * random.between(0.3, 0.7),
      lighten(stage.palette.cloud, 0.2),
      0.4,
    ),
  );
  return `<g opacity="${opacity}">${streaks.join('')}${clouds.join('')}</g>`;
}

/** A few far birds, as people draw them. */
export function drawFarBirds(stage: Stage): string {
  if (stage.without('bird') || stage.hour === 'night' || stage.hour === 'neon') return '';
  const random = stage.random.fork('birds');
  const x = stage.width * random.between(0.3, 0.7);
  const y = stage.horizon * random.between(0.3, 0.55);
  const size = stage.unit;
  const flock = Array.from({ length: 5 }, (_, index) => {
    const left = x + (index - 2) * size * 4 + random.between(-1, 1) * size;
    const top = y + Math.abs(index - 2) * size * 1.2 + random.between(-0.6, 0.6) * size;
    return stroke(
      `M${decimal(left - size)} ${decimal(top - size * 0.4)}Q${decimal(left - size * 0.4)} ${decimal(top - size * 0.7)} ${decimal(left)} ${decimal(top)}Q${decimal(left + size * 0.4)} ${decimal(top - size * 0.7)} ${decimal(left + size)} ${decimal(top - size * 0.4)}`,
      stage.palette.hills[2],
      size * 0.2,
      0.75,
    );
  });
  return flock.join('');
}
