import type { Tone } from '../colour.ts';
import { LAMP, darken, lighten, toneOf } from '../colour.ts';
import { circle, ellipse, path, rect, stroke } from '../shapes.ts';
import { catHead, dogHead } from './animals.ts';
import { INK, WHITE } from './motif.ts';

const SKIN = '#f3c9a5';
const HAIR = '#2a2233';
const STRAW = '#f1d9a0';

/** The conical palm-leaf hat, its rim at the height given. */
export function nonLa(rim: number): string {
  const cone = path(
    `M-21 ${rim}C-10 ${rim - 8} -4 ${rim - 15} 0 ${rim - 19}C4 ${rim - 15} 10 ${rim - 8} 21 ${rim}Q0 ${rim + 6} -21 ${rim}Z`,
    STRAW,
  );
  const shade = path(`M0 ${rim - 19}C4 ${rim - 15} 10 ${rim - 8} 21 ${rim}Q12 ${rim + 3} 5 ${rim + 2.7}Z`, '#d9b671');
  const rings = stroke(`M-14 ${rim - 4}Q0 ${rim + 0.6} 14 ${rim - 4}M-8 ${rim - 9}Q0 ${rim - 5.6} 8 ${rim - 9}`, '#cfa860', 0.7);
  return cone + shade + rings;
}

function face(y: number): string {
  const blush = ellipse(-5.2, y + 3.4, 2, 1.2, '#ef9a8a', 0.6) + ellipse(5.2, y + 3.4, 2, 1.2, '#ef9a8a', 0.6);
  const lids = stroke(`M-5 ${y + 0.4}Q-3.4 ${y + 2} -1.8 ${y + 0.4}M1.8 ${y + 0.4}Q3.4 ${y + 2} 5 ${y + 0.4}`, INK, 0.9);
  return (
    rect(-2.4, y + 6, 4.8, 8, '#e3b18c', 2) +
    ellipse(0, y, 8, 9, SKIN) +
    blush +
    lids +
    stroke(`M-1.8 ${y + 5}Q0 ${y + 6.4} 1.8 ${y + 5}`, '#c4523f', 0.9)
  );
}

/** Ao dai: the fitted long tunic with side slits over wide white trousers. */
function aoDai(tone: Tone): string {
  const trousers = path('M-8 -46L-12.5 -1H-0.8L0 -40L0.8 -1H12.5L8 -46Z', WHITE) + path('M0 -40L0.8 -1H5L3 -46Z', '#e6dccb');
  const back = path('M6 -52C12 -40 17 -24 18 -7L9 -5L4 -44Z', tone.dark);
  const front = path(
    'M-8.6 -74C-11 -66 -7.6 -60 -7.4 -56C-11 -44 -15 -26 -16.5 -6.5Q-6 -3 2.5 -5.5C4 -22 5 -40 7.4 -56C7.6 -60 11 -66 8.6 -74Q0 -79 -8.6 -74Z',
    tone.base,
  );
  const fold = path('M-1 -52C-4 -36 -7 -18 -7.5 -4.8L-3 -4.6C-2 -20 -1 -36 1.5 -50Z', tone.dark, 0.35);
  const sleeves = stroke('M-8 -72C-12 -64 -14 -58 -13 -50', tone.base, 5.6) + stroke('M8 -72C12 -64 14 -58 13 -50', tone.dark, 5.6);
  const hands = circle(-12.6, -47.4, 2.5, SKIN) + circle(12.6, -47.4, 2.5, SKIN);
  const blossom = [
    [-3, -30],
    [-9, -20],
    [-4, -13],
    [-11, -11],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 1.7, tone.light) + circle(x, y, 0.6, '#f6d36b'))
    .join('');
  return back + trousers + hands + sleeves + front + fold + rect(-3.4, -78, 6.8, 4.6, tone.dark, 1.6) + blossom;
}

export function girlInAoDai(tone: Tone): string {
  const hair = path('M-9.5 -88C-11 -74 -10 -62 -7 -54C-2 -50 4 -50 8 -55C11 -63 11 -76 9.5 -88Z', HAIR);
  const fringe = path('M-8.6 -84C-8 -94 8 -94 8.6 -84C5 -88 2 -89.6 -1 -89.6C-4 -89 -7 -87 -8.6 -84Z', HAIR);
  const lock = stroke('M-8.2 -84C-9.4 -76 -8.8 -70 -7.8 -66', HAIR, 2.4) + stroke('M8.2 -84C9.4 -76 8.8 -70 7.8 -66', HAIR, 2.4);
  return hair + aoDai(tone) + face(-83) + fringe + lock + nonLa(-87) + stroke('M-8 -86Q-6 -76 0 -72.6Q6 -76 8 -86', tone.light, 0.8, 0.9);
}

/** An animal dressed for a walk: a head of its own fur over an ao dai, under a hat. */
function dressed(head: string, fur: Tone, tunic: Tone): string {
  const tail = stroke('M9 -26C26 -24 30 -38 25 -48', fur.dark, 4.6);
  const feet = ellipse(-6.6, -1.6, 5.4, 2.6, fur.light) + ellipse(6.6, -1.6, 5.4, 2.6, fur.light);
  const paws = circle(-12.6, -47.6, 3.4, fur.light) + circle(12.6, -47.6, 3.4, fur.light);
  return (
    tail +
    feet +
    aoDai(tunic) +
    paws +
    `<g transform="translate(0 -83) scale(0.72)">${head}</g>` +
    `<g transform="translate(0 -5)">${nonLa(-88)}</g>`
  );
}

export function catInAoDai(tunic: Tone): string {
  const fur = toneOf('#f0a35c');
  return dressed(catHead(fur, 0), fur, tunic);
}

export function dogInAoDai(tunic: Tone): string {
  const fur = toneOf('#c98d5a');
  return dressed(dogHead(fur, 0), fur, tunic);
}

/** Somebody in a jacket, standing. */
export function person(tone: Tone): string {
  const legs =
    path('M-8 -46L-9.6 -3H-1.2L0 -38L1.2 -3H9.6L8 -46Z', '#3c4670') + ellipse(-6, -1.8, 5.4, 2.2, INK) + ellipse(6, -1.8, 5.4, 2.2, INK);
  const jacket =
    path('M-11 -72C-13 -60 -11 -48 -10.5 -40Q0 -37 10.5 -40C11 -48 13 -60 11 -72Q0 -79 -11 -72Z', tone.base) +
    path('M2 -76L1.4 -38Q6 -38.4 10.5 -40C11 -48 13 -60 11 -72Q7 -75 2 -76Z', tone.dark, 0.45);
  const arms =
    stroke('M-10.5 -70C-14 -62 -14 -54 -12.6 -46', tone.base, 6) +
    stroke('M10.5 -70C14 -62 14 -54 12.6 -46', tone.dark, 6) +
    circle(-12.4, -43, 2.8, SKIN) +
    circle(12.4, -43, 2.8, SKIN);
  const hair = path('M-9.4 -84C-11 -98 11 -98 9.4 -84C8 -88 4 -90 0 -90C-4 -90 -8 -88 -9.4 -84Z', HAIR);
  return legs + jacket + arms + face(-84) + hair + stroke('M-5 -74.4Q0 -71 5 -74.4', lighten(tone.base, 0.5), 2.2);
}

/** Somebody in a long dress, with long hair. */
export function woman(tone: Tone): string {
  const hair = path('M-11 -86C-14 -70 -13 -58 -9 -52C-3 -49 3 -49 9 -52C13 -58 14 -70 11 -86Z', HAIR);
  const legs = stroke('M-4 -18V-4M4 -18V-4', SKIN, 4.6) + ellipse(-5, -2, 4.4, 2, tone.dark) + ellipse(5, -2, 4.4, 2, tone.dark);
  const dress = path(
    'M-8.6 -73C-9 -64 -6.6 -58 -7 -54C-11 -40 -16 -26 -18 -14Q0 -7 18 -14C16 -26 11 -40 7 -54C6.6 -58 9 -64 8.6 -73Q0 -78 -8.6 -73Z',
    tone.base,
  );
  const folds =
    path('M2 -52C6 -38 9 -24 10 -11.4Q14 -12.4 18 -14C16 -26 11 -40 7 -54Z', tone.dark, 0.5) + stroke('M-7 -54Q0 -51 7 -54', tone.light, 2);
  const arms =
    stroke('M-8.4 -70C-13 -62 -14 -56 -13 -48', SKIN, 4.6) +
    stroke('M8.4 -70C13 -62 14 -56 13 -48', SKIN, 4.6) +
    stroke('M-8.2 -71L-10.4 -66M8.2 -71L10.4 -66', tone.base, 6);
  const fringe = path('M-9.4 -83C-11 -98 11 -98 9.4 -83C7 -89 3 -91 -2 -91C-5 -90 -8 -88 -9.4 -83Z', HAIR);
  return hair + legs + arms + dress + folds + face(-83) + fringe + circle(8.4, -91, 2.6, tone.light);
}

/** A farmer with a shoulder pole and two baskets. */
export function farmer(tone: Tone): string {
  const trousers =
    path('M-8 -44L-10 -2H-1.6L0 -36L1.6 -2H10L8 -44Z', '#2f2b3f') + ellipse(-6, -1.4, 4.8, 2, SKIN) + ellipse(6, -1.4, 4.8, 2, SKIN);
  const shirt =
    path('M-10.6 -72C-12 -58 -11 -46 -11 -38Q0 -35 11 -38C11 -46 12 -58 10.6 -72Q0 -78 -10.6 -72Z', tone.base) +
    stroke('M0 -74V-38', tone.dark, 1);
  const pole = stroke('M-46 -67Q0 -79 46 -67', '#8a5a34', 2.6);
  const basket = (x: number): string =>
    stroke(`M${x} -67L${x - 11} -36M${x} -67L${x + 11} -36`, '#b98a52', 0.9) +
    [-7, 0, 7].map((offset) => circle(x + offset, -37, 5, offset === 0 ? '#f29a3f' : '#8fbf5a')).join('') +
    path(`M${x - 14} -36H${x + 14}Q${x + 11} -22 ${x} -22Q${x - 11} -22 ${x - 14} -36Z`, '#c89455') +
    stroke(`M${x - 13} -31Q${x} -28 ${x + 13} -31`, darken('#c89455', 0.3), 1);
  const arms =
    stroke('M-10 -69C-15 -66 -17 -70 -18 -73', tone.base, 5) +
    stroke('M10 -69C15 -62 15 -54 13 -47', tone.dark, 5) +
    circle(13, -45, 2.5, SKIN);
  return trousers + shirt + basket(-46) + basket(46) + pole + arms + face(-83) + nonLa(-86);
}

/** In a white suit, behind a golden visor. */
export function astronaut(tone: Tone): string {
  const legs =
    path('M-14 -40L-15 -4H-2L0 -32L2 -4H15L14 -40Z', '#eceef6') + rect(-18, -8, 16, 8, '#b9bdd2', 4) + rect(2, -8, 16, 8, '#b9bdd2', 4);
  const pack = rect(-23, -72, 46, 34, '#b9bdd2', 6);
  const body =
    path('M-17 -70C-20 -58 -18 -46 -17 -36Q0 -31 17 -36C18 -46 20 -58 17 -70Z', '#f7f8fc') +
    path('M6 -70L5 -34Q12 -34 17 -36C18 -46 20 -58 17 -70Z', '#d5d8e6') +
    rect(-9, -58, 18, 11, tone.base, 2.5) +
    circle(-4, -52.5, 2, LAMP) +
    circle(3, -52.5, 2, tone.light);
  const arms =
    stroke('M-17 -66C-25 -60 -26 -52 -25 -46', '#eceef6', 9) +
    stroke('M17 -66C27 -68 30 -76 31 -82', '#d5d8e6', 9) +
    circle(-25, -43, 5, tone.base) +
    circle(31.6, -85, 5, tone.base);
  const helmet =
    circle(0, -82, 17.5, '#f7f8fc') +
    ellipse(0, -81, 13.4, 11.4, '#e0a24a') +
    ellipse(0, -82, 12.4, 10, '#2f3566') +
    path('M-9 -85Q-6 -91 1 -91.4Q-5 -88 -6 -83Z', '#ffffff', 0.8);
  return pack + legs + body + arms + helmet + stroke('M-15 -38Q0 -34 15 -38', tone.dark, 2.4);
}

export function child(tone: Tone): string {
  const legs = stroke('M-6 -34V-8M6 -34V-8', SKIN, 7) + ellipse(-7, -3, 8, 4, tone.dark) + ellipse(7, -3, 8, 4, tone.dark);
  const dress =
    path('M-11 -58C-15 -48 -19 -36 -21 -26Q0 -19 21 -26C19 -36 15 -48 11 -58Q0 -63 -11 -58Z', tone.base) +
    stroke('M-18 -33Q0 -26 18 -33', tone.light, 2.4);
  const arms = stroke('M-11 -56C-20 -54 -25 -60 -28 -68', SKIN, 5.6) + stroke('M11 -56C20 -54 25 -60 28 -68', SKIN, 5.6);
  const head = `<g transform="translate(0 -78) scale(1.75)">${face(0)}</g>`;
  const hair =
    path('M-17 -76C-20 -102 20 -102 17 -76C13 -86 6 -90 -2 -90C-9 -88 -14 -84 -17 -76Z', HAIR) +
    circle(-18, -88, 6.5, HAIR) +
    circle(18, -88, 6.5, HAIR) +
    circle(-14, -87, 2.4, tone.light) +
    circle(14, -87, 2.4, tone.light);
  return arms + legs + dress + head + hair;
}
