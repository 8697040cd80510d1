import type { Tone } from '../colour.ts';
import { lighten } from '../colour.ts';
import type { Random } from '../random.ts';
import { circle, decimal, ellipse, path, stroke } from '../shapes.ts';
import { INK, WHITE } from './motif.ts';

/** A crane in flight, wings raised. */
export function bird(tone: Tone): string {
  const far = path('M4 -52C14 -74 34 -90 60 -96C50 -78 40 -62 24 -48Z', tone.dark);
  const body = path('M-44 -56C-26 -60 -6 -60 18 -54C30 -52 44 -46 56 -38C36 -36 8 -38 -10 -44C-22 -48 -32 -50 -44 -53Z', tone.base);
  const neck = stroke('M-30 -55C-44 -60 -52 -58 -62 -64', tone.base, 6) + circle(-64, -65, 5, tone.base);
  const near = path('M-8 -52C-18 -78 -8 -94 -22 -106C4 -98 24 -76 28 -46C16 -42 0 -44 -8 -52Z', tone.light);
  const tips = path('M-22 -106C-4 -99 9 -88 17 -75C6 -82 -4 -86 -14 -88C-13 -95 -16 -101 -22 -106Z', INK, 0.8);
  const legs = stroke('M50 -40L76 -32M48 -42L74 -36', INK, 1.5, 0.8);
  return (
    legs +
    far +
    body +
    neck +
    near +
    tips +
    path('M-68 -67L-84 -66L-68 -62Z', '#f0a23c') +
    circle(-65, -66.4, 1.1, INK) +
    path('M-66 -69.6Q-62 -71 -60 -68L-63 -67Z', '#d6402f')
  );
}

export function butterfly(tone: Tone): string {
  const wing = (side: number): string =>
    path(`M0 -52C${side * 10} -90 ${side * 46} -98 ${side * 48} -76C${side * 48} -58 ${side * 20} -48 0 -50Z`, tone.base) +
    path(`M0 -50C${side * 26} -50 ${side * 40} -36 ${side * 32} -20C${side * 22} -8 ${side * 4} -26 0 -46Z`, tone.light) +
    path(
      `M${side * 6} -54C${side * 16} -76 ${side * 38} -84 ${side * 39} -74C${side * 38} -62 ${side * 20} -54 ${side * 6} -54Z`,
      tone.light,
      0.7,
    ) +
    circle(side * 40, -75, 3.2, WHITE) +
    circle(side * 26, -27, 3.4, tone.dark);
  return wing(-1) + wing(1) + ellipse(0, -50, 3, 17, INK) + stroke('M0 -66C-2 -76 -7 -80 -11 -81M0 -66C2 -76 7 -80 11 -81', INK, 1.4);
}

export function fish(tone: Tone): string {
  const tail =
    path('M30 -50C46 -78 62 -82 70 -80C62 -62 62 -40 70 -20C60 -18 44 -24 30 -48Z', tone.dark) +
    stroke('M40 -50L60 -66M42 -48L60 -48M40 -46L60 -32', tone.light, 1.6, 0.7);
  const fins =
    path('M-16 -76C-6 -96 20 -94 30 -84C24 -72 8 -68 -6 -70Z', tone.dark) +
    path('M-6 -26C0 -12 12 -8 20 -12C18 -20 12 -26 6 -30Z', tone.dark);
  const body = path('M-62 -48C-48 -82 10 -88 40 -52C42 -50 42 -48 40 -46C12 -12 -44 -18 -62 -48Z', tone.base);
  const belly = path('M-60 -45C-40 -34 12 -34 38 -45C12 -12 -44 -18 -62 -48Z', tone.light);
  const bands =
    path('M-30 -72C-22 -58 -22 -38 -30 -25C-26 -24 -22 -23 -18 -22.6C-10 -38 -10 -58 -18 -75.4Z', WHITE) +
    path('M8 -73C14 -58 14 -38 8 -25C12 -26 15 -28 18 -30C22 -40 22 -56 18 -68Z', WHITE);
  return (
    tail +
    fins +
    body +
    belly +
    bands +
    path('M-8 -46C0 -54 10 -52 12 -46C10 -38 0 -36 -8 -44Z', tone.dark) +
    circle(-46, -54, 6, WHITE) +
    circle(-47, -54, 3.4, INK) +
    circle(-48, -55.4, 1.1, '#ffffff') +
    stroke('M-60 -44Q-56 -40 -52 -41', INK, 1.6)
  );
}

const DRAGON_STEPS = 64;

/** The serpentine dragon of the East: one long body in waves, drawn as overlapping rounds from tail to neck. */
export function dragon(tone: Tone, random: Random): string {
  const bend = random.between(21, 25);
  const at = (share: number): readonly [number, number] => [
    118 - share * 206,
    -46 + Math.sin(share * Math.PI * 3.1 + 0.5) * bend * (1 - share * 0.25) - share * 12,
  ];
  const steps = Array.from({ length: DRAGON_STEPS + 1 }, (_, index) => index / DRAGON_STEPS);
  const girth = (share: number): number => 2 + 9.5 * Math.sin(Math.min(1, share * 1.25) * Math.PI * 0.5);
  const spikes = steps
    .filter((_, index) => index % 4 === 0 && index > 4)
    .map((share) => {
      const [x, y] = at(share);
      const high = girth(share);
      return path(
        `M${decimal(x - 4)} ${decimal(y - high + 2)}L${decimal(x + 3)} ${decimal(y - high - 8)}L${decimal(x + 6)} ${decimal(y - high + 3)}Z`,
        '#f2a93b',
      );
    });
  const bodies = steps.map((share) => circle(...at(share), girth(share), tone.base));
  const bellies = steps.map((share, index) =>
    ellipse(
      at(share)[0],
      at(share)[1] + girth(share) * 0.45,
      girth(share) * 0.62,
      girth(share) * 0.42,
      index % 2 === 0 ? '#f7d58a' : '#eebf63',
    ),
  );
  const scales = steps
    .filter((_, index) => index % 2 === 1)
    .map((share) => circle(at(share)[0], at(share)[1] - girth(share) * 0.42, girth(share) * 0.22, tone.light, 0.8));
  const foot = (share: number): string => {
    const [x, y] = at(share);
    return stroke(
      `M${decimal(x)} ${decimal(y + 6)}L${decimal(x - 7)} ${decimal(y + 19)}M${decimal(x - 7)} ${decimal(y + 19)}l-7 1m7 -1l-4 6m4 -6l3 6`,
      tone.dark,
      3.6,
    );
  };
  const [headX, headY] = at(1);
  return (
    tailTuft(at(0)) +
    foot(0.34) +
    foot(0.76) +
    spikes.join('') +
    bodies.join('') +
    bellies.join('') +
    scales.join('') +
    `<g transform="translate(${decimal(headX)} ${decimal(headY)})">${dragonHead(tone)}</g>`
  );
}

const tailTuft = ([x, y]: readonly [number, number]): string =>
  path(`M${decimal(x - 2)} ${decimal(y)}c10 -12 18 -12 24 -16c-3 8 -4 10 -9 13c6 0 8 2 12 4c-8 4 -16 6 -27 -1Z`, '#f2a93b');

function dragonHead(tone: Tone): string {
  const mane =
    path(
      'M-2 -15C10 -20 18 -24 27 -22C21 -18 19 -16 18 -13C24 -14 29 -12 33 -8C26 -8 22 -6 20 -3C26 -2 29 2 30 7C24 4 20 4 17 6C21 10 21 14 19 18C14 12 8 12 0 13Z',
      '#f2a93b',
    ) + path('M0 -10C8 -12 14 -12 19 -9C14 -7 13 -5 13 -3C17 -1 19 2 19 5C14 3 8 6 0 8Z', '#f7cf6e');
  const horns = stroke('M0 -14C6 -24 14 -26 22 -32M8 -22L9 -31', '#f7e3b0', 3.4) + stroke('M-6 -15C-4 -24 2 -30 8 -36', '#e4c887', 3);
  const skull = path('M10 -14C0 -20 -12 -17 -16 -10C-26 -12 -36 -10 -38 -3C-38 2 -34 4 -28 3C-22 9 -6 14 8 12Z', tone.base);
  const jaw = path('M-28 4C-30 10 -20 15 -8 13C-12 10 -20 8 -24 4Z', '#f7d58a') + stroke('M-30 3C-22 7 -14 6 -8 4', INK, 1.4);
  const whiskers = stroke('M-36 -4C-48 -14 -50 -4 -58 -10M-34 2C-44 4 -46 14 -56 12', lighten(tone.base, 0.55), 2);
  return (
    mane +
    horns +
    jaw +
    skull +
    circle(-34, -5, 1.6, INK) +
    circle(-12, -8, 4, WHITE) +
    circle(-13, -8, 2.1, INK) +
    stroke('M-18 -14Q-12 -17 -6 -13', tone.dark, 2.4) +
    whiskers
  );
}
