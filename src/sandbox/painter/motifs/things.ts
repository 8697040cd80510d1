import type { Tone } from '../colour.ts';
import { LAMP, LAMP_CORE, lighten } from '../colour.ts';
import { circle, ellipse, path, rect, stroke } from '../shapes.ts';
import { INK, WHITE } from './motif.ts';

/** A silk lantern with its tassel, hung or afloat in the air. */
export function lantern(tone: Tone): string {
  const bulb = path('M-18 -84C-42 -70 -42 -40 -18 -27H18C42 -40 42 -70 18 -84Z', tone.base);
  const ribs =
    path('M-9 -84C-22 -70 -22 -40 -9 -27H9C22 -40 22 -70 9 -84Z', tone.light) +
    path('M-3 -84C-8 -70 -8 -40 -3 -27H3C8 -40 8 -70 3 -84Z', LAMP_CORE) +
    path('M18 -84C42 -70 42 -40 18 -27H10C30 -40 30 -70 10 -84Z', tone.dark, 0.6);
  const glow = circle(0, -55, 48, LAMP, 0.16) + circle(0, -55, 38, LAMP, 0.14);
  return (
    glow +
    bulb +
    ribs +
    rect(-19, -88, 38, 6, '#c98b3a', 2) +
    rect(-19, -29, 38, 6, '#c98b3a', 2) +
    stroke('M0 -88V-100', '#8d6a3a', 2) +
    stroke('M0 -23V-2M-4 -18V-5M4 -18V-5', '#e0a23f', 2.2) +
    circle(0, -19, 3.6, '#e0573f')
  );
}

export function robot(tone: Tone): string {
  const legs =
    rect(-16, -22, 10, 18, '#8b93a7', 3) +
    rect(6, -22, 10, 18, '#8b93a7', 3) +
    rect(-21, -7, 18, 7, tone.dark, 3.5) +
    rect(3, -7, 18, 7, tone.dark, 3.5);
  const arms =
    stroke('M-24 -48C-36 -44 -36 -34 -33 -28', '#8b93a7', 6) +
    circle(-33, -26, 5.4, tone.dark) +
    stroke('M24 -48C36 -52 37 -62 35 -68', '#8b93a7', 6) +
    circle(35, -70, 5.4, tone.dark);
  const body =
    rect(-24, -56, 48, 37, tone.base, 10) +
    rect(8, -56, 16, 37, tone.dark, 10, 0.45) +
    circle(0, -38, 8, WHITE) +
    path('M0 -33.4C-7 -38 -5 -43.4 -2 -43C-0.6 -42.8 0 -41.6 0 -41C0 -41.6 0.6 -42.8 2 -43C5 -43.4 7 -38 0 -33.4Z', '#ec6a5c');
  const head =
    rect(-26, -90, 52, 32, tone.base, 12) +
    rect(-19, -84, 38, 20, INK, 8) +
    circle(-9, -74, 4.4, '#7ee7e0') +
    circle(9, -74, 4.4, '#7ee7e0') +
    stroke('M-4 -68Q0 -65.6 4 -68', '#7ee7e0', 1.4);
  return (
    stroke('M0 -90V-97', '#8b93a7', 2.4) +
    circle(0, -98.4, 3.4, LAMP) +
    arms +
    legs +
    rect(-6, -60, 12, 6, '#8b93a7') +
    body +
    head +
    rect(-30, -80, 5, 12, tone.dark, 2.5) +
    rect(25, -80, 5, 12, tone.dark, 2.5)
  );
}

const STEAM = 'M-12 -66C-18 -74 -6 -80 -12 -90M2 -68C-4 -77 8 -84 2 -96M16 -66C10 -74 22 -80 16 -90';

export function cup(tone: Tone): string {
  const saucer = ellipse(0, -4, 44, 6, tone.dark) + ellipse(0, -6, 44, 5.4, tone.light);
  const mug =
    path('M-30 -56H30C30 -28 24 -10 12 -7H-12C-24 -10 -30 -28 -30 -56Z', tone.base) +
    path('M8 -56H30C30 -28 24 -10 12 -7H4C14 -18 16 -36 8 -56Z', tone.dark, 0.5);
  const handle = `<path d="M29 -48C48 -50 48 -22 23 -24" fill="none" stroke="${tone.base}" stroke-width="6"/>`;
  return (
    saucer +
    handle +
    mug +
    ellipse(0, -56, 30, 7, tone.light) +
    ellipse(0, -55.4, 25.5, 5.2, '#5a3626') +
    ellipse(-4, -56, 12, 2, '#8a5a3c', 0.8) +
    stroke(STEAM, WHITE, 3.6, 0.6)
  );
}

/** Pho: noodles, herbs, beef and chopsticks in a wide bowl. */
export function bowl(tone: Tone): string {
  const soup = ellipse(0, -48, 56, 13, lighten(tone.base, 0.5)) + ellipse(0, -47, 51, 10.6, '#d9943f') + ellipse(0, -46, 45, 8, '#e8b25c');
  const noodles = stroke('M-34 -46Q-22 -53 -10 -46T14 -47M-28 -42Q-14 -49 0 -42T28 -44M-16 -51Q0 -54 18 -50', '#fbeccb', 2.8);
  const meat =
    path('M8 -50C16 -57 32 -53 36 -47C28 -42 12 -43 8 -50Z', '#a4573f') +
    path('M-36 -49C-28 -56 -16 -53 -14 -48C-20 -44 -32 -44 -36 -49Z', '#b96b4d');
  const herbs = [
    [-6, -49],
    [4, -44],
    [22, -43],
    [-24, -43],
    [-1, -52],
  ]
    .map(([x = 0, y = 0]) => ellipse(x, y, 4.4, 2, '#5fa24a') + ellipse(x + 3, y - 1.6, 3, 1.5, '#84c065'))
    .join('');
  const shell =
    path('M-56 -48C-54 -22 -36 -6 -18 -4H18C36 -6 54 -22 56 -48C40 -34 -40 -34 -56 -48Z', tone.base) +
    path('M20 -38C36 -40 48 -42 56 -48C54 -22 36 -6 18 -4H8C20 -14 24 -26 20 -38Z', tone.dark, 0.4) +
    stroke('M-50 -34C-30 -24 30 -24 50 -34', '#3f6fb5', 2.4) +
    stroke('M-47 -28C-28 -19 28 -19 47 -28', '#3f6fb5', 1.2);
  return (
    rect(-20, -5, 40, 5, tone.dark, 2) +
    soup +
    noodles +
    meat +
    herbs +
    circle(14, -48, 3, '#d94a3a') +
    shell +
    stroke('M30 -50L70 -78M36 -48L76 -73', '#7a4a30', 3.2) +
    stroke(STEAM, WHITE, 3.6, 0.55)
  );
}

export function banhChung(tone: Tone): string {
  const cake =
    path('M-40 -16L0 -4L40 -16V-42L0 -54L-40 -42Z', tone.dark) +
    path('M-40 -42L0 -30V-4L-40 -16Z', tone.base) +
    path('M-40 -42L0 -54L40 -42L0 -30Z', tone.light);
  const ties = stroke('M-20 -48L20 -36V-10M20 -48L-20 -36V-10M-40 -29L0 -17L40 -29', '#ead8a3', 2.2);
  return (
    ellipse(0, -5, 54, 7, '#c9705a') +
    ellipse(0, -7, 50, 5.6, '#e58f74') +
    cake +
    ties +
    path('M-4 -43Q0 -70 18 -76Q10 -56 4 -43Z', '#d94a3a') +
    circle(20, -78, 4, '#f6c64f')
  );
}

export function umbrella(tone: Tone): string {
  const canopy = path(
    'M-50 -52C-48 -84 -24 -96 0 -96C24 -96 48 -84 50 -52Q40 -60 31 -52Q22 -60 12 -52Q0 -60 -12 -52Q-22 -60 -31 -52Q-40 -60 -50 -52Z',
    tone.base,
  );
  const panels =
    path('M0 -96C-14 -84 -15 -64 -12 -52Q0 -60 12 -52C15 -64 14 -84 0 -96Z', tone.light) +
    path('M0 -96C28 -90 34 -66 31 -52Q40 -60 50 -52C48 -84 24 -96 0 -96Z', tone.dark, 0.5);
  return stroke('M0 -58V-12C0 -2 14 -2 14 -11', '#7a5236', 3.4) + canopy + panels + stroke('M0 -96V-101', '#7a5236', 2.6);
}

export function book(tone: Tone): string {
  const cover = path('M-60 -12L0 -4L60 -12V-60L0 -52L-60 -60Z', tone.base);
  const pages =
    path('M-54 -18C-36 -22 -14 -18 0 -10V-62C-14 -70 -36 -74 -54 -68Z', WHITE) +
    path('M54 -18C36 -22 14 -18 0 -10V-62C14 -70 36 -74 54 -68Z', '#efe4d0');
  const lines = stroke(
    'M-46 -58C-34 -61 -18 -59 -8 -54M-46 -48C-34 -51 -18 -49 -8 -44M-46 -38C-34 -41 -18 -39 -8 -34M46 -58C34 -61 18 -59 8 -54M46 -48C34 -51 18 -49 8 -44M46 -38C34 -41 18 -39 8 -34',
    '#a89a8c',
    1.6,
  );
  return cover + pages + lines + stroke('M0 -62V-8', tone.dark, 1.6);
}

export function kite(tone: Tone): string {
  const sail =
    path('M0 -100L34 -62L0 -20L-34 -62Z', tone.base) + path('M0 -100L34 -62H0Z', tone.light) + path('M0 -20L-34 -62H0Z', tone.dark);
  return (
    stroke('M0 -20C-12 -8 10 0 -4 12C-14 22 6 30 -2 42', INK, 1.4) +
    path('M-8 -4L2 0L-8 4Z', '#f2b84b') +
    path('M8 14L-4 12L6 20Z', '#e5695a') +
    path('M-10 30L2 30L-8 36Z', '#5ab2a8') +
    sail +
    stroke('M0 -100V-20M-34 -62H34', INK, 1.2, 0.5)
  );
}

export function drum(tone: Tone): string {
  const shell =
    path('M-34 -66C-42 -44 -42 -28 -34 -10Q0 2 34 -10C42 -28 42 -44 34 -66Z', tone.base) +
    path('M10 -60H34C42 -44 42 -28 34 -10Q22 -5 12 -4C20 -24 18 -44 10 -60Z', tone.dark, 0.5);
  return (
    shell +
    ellipse(0, -66, 35, 10, '#f2e3c2') +
    ellipse(0, -66, 28, 7, '#e0c795') +
    stroke('M-38 -50Q0 -38 38 -50M-38 -26Q0 -13 38 -26', '#e9b94f', 2.4) +
    stroke('M8 -68L44 -92M-6 -68L-36 -96', '#8a5a34', 3.4) +
    circle(45, -93, 3.6, '#e5533f') +
    circle(-37, -97, 3.6, '#e5533f')
  );
}

export function snowman(tone: Tone): string {
  const snow = '#f7fbff';
  const shade = '#d5e4f2';
  const balls =
    circle(0, -22, 24, snow) +
    path('M12 -43A24 24 0 0 1 10 0A30 30 0 0 0 12 -43Z', shade) +
    circle(0, -56, 17, snow) +
    circle(0, -81, 13, snow);
  return (
    stroke('M-15 -58L-38 -72M15 -58L38 -68', '#7a5240', 3) +
    balls +
    path('M-14 -71Q0 -63 14 -71L13 -65Q0 -57 -13 -65Z', tone.base) +
    rect(4, -66, 6.4, 18, tone.base, 2) +
    circle(-4.6, -84, 1.7, INK) +
    circle(4.6, -84, 1.7, INK) +
    path('M0 -81L15 -78.6L0 -77.4Z', '#f08a3c') +
    circle(0, -50, 1.7, INK) +
    circle(0, -24, 2, INK) +
    rect(-13, -96, 26, 4, INK, 1.4) +
    rect(-8.6, -107, 17.2, 13, INK, 2)
  );
}

export function mooncake(tone: Tone): string {
  return (
    ellipse(0, -6, 46, 7, '#d8c7ae') +
    path('M-38 -30C-38 -12 38 -12 38 -30V-20C38 -2 -38 -2 -38 -20Z', tone.dark) +
    ellipse(0, -30, 38, 13, tone.base) +
    stroke('M0 -41V-19M-22 -34L22 -26M-22 -26L22 -34', tone.light, 2.4) +
    circle(0, -30, 6, tone.light)
  );
}
