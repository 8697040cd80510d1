import type { Tone } from '../colour.ts';
import { LAMP, LAMP_CORE, darken } from '../colour.ts';
import type { Random } from '../random.ts';
import { circle, ellipse, path, rect, stroke } from '../shapes.ts';
import { INK, WHITE } from './motif.ts';
import { nonLa } from './people.ts';

const GLASS = '#cfe8f2';

const wheel = (x: number, radius: number): string =>
  circle(x, -radius, radius, INK) + circle(x, -radius, radius * 0.62, '#d9d5dd') + circle(x, -radius, radius * 0.2, INK);

const spokes = (x: number, radius: number): string =>
  circle(x, -radius, radius, '#ffffff', 0.14) +
  `<circle cx="${x}" cy="${-radius}" r="${radius - 1.6}" fill="none" stroke="${INK}" stroke-width="3.2"/>` +
  stroke(`M${x - radius + 2} ${-radius}H${x + radius - 2}M${x} -2V${-2 * radius + 2}`, '#8d8799', 0.8) +
  circle(x, -radius, 2.6, INK);

export function car(tone: Tone): string {
  const body = path(
    'M-92 -16C-96 -38 -86 -46 -58 -50C-44 -72 -32 -82 -4 -82H18C42 -82 54 -70 64 -52C84 -50 94 -42 93 -16Q92 -12 86 -12H-86Q-91 -12 -92 -16Z',
    tone.base,
  );
  const skirt = path('M-93 -26H94Q94 -20 93 -16Q92 -12 86 -12H-86Q-91 -12 -92 -16Z', tone.dark);
  const glass =
    path('M-46 -52C-36 -66 -28 -74 -8 -74H-2V-52Z', GLASS) +
    path('M6 -74H17C34 -74 44 -66 52 -52H6Z', GLASS) +
    path('M-38 -54L-22 -72H-14L-30 -54Z', '#ffffff', 0.6);
  const lights = ellipse(-90, -34, 4, 6, LAMP) + ellipse(91, -34, 3, 6, '#e85a4a');
  const lines =
    stroke('M2 -50V-20', tone.dark, 1.6) +
    stroke('M10 -42H20', tone.light, 2.6) +
    stroke('M-72 -43C-40 -47 30 -47 74 -43', tone.light, 2, 0.8);
  return body + skirt + glass + lights + lines + wheel(-54, 17) + wheel(54, 17);
}

export function bicycle(tone: Tone): string {
  const frame = stroke('M-44 -30L-18 -66H30L4 -30H-44M4 -30L-20 -74M44 -30L28 -80', tone.base, 5);
  const bars = stroke('M28 -80C30 -88 40 -88 44 -84', INK, 4) + stroke('M-30 -76H-10', INK, 6);
  const basket =
    path('M34 -76H62L57 -54H39Z', '#c99a5b') +
    [40, 48, 56].map((x, index) => circle(x, -79, 6, index === 1 ? '#f7c85a' : '#ef8fa3')).join('') +
    stroke('M36 -68H60', '#a57740', 1.4);
  return spokes(-44, 30) + spokes(44, 30) + frame + bars + basket + circle(4, -30, 5, INK) + stroke('M4 -30L10 -18M7 -17H14', INK, 3);
}

export function motorbike(tone: Tone): string {
  const seat = path('M-52 -62C-40 -68 -16 -66 -4 -60V-52H-46Z', INK);
  const body =
    path('M-62 -50C-58 -58 -46 -58 -40 -54H-4C2 -36 14 -28 26 -30L36 -78H46C46 -58 46 -30 38 -20H-14C-20 -36 -48 -38 -62 -50Z', tone.base) +
    path('M-14 -20C-20 -36 -48 -38 -62 -50C-44 -46 -16 -46 -6 -32L0 -26H36L38 -20Z', tone.dark);
  const front =
    stroke('M42 -74L56 -24', '#b7b3c2', 5) +
    path('M38 -86C46 -92 54 -86 54 -76L44 -70Z', tone.light) +
    circle(53, -79, 4.6, LAMP) +
    stroke('M40 -88L30 -94', INK, 4) +
    stroke('M34 -92L30 -102', '#b7b3c2', 2) +
    ellipse(29, -103, 5, 3, INK);
  return spokes(-42, 21) + spokes(56, 21) + body + seat + front + ellipse(-62, -48, 4, 3, '#e85a4a') + stroke('M-36 -20H-70', '#9b97a8', 5);
}

const hullOf = (tone: Tone): string =>
  path('M-96 -32C-60 -20 60 -20 98 -36C90 -14 70 0 48 0H-46C-70 0 -88 -12 -96 -32Z', tone.base) +
  path('M-88 -19C-50 -8 54 -8 88 -20C78 -6 64 0 48 0H-46C-64 0 -78 -6 -88 -19Z', tone.dark) +
  stroke('M-94 -31C-60 -19 60 -19 96 -35', tone.light, 2.6) +
  stroke('M-120 4H-60M40 6H118', WHITE, 1.6, 0.6);

const FRUITS = ['#f29a3f', '#e5533f', '#8fbf4f', '#f5c84c', '#c85a8f'] as const;

const heapOfFruit = (): string =>
  Array.from({ length: 17 }, (_, index) =>
    circle(-62 + (index % 9) * 8.4 + (index > 8 ? 4 : 0), index > 8 ? -38 : -28, 6.2, FRUITS[index % FRUITS.length] ?? INK),
  ).join('');

const cabin = (): string =>
  path('M-58 -25C-58 -62 8 -62 8 -25Z', '#c59a5c') +
  path('M-46 -25C-46 -50 -4 -50 -4 -25Z', '#5b4034') +
  stroke('M-50 -48Q-25 -60 0 -48', '#9c7440', 1.6);

/** A wooden sampan with a rower, roofed or laden with fruit. */
export function boat(tone: Tone, random: Random): string {
  const load = random.chance(0.5) ? heapOfFruit() : cabin();
  const shirt = random.pick('#4a6fa5', '#a8455c', '#3f8576', '#6a4c93');
  const rower =
    path('M42 -26C40 -44 44 -58 54 -58C64 -58 68 -44 66 -26Z', shirt) +
    circle(54, -64, 7, '#f3c9a5') +
    `<g transform="translate(54 0) scale(0.86)">${nonLa(-78)}</g>`;
  return load + rower + stroke('M58 -50L74 -44', shirt, 6) + stroke('M64 -84L92 8', '#7a5236', 2.6) + hullOf(tone);
}

/** The same sampan with nobody in it. */
export function emptyBoat(tone: Tone, random: Random): string {
  return (random.chance(0.5) ? heapOfFruit() : cabin()) + stroke('M34 -62L66 6', '#7a5236', 2.6) + hullOf(tone);
}

export function sailboat(tone: Tone): string {
  const hull = path('M-48 -16H50C44 -4 34 0 26 0H-28C-38 0 -44 -8 -48 -16Z', '#8a5638') + stroke('M-46 -15H48', '#c08a5a', 2.4);
  const sails =
    path('M-2 -98C-34 -74 -44 -44 -44 -22Q-22 -26 -2 -22Z', tone.base) +
    path('M4 -92C26 -70 40 -46 44 -22Q24 -26 4 -22Z', tone.light) +
    stroke('M-38 -44Q-20 -50 -2 -46M-26 -66Q-14 -72 -2 -68', tone.dark, 1.6, 0.7);
  return sails + stroke('M1 -100V-16', '#5d4034', 2.6) + hull + stroke('M-64 3H-30M24 4H62', WHITE, 1.6, 0.6);
}

export function balloon(tone: Tone): string {
  const bag = path('M0 -100C30 -100 42 -78 40 -62C38 -46 20 -34 9 -22H-9C-20 -34 -38 -46 -40 -62C-42 -78 -30 -100 0 -100Z', tone.base);
  const stripes =
    path('M0 -100C14 -100 19 -78 18 -62C17 -46 9 -32 4 -22H-4C-9 -32 -17 -46 -18 -62C-19 -78 -14 -100 0 -100Z', tone.light) +
    path('M0 -100C5 -94 6.5 -78 6 -62C5.6 -46 3 -32 1.6 -22H-1.6C-3 -32 -5.6 -46 -6 -62C-6.5 -78 -5 -94 0 -100Z', tone.base) +
    path('M18 -95C32 -88 41 -76 40 -62C38 -46 20 -34 9 -22H4C22 -42 36 -68 18 -95Z', tone.dark, 0.55);
  return (
    bag +
    stripes +
    stroke('M-8 -22L-6 -12M8 -22L6 -12', '#6b4a38', 1.2) +
    rect(-8, -13, 16, 12, '#b27a47', 2.4) +
    rect(-9, -14, 18, 3.4, '#8d5c34', 1.6)
  );
}

export function airplane(tone: Tone): string {
  const fuselage =
    path('M-92 -48C-84 -60 -56 -64 -20 -64H60C76 -62 84 -56 88 -52C80 -42 40 -36 0 -36H-50C-76 -36 -90 -40 -92 -48Z', WHITE) +
    path('M-91 -46C-60 -42 40 -42 84 -50C78 -42 40 -36 0 -36H-50C-76 -36 -90 -40 -91 -46Z', tone.base);
  const tail = path('M54 -62L76 -94H94L82 -56Z', tone.base) + path('M60 -52L92 -40H102L84 -56Z', tone.dark);
  const portholes = [-52, -38, -24, -10, 4, 18, 32].map((x) => circle(x, -54, 3, '#5b86a8')).join('');
  return (
    fuselage +
    tail +
    portholes +
    path('M-86 -52C-80 -58 -72 -60 -66 -60L-68 -52Z', '#5b86a8') +
    path('M-14 -46L34 -8H54L30 -46Z', tone.dark)
  );
}

export function rocket(tone: Tone): string {
  const flame =
    path('M-10 -20C-14 -6 -4 -2 0 8C4 -2 14 -6 10 -20Z', '#f28c38') + path('M-5 -20C-7 -10 -2 -8 0 0C2 -8 7 -10 5 -20Z', LAMP_CORE);
  const fins = path('M-14 -46C-26 -38 -28 -24 -26 -14L-12 -24Z', tone.dark) + path('M14 -46C26 -38 28 -24 26 -14L12 -24Z', tone.dark);
  const hull =
    path('M0 -100C18 -84 20 -50 13 -20H-13C-20 -50 -18 -84 0 -100Z', WHITE) +
    path('M0 -100C9 -92 14 -80 15.4 -70H-15.4C-14 -80 -9 -92 0 -100Z', tone.base) +
    path('M4 -96C18 -80 20 -50 13 -20H5C12 -50 12 -76 4 -96Z', INK, 0.1);
  return (
    flame + fins + hull + circle(0, -54, 8, tone.base) + circle(0, -54, 5.4, '#7cc6e0') + rect(-10, -24, 20, 5, darken(tone.base, 0.3), 2)
  );
}

export function train(tone: Tone): string {
  const carriage = (x: number): string =>
    rect(x, -56, 62, 44, tone.base, 5) +
    rect(x, -24, 62, 8, tone.light) +
    [6, 24, 42].map((offset) => rect(x + offset, -48, 13, 14, GLASS, 2)).join('') +
    wheel(x + 14, 9) +
    wheel(x + 48, 9);
  const engine =
    path('M-98 -12V-38C-98 -44 -94 -46 -88 -46H-60V-66H-28V-12Z', tone.dark) +
    rect(-64, -70, 40, 6, INK, 2) +
    rect(-54, -60, 18, 15, GLASS, 2) +
    path('M-90 -46L-92 -64H-78L-80 -46Z', INK) +
    rect(-95, -66, 20, 5, tone.light, 2) +
    circle(-96, -30, 4.4, LAMP) +
    path('M-98 -14L-110 -2H-92Z', INK) +
    wheel(-78, 10) +
    wheel(-44, 12);
  const smoke = circle(-84, -76, 7, WHITE, 0.85) + circle(-72, -86, 9.5, WHITE, 0.75) + circle(-54, -93, 11, WHITE, 0.6);
  return smoke + stroke('M-30 -14H106', INK, 4) + carriage(-22) + carriage(46) + engine;
}
