import { lighten, luminance, tint, toneOf, type Colour } from './colour.ts';
import { MOTIFS, type MotifName } from './motifs/catalogue.ts';
import type { Motif, Slot } from './motifs/motif.ts';
import type { Random } from './random.ts';
import { circle, ellipse, place } from './shapes.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './wish.ts';

interface Piece {
  readonly name: MotifName;
  readonly motif: Motif;
  readonly colour: Colour;
  readonly random: Random;
}

interface Placed extends Piece {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** How wide a share of the picture one row of things may take. */
const ROW_SHARE = 0.88;
const LIGHT_KEPT_BY_SUBJECTS = 0.45;

/**
 * One drawing for all things of a slot, each where it can stand, none outside the picture, none hiding another of its slot.
 * `base`: the y they stand on, where that is not the slot's usual one.
 */
export function drawSlot(stage: Stage, slot: Slot, subjects: readonly Subject[], base?: number): string {
  const pieces = piecesOf(stage, slot, subjects);
  if (pieces.length === 0) return '';
  const placed = slot === 'sky' || slot === 'under' ? scattered(stage, slot, pieces, subjects) : row(stage, slot, pieces, subjects, base);
  return placed
    .toSorted((one, other) => one.y - other.y)
    .map((piece) => drawPiece(stage, slot, piece))
    .join('');
}

function piecesOf(stage: Stage, slot: Slot, subjects: readonly Subject[]): readonly Piece[] {
  return subjects.flatMap(({ motif: name, count, colour }) => {
    const motif: Motif = MOTIFS[name];
    if (motif.slot !== slot) return [];
    const random = stage.random.fork(name);
    const first = Math.floor(random.next() * motif.colours.length);
    return Array.from({ length: count }, (_, index) => ({
      name,
      motif,
      colour: colour ?? motif.colours[(first + index) % motif.colours.length] ?? motif.colours[0],
      random: random.fork(String(index)),
    }));
  });
}

/** How tall the things of a slot may be at most, as a share of the picture's height. */
const TALL_MAX: Readonly<Record<Slot, number>> = { sky: 0.4, back: 0.62, water: 0.4, front: 0.66, table: 0.5, under: 0.4 };

const standsIn = (subjects: readonly Subject[], slot: Slot): boolean => subjects.some(({ motif }) => MOTIFS[motif].slot === slot);

/** Many are smaller than one, and who stands under something in the air leaves it room. */
function heightsOf(stage: Stage, slot: Slot, pieces: readonly Piece[], subjects: readonly Subject[]): readonly number[] {
  const fewer = pieces.length === 1 ? 1 : pieces.length === 2 ? 0.88 : pieces.length === 3 ? 0.78 : 0.68;
  const room = slot !== 'sky' && standsIn(subjects, 'sky') ? 0.84 : 1;
  return pieces.map(({ motif }) => Math.min(stage.unit * motif.size * fewer, stage.height * TALL_MAX[slot]) * room);
}

function tallest(stage: Stage, slot: Slot, subjects: readonly Subject[]): number {
  return Math.max(0, ...heightsOf(stage, slot, piecesOf(stage, slot, subjects), subjects));
}

function row(
  stage: Stage,
  slot: Slot,
  pieces: readonly Piece[],
  subjects: readonly Subject[],
  base: number | undefined,
): readonly Placed[] {
  const random = stage.random.fork(`row ${slot}`);
  const tall = heightsOf(stage, slot, pieces, subjects);
  const wide = pieces.map((piece, index) => ((tall[index] ?? 0) * piece.motif.wide) / 100);
  const gap = stage.unit * 3.4;
  const total = wide.reduce((sum, each) => sum + each, 0) + gap * (pieces.length - 1);
  const share = Math.min(1, (stage.width * ROW_SHARE) / total);
  const spare = stage.width * ROW_SHARE - total * share;
  let left = stage.width * ((1 - ROW_SHARE) / 2) + spare * sideOf(stage, slot, subjects, random);
  return pieces.map((piece, index) => {
    const half = ((wide[index] ?? 0) * share) / 2;
    const x = left + half;
    left += half * 2 + gap * share;
    const y = footing(stage, slot, index, pieces.length, random);
    return { ...piece, x, y: base ?? y, scale: ((tall[index] ?? 0) * share) / 100 };
  });
}

/** Where in the spare width a row begins: what is behind goes to one side and what is before it to the other, and who is alone may take the middle. */
function sideOf(stage: Stage, slot: Slot, subjects: readonly Subject[], random: Random): number {
  const has = (wanted: Slot): boolean => standsIn(subjects, wanted);
  const behind = stage.random.fork('sides').pick(0.04, 0.96);
  const before = 0.5 + random.between(0.12, 0.36) * (behind < 0.5 ? 1 : -1);
  const alone = 0.5 + random.between(-0.26, 0.26);
  if (slot === 'back') return has('front') || has('water') ? behind : alone;
  if (slot === 'water') return has('front') ? behind : has('back') ? before : alone;
  return has('back') || has('water') ? before : alone;
}

/** The y on which a thing stands: staggered a little, so that a row is not a fence. */
function footing(stage: Stage, slot: Slot, index: number, count: number, random: Random): number {
  const deep = stage.height - stage.horizon;
  const step = count > 1 ? (index % 2 === 0 ? -1 : 1) * stage.unit * 1.1 : 0;
  switch (slot) {
    case 'back':
      return stage.horizon + deep * 0.24 + step * 0.6;
    case 'water':
      return stage.horizon + deep * (0.46 + random.between(-0.05, 0.05)) + step * 2.2;
    case 'table':
      return stage.ground + step * 0.5;
    case 'front':
    case 'sky':
    case 'under':
      return stage.ground + step;
  }
}

/** Things of the air and of the deep: spread over the space in cells, so that none overlap. */
function scattered(stage: Stage, slot: 'sky' | 'under', pieces: readonly Piece[], subjects: readonly Subject[]): readonly Placed[] {
  const above = Math.min(
    stage.ground - tallest(stage, 'front', subjects),
    stage.horizon + stage.unit * 8 - tallest(stage, 'back', subjects),
  );
  const clear = above - stage.unit * 3;
  const heights = heightsOf(stage, slot, pieces, subjects);
  const random = stage.random.fork(`scatter ${slot}`);
  const [top, bottom] =
    slot === 'sky'
      ? [stage.height * 0.04, Math.max(stage.height * 0.26, Math.min(stage.horizon * 0.86, clear))]
      : [stage.height * 0.14, stage.height * 0.82];
  const columns = stage.width > stage.height ? Math.min(pieces.length, 3) : Math.min(pieces.length, pieces.length > 3 ? 2 : 1);
  const rows = Math.ceil(pieces.length / columns);
  const cellHigh = (bottom - top) / rows;
  return pieces.map((piece, index) => {
    const line = Math.floor(index / columns);
    const inLine = Math.min(columns, pieces.length - line * columns);
    const cellWide = (stage.width * 0.94) / inLine;
    const wanted = heights[index] ?? 0;
    const fits = Math.min(1, (cellHigh * 0.94) / wanted, (cellWide * 0.92) / ((wanted * piece.motif.wide) / 100));
    const tall = wanted * fits;
    const looseX = Math.max(0, cellWide - (tall * piece.motif.wide) / 100) / 2;
    const looseY = Math.max(0, cellHigh - tall) / 2;
    const x = stage.width * 0.03 + cellWide * ((index % columns) + 0.5) + looseX * random.between(-0.6, 0.6);
    const y = top + cellHigh * (line + 0.5) + looseY * random.between(-0.7, 0.7) + tall / 2;
    return { ...piece, x, y, scale: tall / 100 };
  });
}

function drawPiece(stage: Stage, slot: Slot, piece: Placed): string {
  const drawn = piece.motif.draw(toneOf(piece.colour), piece.random);
  const depth = slot === 'back' ? 0.06 : 0;
  const lit = tint(drawn, stage.palette.light, stage.palette.lightShare * LIGHT_KEPT_BY_SUBJECTS + depth);
  const standing = place(lit, { x: piece.x, y: piece.y, scale: piece.scale });
  return underfoot(stage, slot, piece) + standing;
}

/** A shadow on the ground, a reflection on the water, a pool of light at night: what keeps a thing from floating. */
function underfoot(stage: Stage, slot: Slot, piece: Placed): string {
  const half = (piece.motif.wide / 2) * piece.scale;
  const dark = stage.hour === 'night' || stage.hour === 'neon';
  switch (slot) {
    case 'front':
    case 'table': {
      const halo =
        dark && luminance(piece.colour) < 0.62
          ? circle(
              piece.x,
              piece.y - piece.scale * 50,
              Math.max(half, piece.scale * 50) * 1.5,
              stage.definitions.radial([0, lighten(stage.palette.orb, 0.2), 0.26], [1, stage.palette.orb, 0]),
            )
          : '';
      return halo + ellipse(piece.x, piece.y, half * 1.02, Math.max(stage.unit * 0.7, half * 0.09), '#1c1633', 0.24);
    }
    case 'back':
      return ellipse(piece.x, piece.y, half * 0.96, stage.unit * 0.8, '#1c1633', 0.2);
    case 'water':
      return ellipse(piece.x, piece.y + stage.unit * 0.5, half * 0.92, stage.unit * 1.1, '#1c1633', 0.2);
    case 'sky':
    case 'under':
      return '';
  }
}
