import type { Tone } from '../colour.ts';
import { mix } from '../colour.ts';
import { circle, ellipse, path, rect, stroke } from '../shapes.ts';
import { INK, WHITE } from './motif.ts';

const PINK = '#f29a9a';

function eyes(y: number, apart: number, size: number): string {
  const one = (x: number): string => ellipse(x, y, size * 0.82, size, INK) + circle(x + size * 0.25, y - size * 0.4, size * 0.3, '#ffffff');
  return one(-apart) + one(apart);
}

/** A cat's head, 40 wide, centred on the point given: also worn by a dressed cat. */
export function catHead(tone: Tone, y: number): string {
  const ear = (side: number): string =>
    path(`M${side * 20} ${y - 4}Q${side * 22} ${y - 24} ${side * 17} ${y - 29}Q${side * 8} ${y - 23} ${side * 3} ${y - 16}Z`, tone.base) +
    path(`M${side * 16} ${y - 9}Q${side * 18} ${y - 20} ${side * 15.5} ${y - 23}Q${side * 10} ${y - 19} ${side * 7} ${y - 14}Z`, PINK);
  const stripes = stroke(`M0 ${y - 18}V${y - 11}M-6 ${y - 17}L-5 ${y - 12}M6 ${y - 17}L5 ${y - 12}`, tone.dark, 2.4);
  const whiskers = stroke(
    `M-12 ${y + 6}L-25 ${y + 3}M-12 ${y + 9}L-24 ${y + 11}M12 ${y + 6}L25 ${y + 3}M12 ${y + 9}L24 ${y + 11}`,
    WHITE,
    0.9,
    0.85,
  );
  const muzzle = ellipse(0, y + 8, 10, 7, tone.light) + path(`M-2.6 ${y + 3.6}H2.6L0 ${y + 6.6}Z`, PINK);
  const mouth = stroke(`M-4.5 ${y + 9}Q-2 ${y + 11.5} 0 ${y + 8.4}Q2 ${y + 11.5} 4.5 ${y + 9}`, INK, 1.1);
  return ear(-1) + ear(1) + ellipse(0, y, 21.5, 18.5, tone.base) + stripes + muzzle + mouth + eyes(y - 1, 8.6, 3.9) + whiskers;
}

export function cat(tone: Tone): string {
  const tail = stroke('M20 -9C44 -8 42 -30 34 -36C29 -40 27 -46 32 -49', tone.dark, 8.5);
  const body = path('M-24 0C-32 -22 -21 -52 0 -55C21 -52 32 -22 24 0Z', tone.base);
  const flank = path('M10 0C9 -14 15 -26 24 -24C30 -14 27 -6 25 0Z', tone.dark, 0.55);
  const chest = path('M-10 -50C-14 -36 -8 -22 0 -18C8 -22 14 -36 10 -50Z', tone.light);
  const legs = rect(-12, -27, 10.5, 27, tone.base, 5) + rect(1.5, -27, 10.5, 27, tone.base, 5) + stroke('M0 -22V-3', tone.dark, 1.6);
  const paws = ellipse(-7, -2.6, 7, 3.4, tone.light) + ellipse(7, -2.6, 7, 3.4, tone.light);
  return tail + body + flank + chest + legs + paws + catHead(tone, -70);
}

export function tiger(tone: Tone): string {
  const bars = stroke('M-25 -30L-15 -28M-26 -21L-16 -20M25 -30L15 -28M26 -21L16 -20M-22 -39L-13 -36M22 -39L13 -36', INK, 3);
  const cheeks = stroke('M-20 -70L-13 -69M-19 -63L-13 -64M20 -70L13 -69M19 -63L13 -64M0 -87V-80M-7 -86L-5 -80M7 -86L5 -80', INK, 2.4);
  return cat(tone) + bars + cheeks;
}

/** A dog's head, 44 wide, centred on the point given. */
export function dogHead(tone: Tone, y: number): string {
  const ear = (side: number): string =>
    path(
      `M${side * 12} ${y - 18}C${side * 26} ${y - 22} ${side * 31} ${y - 2} ${side * 25} ${y + 12}C${side * 17} ${y + 12} ${side * 15} ${y} ${side * 12} ${y - 18}Z`,
      tone.dark,
    );
  const face =
    ellipse(0, y, 20, 20, tone.base) + path(`M-5 ${y - 20}C-4 ${y - 6} -4 ${y} -9 ${y + 8}H9C4 ${y} 4 ${y - 6} 5 ${y - 20}Z`, tone.light);
  const muzzle = ellipse(0, y + 9, 12, 9, WHITE) + ellipse(0, y + 4, 4.6, 3.4, INK);
  const tongue = path(`M-3.6 ${y + 13}H3.6V${y + 18}A3.6 3.6 0 0 1 -3.6 ${y + 18}Z`, PINK);
  return (
    face +
    ear(-1) +
    ear(1) +
    tongue +
    muzzle +
    stroke(`M-6 ${y + 11.5}Q-3 ${y + 14.5} 0 ${y + 11}Q3 ${y + 14.5} 6 ${y + 11.5}`, INK, 1.2) +
    eyes(y - 3, 8.4, 3.5)
  );
}

export function dog(tone: Tone): string {
  const tail = stroke('M22 -12C34 -16 38 -28 33 -38', tone.base, 8);
  const body = path('M-23 0C-28 -22 -19 -50 0 -53C19 -50 28 -22 23 0Z', tone.base);
  const thigh = ellipse(19, -11, 10, 11, tone.dark, 0.5) + ellipse(-19, -11, 10, 11, tone.dark, 0.5);
  const chest = path('M-9 -48C-12 -34 -8 -22 0 -17C8 -22 12 -34 9 -48Z', WHITE);
  const legs = rect(-12, -28, 10.5, 28, tone.base, 5) + rect(1.5, -28, 10.5, 28, tone.base, 5);
  const paws = ellipse(-7, -2.8, 7.4, 3.6, WHITE) + ellipse(7, -2.8, 7.4, 3.6, WHITE);
  const collar = path('M-14 -51Q0 -42 14 -51L13 -46Q0 -37 -13 -46Z', '#d9483b') + circle(0, -41, 3.2, '#f3c14b');
  return tail + body + thigh + chest + legs + paws + collar + dogHead(tone, -72);
}

export function rabbit(tone: Tone): string {
  const ear = (side: number): string =>
    path(
      `M${side * 3} -62C${side * 2} -84 ${side * 8} -100 ${side * 13} -99C${side * 19} -97 ${side * 18} -76 ${side * 12} -62Z`,
      tone.base,
    ) +
    path(`M${side * 6} -66C${side * 6} -82 ${side * 10} -93 ${side * 12.5} -92C${side * 15} -90 ${side * 14} -76 ${side * 10} -66Z`, PINK);
  const body = path('M-23 0C-30 -20 -18 -42 0 -43C18 -42 30 -20 23 0Z', tone.base) + ellipse(0, -16, 12, 15, tone.light);
  const feet = ellipse(-12, -3, 10, 4.4, tone.light) + ellipse(12, -3, 10, 4.4, tone.light);
  const head = ellipse(0, -53, 19, 16.5, tone.base) + ellipse(0, -47, 8, 6, tone.light) + path('M-2.4 -51H2.4L0 -48Z', PINK);
  return (
    circle(23, -10, 7, tone.light) +
    ear(-1) +
    ear(1) +
    body +
    feet +
    head +
    eyes(-55, 8.5, 3.4) +
    stroke('M-3 -45.5Q-1 -44 0 -46Q1 -44 3 -45.5', INK, 1)
  );
}

export function buffalo(tone: Tone): string {
  const leg = (x: number, shade: string): string =>
    path(`M${x} -40L${x + 2} 0H${x + 12}L${x + 14} -40Z`, shade) + rect(x + 1.4, -5, 11.2, 5, INK, 1.5);
  const far = leg(-38, tone.dark) + leg(28, tone.dark);
  const body = path('M-56 -46C-58 -74 -36 -84 -6 -78C14 -74 34 -82 50 -78C62 -74 66 -54 58 -38C46 -24 -44 -22 -52 -34Z', tone.base);
  const belly = path('M-50 -36C-30 -46 34 -46 56 -40C46 -24 -44 -22 -52 -34Z', tone.dark, 0.6);
  const tail = stroke('M58 -66C68 -58 66 -40 68 -28', tone.dark, 3) + ellipse(68, -25, 3.4, 6, INK);
  const head = path('M-48 -76C-60 -84 -78 -80 -82 -66C-86 -52 -90 -44 -82 -39C-74 -36 -66 -42 -62 -50C-56 -56 -46 -60 -44 -66Z', tone.base);
  const muzzle =
    path('M-84 -54C-90 -46 -90 -40 -82 -39C-76 -37 -70 -41 -67 -45C-72 -52 -78 -55 -84 -54Z', tone.light) + circle(-83, -45, 1.6, INK);
  const horns =
    path('M-62 -74C-58 -90 -40 -100 -18 -96C-34 -92 -46 -84 -50 -73Z', '#e9dcc0') +
    path('M-70 -76C-80 -86 -80 -98 -66 -106C-70 -96 -68 -88 -60 -78Z', '#d4c3a2');
  const ear = path('M-52 -74C-42 -78 -38 -72 -38 -66C-46 -64 -52 -66 -52 -74Z', tone.dark);
  return (
    far +
    tail +
    leg(-52, tone.base) +
    leg(42, tone.base) +
    body +
    belly +
    horns +
    head +
    muzzle +
    ear +
    circle(-70, -66, 2.8, INK) +
    circle(-70.8, -67, 0.9, '#ffffff')
  );
}

export function elephant(tone: Tone): string {
  const leg = (x: number, shade: string): string =>
    path(`M${x} -42V-3Q${x} 0 ${x + 3} 0H${x + 15}Q${x + 18} 0 ${x + 18} -3V-42Z`, shade) +
    stroke(`M${x + 4} -1.5H${x + 14}`, tone.light, 2.4);
  const body = path('M-40 -40C-44 -84 -16 -96 14 -92C48 -90 60 -62 54 -34C30 -26 -18 -26 -40 -40Z', tone.base);
  const trunk = stroke('M-52 -58C-64 -40 -58 -20 -66 -12C-70 -8 -76 -10 -77 -16', tone.base, 11);
  const head = circle(-42, -68, 23, tone.base) + path('M-36 -88C-12 -96 -6 -66 -20 -48C-32 -44 -40 -54 -38 -66Z', tone.dark);
  const tusk = stroke('M-52 -48C-56 -38 -64 -36 -70 -38', WHITE, 4);
  return (
    leg(20, tone.dark) +
    leg(-22, tone.dark) +
    stroke('M53 -62C62 -54 60 -42 62 -34', tone.dark, 3) +
    leg(34, tone.base) +
    leg(-36, tone.base) +
    body +
    trunk +
    head +
    tusk +
    circle(-52, -72, 2.7, INK)
  );
}

export function horse(tone: Tone): string {
  const mane = mix(tone.dark, INK, 0.55);
  const leg = (x: number, shade: string, lean: number): string =>
    path(`M${x} -44L${x + lean} -4L${x + lean - 1} 0H${x + lean + 8}L${x + lean + 7} -6L${x + 13} -44Z`, shade);
  const body = path('M-34 -50C-30 -64 -10 -64 8 -62C26 -66 42 -60 41 -46C40 -34 26 -32 4 -35C-14 -32 -34 -34 -34 -50Z', tone.base);
  const neck = path(
    'M-14 -62C-24 -72 -26 -86 -34 -95L-42 -98L-43 -91C-52 -86 -60 -74 -62 -66C-60 -60 -54 -60 -50 -64L-42 -69C-40 -58 -38 -48 -28 -42Z',
    tone.base,
  );
  const hair = path('M-38 -97C-26 -98 -16 -82 -6 -63C-14 -60 -20 -64 -24 -72C-27 -82 -30 -88 -38 -97Z', mane);
  const tail = path('M38 -58C52 -60 56 -40 50 -18C46 -22 44 -24 42 -20C44 -36 44 -44 36 -50Z', mane);
  return (
    tail +
    leg(-18, tone.dark, 5) +
    leg(16, tone.dark, -5) +
    leg(-31, tone.base, -3) +
    leg(27, tone.base, 4) +
    body +
    neck +
    hair +
    circle(-46, -82, 2, INK) +
    circle(-58, -66, 1.2, INK)
  );
}

export function rooster(tone: Tone): string {
  const feathers = ['#2e6b62', '#3f8f7c', '#254f5e']
    .map((shade, index) =>
      stroke(
        `M22 -40C${44 + index * 4} ${-44 - index * 4} ${52 - index * 3} ${-66 - index * 6} ${40 - index * 8} ${-80 - index * 4}`,
        shade,
        9,
      ),
    )
    .join('');
  const body = path('M-30 -64C-34 -40 -22 -18 2 -18C22 -18 32 -34 30 -48C16 -40 2 -46 -6 -62Z', tone.base);
  const neck = path('M-36 -76C-38 -58 -32 -42 -20 -36C-8 -44 -6 -60 -14 -78Z', '#f0b84b') + circle(-25, -80, 11, '#f0b84b');
  const comb =
    path('M-34 -88C-36 -98 -30 -100 -28 -94C-27 -102 -20 -102 -20 -94C-16 -100 -11 -96 -15 -87Z', '#d6402f') +
    path('M-34 -74C-38 -66 -32 -60 -29 -68Z', '#d6402f');
  const legs = stroke('M-4 -20V-2M-4 -2H-11M8 -20V-2M8 -2H1', '#e59a3c', 3);
  return (
    feathers +
    legs +
    body +
    path('M-8 -46C2 -28 18 -30 26 -42C18 -46 2 -52 -8 -46Z', tone.dark) +
    neck +
    comb +
    path('M-35 -82L-46 -77L-35 -75Z', '#f08a2c') +
    circle(-28, -82, 2.2, INK)
  );
}
