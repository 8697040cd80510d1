import type { Tone } from '../colour.ts';
import { lighten, mix } from '../colour.ts';
import type { Random } from '../random.ts';
import { circle, decimal, ellipse, path, rect, stroke } from '../shapes.ts';

const BARK = '#7a5240';

export function tree(tone: Tone, random: Random): string {
  const trunk = path('M-5 0C-3 -16 -4 -30 -3 -44H4C4 -30 4 -16 7 0Z', BARK) + stroke('M0 -34L-14 -50M1 -38L15 -54', BARK, 3.4);
  const lean = random.between(-3, 3);
  const crown =
    circle(-18, -54, 18, tone.dark) +
    circle(19, -56, 18, tone.dark) +
    circle(0, -50, 17, tone.dark) +
    circle(-12 + lean, -69, 20, tone.base) +
    circle(13 + lean, -70, 19, tone.base) +
    circle(lean, -81, 18, tone.base);
  const sun =
    circle(-9 + lean, -84, 9, tone.light, 0.8) + circle(-20 + lean, -70, 6.5, tone.light, 0.7) + circle(9 + lean, -74, 6, tone.light, 0.55);
  return trunk + crown + sun;
}

export function pine(tone: Tone): string {
  const tier = (top: number, half: number, low: number, shade: string): string =>
    path(`M0 ${top}L${half} ${low}Q0 ${low + 6} ${-half} ${low}Z`, shade);
  return (
    rect(-4, -14, 8, 14, BARK) + [tier(-62, 30, -10, tone.dark), tier(-80, 25, -34, tone.base), tier(-100, 18, -58, tone.light)].join('')
  );
}

export function palm(tone: Tone, random: Random): string {
  const lean = random.between(8, 16);
  const trunk = path(`M-5 0C0 -30 ${lean - 6} -54 ${lean - 3} -78H${lean + 3}C${lean + 2} -52 6 -28 5 0Z`, '#9a6f4c');
  const rings = [-12, -24, -36, -48, -60].map((y) => stroke(`M${decimal(-3 + (-y / 78) * lean)} ${y}h6`, '#7d5639', 1.2)).join('');
  const frond = (reach: number, rise: number, drop: number, shade: string): string =>
    path(
      `M${lean} -80Q${lean + reach * 0.5} ${-80 - rise} ${lean + reach} ${-80 + drop}Q${lean + reach * 0.45} ${-80 - rise * 0.35} ${lean} -76Z`,
      shade,
    );
  const crown = [
    frond(-44, 30, 2, tone.dark),
    frond(42, 30, 4, tone.dark),
    frond(-38, 12, 22, tone.base),
    frond(38, 12, 24, tone.base),
    frond(-22, 40, -14, tone.light),
    frond(24, 40, -14, tone.light),
  ].join('');
  return trunk + rings + crown + circle(lean - 3, -76, 3.4, '#8a5a2f') + circle(lean + 4, -75, 3.4, '#a36a36');
}

export function bamboo(tone: Tone, random: Random): string {
  const culm = (x: number, top: number, wide: number, shade: string): string => {
    const joints = Array.from({ length: 6 }, (_, index) =>
      stroke(`M${decimal(x - wide / 2)} ${decimal(-12 - index * 14)}h${decimal(wide)}`, tone.light, 1.1),
    );
    return rect(x - wide / 2, top, wide, -top, shade, wide / 2) + joints.join('');
  };
  const leaf = (x: number, y: number, turn: number, shade: string): string =>
    `<g transform="translate(${decimal(x)} ${decimal(y)}) rotate(${decimal(turn)})">${path('M0 0Q8 -5 20 0Q8 4 0 0Z', shade)}</g>`;
  const sprays = Array.from({ length: 16 }, (_, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    const turn = side > 0 ? random.between(10, 60) : random.between(120, 170);
    return leaf(random.pick(-15, -3, 9, 18), -random.between(38, 94), turn, index % 3 === 0 ? tone.light : tone.dark);
  });
  return (
    culm(-15, -88, 5, tone.dark) +
    culm(9, -100, 6, tone.base) +
    culm(-3, -96, 5.4, tone.base) +
    culm(18, -80, 4.6, tone.dark) +
    sprays.join('')
  );
}

/** Lotus flowers, a bud and leaves, standing out of the water. */
export function lotus(tone: Tone): string {
  const stem = '#4f8f5d';
  const leaves =
    ellipse(-34, -6, 30, 8, '#3f8560') +
    ellipse(-34, -7.5, 26, 6, '#58a473') +
    ellipse(34, -3, 28, 7, '#377a57') +
    ellipse(34, -4.4, 24, 5, '#4c9868');
  const petal = (turn: number, shade: string, long: number): string =>
    `<g transform="translate(0 -58) rotate(${turn})">${path(`M0 6C-13 -8 -10 ${-long * 0.7} 0 ${-long}C10 ${-long * 0.7} 13 -8 0 6Z`, shade)}</g>`;
  const outer = [-78, 78, -56, 56].map((turn) => petal(turn, tone.dark, 34)).join('');
  const inner = [-34, 34].map((turn) => petal(turn, tone.base, 38)).join('');
  const bud =
    stroke('M-40 -8C-42 -24 -38 -36 -36 -44', stem, 2.6) +
    path('M-36 -42C-44 -50 -42 -62 -35 -70C-28 -62 -28 -50 -36 -42Z', tone.base) +
    path('M-36 -42C-40 -50 -39 -60 -35 -70C-32 -60 -33 -50 -36 -42Z', tone.light);
  return (
    leaves +
    stroke('M4 -2C2 -22 0 -36 0 -54', stem, 3.4) +
    bud +
    outer +
    inner +
    [-16, 16].map((turn) => petal(turn, tone.light, 41)).join('') +
    petal(0, lighten(tone.light, 0.35), 39) +
    ellipse(0, -58, 5.4, 2.6, '#f2c94f')
  );
}

function bloom(x: number, y: number, radius: number, tone: Tone): string {
  const petals = [0, 72, 144, 216, 288].map((degrees) => {
    const angle = ((degrees - 90) * Math.PI) / 180;
    return circle(
      x + Math.cos(angle) * radius * 0.62,
      y + Math.sin(angle) * radius * 0.62,
      radius * 0.52,
      degrees % 144 === 0 ? tone.base : tone.light,
    );
  });
  return petals.join('') + circle(x, y, radius * 0.3, '#f6d25c');
}

/** A branching tree in flower: peach blossom of the north, or, in yellow, apricot of the south. */
export function blossom(tone: Tone, random: Random): string {
  const limbs =
    path('M-7 0C-4 -14 -8 -26 -4 -38L4 -36C2 -24 3 -12 8 0Z', '#5d3f3c') +
    stroke(
      'M0 -34C-6 -48 -20 -52 -30 -68M0 -34C4 -52 14 -58 26 -78M-2 -40C-2 -56 -6 -72 -4 -88M-16 -50C-24 -50 -32 -50 -38 -46M11 -56C20 -56 28 -54 36 -50',
      '#5d3f3c',
      3.6,
    );
  const clouds = [
    [-26, -64, 15],
    [24, -72, 16],
    [-3, -84, 15],
    [-36, -48, 9],
    [35, -51, 10],
    [9, -58, 10],
    [-12, -56, 9],
  ] as const;
  const haze = clouds.map(([x, y, radius]) => circle(x, y, radius * 0.86, mix(tone.base, tone.dark, 0.35), 0.92)).join('');
  const flowers = clouds.flatMap(([x, y, radius]) =>
    Array.from({ length: 7 }, () =>
      bloom(x + random.between(-1, 1) * radius, y + random.between(-0.9, 0.9) * radius, random.between(3.6, 5.6), tone),
    ),
  );
  const falling = Array.from({ length: 6 }, () => ellipse(random.between(-38, 38), random.between(-36, -3), 1.8, 1.1, tone.light));
  return limbs + haze + flowers.join('') + falling.join('');
}

export function flower(tone: Tone, random: Random): string {
  const sway = random.between(-5, 5);
  const leaf = (side: number, y: number): string =>
    path(`M0 ${y}Q${side * 14} ${y - 18} ${side * 30} ${y - 14}Q${side * 20} ${y + 2} 0 ${y}Z`, side > 0 ? '#4f9a5c' : '#3d8250');
  const petals = Array.from(
    { length: 14 },
    (_, index) =>
      `<g transform="translate(${decimal(sway)} -74) rotate(${decimal((index * 360) / 14)})">${path('M-4.6 -9Q-7 -19 0 -27Q7 -19 4.6 -9Z', index % 2 === 0 ? tone.base : tone.light)}</g>`,
  );
  return (
    stroke(`M0 0C-2 -26 ${decimal(sway)} -48 ${decimal(sway)} -70`, '#3d8250', 4) +
    leaf(1, -14) +
    leaf(-1, -26) +
    petals.join('') +
    circle(sway, -74, 11, '#7a4a2c') +
    circle(sway, -74, 7.5, '#95602f')
  );
}
