import type { Tone } from '../colour.ts';
import { LAMP, LAMP_CORE, darken, lighten } from '../colour.ts';
import { circle, path, rect, stroke } from '../shapes.ts';
import { INK } from './motif.ts';

const window = (x: number, y: number, wide: number, tall: number): string =>
  rect(x, y, wide, tall, LAMP, 1) +
  rect(x, y, wide, tall * 0.4, LAMP_CORE, 1) +
  stroke(`M${x + wide / 2} ${y}V${y + tall}M${x} ${y + tall / 2}H${x + wide}`, '#7a4b3a', 1);

export function house(tone: Tone): string {
  const walls = rect(-46, -52, 92, 52, tone.light) + rect(14, -52, 32, 52, tone.base) + rect(-46, -6, 92, 6, darken(tone.base, 0.35));
  const roof =
    path('M-56 -48L-34 -92H34L56 -48Q0 -43 -56 -48Z', '#b9533c') +
    path('M12 -92H34L56 -48Q36 -46 17 -45.6Z', '#96402f') +
    stroke('M-46 -62H46M-40 -75H40', '#d77a55', 1.6, 0.7);
  const chimney = rect(18, -106, 10, 20, '#96402f');
  const door = rect(-9, -36, 18, 36, '#6f4233', 2) + circle(5, -18, 1.5, LAMP);
  return (
    walls + chimney + roof + door + window(-36, -38, 18, 18) + window(20, -38, 18, 18) + stroke('M-52 0H52', darken(tone.base, 0.45), 2)
  );
}

/** A wooden house on stilts. */
export function stiltHouse(tone: Tone): string {
  const posts = [-40, -20, 0, 20, 40].map((x) => rect(x - 2, -32, 4, 32, '#5d4034')).join('');
  const floor = rect(-50, -36, 100, 5, '#7a5441', 1) + stroke('M-48 -36V-46M48 -36V-46M-48 -45H48M-32 -36V-45M32 -36V-45', '#6b4838', 1.6);
  const walls = rect(-40, -62, 80, 26, tone.base) + stroke('M-24 -62V-36M-8 -62V-36M8 -62V-36M24 -62V-36', tone.dark, 1);
  const roof =
    path('M-56 -58C-40 -70 -32 -88 -28 -98H28C32 -88 40 -70 56 -58Z', '#b98d57') +
    path('M-28 -98H28L33 -86H-33Z', '#d1a76b') +
    stroke('M-44 -66H44M-36 -77H36', '#94703f', 1.4, 0.8);
  return (
    posts +
    walls +
    window(-20, -56, 12, 14) +
    window(12, -56, 12, 14) +
    floor +
    roof +
    stroke('M-14 -34L-22 0M-8 -34L-16 0M-15.6 -26H-10M-17.6 -17H-12M-19.6 -8H-14', '#6b4838', 1.8)
  );
}

/** A pagoda of three roofs with curved eaves. */
export function pagoda(tone: Tone): string {
  const storey = (floor: number, half: number, tall: number): string => {
    const eave = half + 15;
    const top = floor - tall;
    const roof = path(
      `M${-eave - 3} ${top - 1}Q${-half} ${top - 2} ${-half + 5} ${top - 13}H${half - 5}Q${half} ${top - 2} ${eave + 3} ${top - 1}Q${eave - 2} ${top + 4} ${half + 2} ${top + 4}H${-half - 2}Q${-eave + 2} ${top + 4} ${-eave - 3} ${top - 1}Z`,
      '#8d3b35',
    );
    const posts = [-half + 3, -half / 3, half / 3, half - 3].map((x) => rect(x - 1.4, top, 2.8, tall, '#a33d32')).join('');
    return (
      rect(-half, top, half * 2, tall, tone.base) +
      rect(-half * 0.28, top + 4, half * 0.56, tall - 4, LAMP, 2) +
      posts +
      roof +
      stroke(`M${-half + 3} ${top - 9}H${half - 3}`, '#c9684c', 1.6, 0.8)
    );
  };
  const steps = rect(-44, -5, 88, 5, '#b8aa98') + rect(-38, -9, 76, 4, '#d0c4b2');
  return (
    steps +
    storey(-9, 32, 20) +
    storey(-41, 24, 15) +
    storey(-68, 16, 11) +
    stroke('M0 -91V-102', '#d9a441', 2.4) +
    circle(0, -96, 2.6, '#f0c35a')
  );
}

/** An arched footbridge. */
export function bridge(tone: Tone): string {
  const deck =
    path('M-120 -14C-70 -64 70 -64 120 -14V0H104C78 -36 -78 -36 -104 0H-120Z', tone.base) +
    path('M-104 0C-78 -36 78 -36 104 0H96C70 -29 -70 -29 -96 0Z', tone.dark);
  const posts = [-104, -84, -63, -42, -21, 0, 21, 42, 63, 84, 104].map((x) => {
    const foot = -51 + (x / 120) ** 2 * 36;
    return rect(x - 1.8, foot - 24, 3.6, 25, tone.dark, 1);
  });
  const rails = stroke('M-112 -40C-66 -87 66 -87 112 -40', tone.base, 4) + stroke('M-110 -31C-66 -76 66 -76 110 -31', tone.dark, 2);
  const lamps = [-84, 0, 84]
    .map((x) => circle(x, -51 + (x / 120) ** 2 * 36 - 28, 4.2, LAMP) + circle(x, -51 + (x / 120) ** 2 * 36 - 28, 2, LAMP_CORE))
    .join('');
  return posts.join('') + rails + deck + lamps;
}

export function lighthouse(tone: Tone): string {
  const rock = path('M-36 0C-30 -14 -18 -10 -12 -16H14C22 -10 32 -12 38 0Z', '#6d6a7c');
  const tower =
    path('M-13 -14L-8.6 -78H8.6L13 -14Z', '#fdf6e9') +
    path('M-12 -28L-10.8 -45H10.8L12 -28Z', tone.base) +
    path('M-9.9 -58L-8.8 -74H8.8L9.9 -58Z', tone.base) +
    path('M3 -78H8.6L13 -14H5Z', INK, 0.13);
  return (
    rock +
    tower +
    rect(-12, -81, 24, 4, INK, 1) +
    rect(-6.4, -92, 12.8, 11, LAMP) +
    circle(0, -86.6, 3.4, LAMP_CORE) +
    path('M-9 -92Q0 -104 9 -92Z', tone.dark) +
    rect(-2.6, -22, 5.2, 9, INK, 2.4)
  );
}

export function castle(tone: Tone): string {
  const tower = (x: number, half: number, top: number): string =>
    rect(x - half, top, half * 2, -top, tone.light) +
    rect(x + half * 0.2, top, half * 0.8, -top, tone.base) +
    path(`M${x - half - 4} ${top}L${x} ${top - 26}L${x + half + 4} ${top}Z`, '#5b5ea6') +
    rect(x - 2.4, top + 9, 4.8, 9, LAMP, 2.4);
  const wall =
    rect(-46, -42, 92, 42, lighten(tone.base, 0.12)) +
    path(
      'M-46 -42V-48H-38V-42H-30V-48H-22V-42H-14V-48H-6V-42H2V-48H10V-42H18V-48H26V-42H34V-48H42V-42H46V-36H-46Z',
      lighten(tone.base, 0.12),
    );
  return (
    tower(-24, 9, -58) +
    tower(24, 9, -58) +
    wall +
    tower(-48, 11, -52) +
    tower(48, 11, -52) +
    tower(0, 12, -72) +
    path('M-9 0V-18A9 9 0 0 1 9 -18V0Z', '#5d4038') +
    stroke('M0 -98V-108', INK, 1.4) +
    path('M0 -108L12 -104L0 -100Z', '#e0574a')
  );
}
