/** Pictures of one size as red, green, blue, one byte each, row by row: what a film leads through, at least one. */
export interface Storyboard {
  readonly width: number;
  readonly height: number;
  readonly stills: readonly Uint8Array[];
  /** Where the eye wanders while it comes nearer: from -1, left or up, to 1. */
  readonly drift: { readonly x: number; readonly y: number };
  readonly isLooped: boolean;
}

/** How much nearer the eye comes before the next still takes over. */
const NEARER = 0.14;
const FADE = { from: 0.35, to: 0.65 };

/**
 * The frame at a share of the film from 0 to 1: a slow way into each still, and a fade to the next. The first and the last frame are the first and
 * the last still as they are; a film that loops ends as it begins.
 */
export function frameAt(board: Storyboard, share: number): Uint8Array {
  const [first] = board.stills;
  if (first === undefined) throw new RangeError('a film leads through one still at least');
  if (board.stills.length === 1) return near(board, first, board.isLooped ? (1 - Math.cos(2 * Math.PI * share)) / 2 : eased(share));
  const stills = board.isLooped ? [...board.stills, first] : board.stills;
  const at = share * (stills.length - 1);
  const index = Math.min(Math.floor(at), stills.length - 2);
  const [from = first, to = first] = stills.slice(index);
  const way = at - index;
  const fade = eased((way - FADE.from) / (FADE.to - FADE.from));
  if (fade === 0) return near(board, from, eased(way));
  if (fade === 1) return near(board, to, eased(1 - way));
  return mixed(near(board, from, eased(way)), near(board, to, eased(1 - way)), fade);
}

const eased = (share: number): number => {
  const way = Math.min(1, Math.max(0, share));
  return way * way * (3 - 2 * way);
};

const mixed = (one: Uint8Array, two: Uint8Array, share: number): Uint8Array =>
  one.map((value, at) => Math.round(value + ((two[at] ?? 0) - value) * share));

/** The still seen from nearer: its part around a place, enlarged to the whole, with the pixels between those that there are. */
function near({ width, height, drift }: Storyboard, still: Uint8Array, share: number): Uint8Array {
  if (share === 0) return still;
  const across = axis(width, 1 + NEARER * share, drift.x);
  const down = axis(height, 1 + NEARER * share, drift.y);
  const out = new Uint8Array(still.length);
  let at = 0;
  for (const { first: top, second: bottom, weight: low } of down) {
    for (const { first: left, second: right, weight: far } of across) {
      for (let channel = 0; channel < 3; channel += 1) {
        const one = still[(top * width + left) * 3 + channel] ?? 0;
        const two = still[(top * width + right) * 3 + channel] ?? 0;
        const three = still[(bottom * width + left) * 3 + channel] ?? 0;
        const four = still[(bottom * width + right) * 3 + channel] ?? 0;
        const upper = one + (two - one) * far;
        out[at] = upper + (three + (four - three) * far - upper) * low;
        at += 1;
      }
    }
  }
  return out;
}

/** Between which two pixels each pixel of an enlarged line lies, and how near to the second. */
function axis(length: number, magnification: number, drift: number): readonly { first: number; second: number; weight: number }[] {
  const start = ((length - length / magnification) / 2) * (1 + drift);
  return Array.from({ length }, (_, at) => {
    const place = Math.min(length - 1, start + at / magnification);
    const first = Math.floor(place);
    return { first, second: Math.min(length - 1, first + 1), weight: place - first };
  });
}
