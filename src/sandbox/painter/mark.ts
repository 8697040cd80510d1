import { decimal, place, rect, stroke } from './shapes.ts';

/** Letters as strokes on a grid 4 wide and 6 high: the machine's fonts differ, these lines do not. */
const LETTERS: Readonly<Record<string, string>> = {
  S: 'M4 1C3.4 0.2 2.7 0 2 0C0.9 0 0.1 0.6 0.1 1.5C0.1 3.6 4 2.4 4 4.5C4 5.4 3.1 6 2 6C1.2 6 0.5 5.7 0 5',
  A: 'M0 6L2 0L4 6M0.8 4H3.2',
  N: 'M0 6V0L4 6V0',
  D: 'M0.2 0V6H1.6C3.2 6 4 4.8 4 3C4 1.2 3.2 0 1.6 0Z',
  B: 'M0.2 3V0H2.2C3.2 0 3.7 0.6 3.7 1.5C3.7 2.4 3.2 3 2.2 3H0.2V6H2.4C3.4 6 4 5.4 4 4.5C4 3.6 3.4 3 2.4 3',
  O: 'M2 0C3.3 0 4 1.3 4 3C4 4.7 3.3 6 2 6C0.7 6 0 4.7 0 3C0 1.3 0.7 0 2 0Z',
  X: 'M0 0L4 6M4 0L0 6',
};

const LETTER_STEP = 6.4;

/** The word SANDBOX on a small pill in the lower right corner: in every picture, so that none is taken for a model's work. */
function drawMark(width: number, height: number): string {
  const letters = 'SANDBOX'.split('');
  const unit = ((width + height) / 2) * 0.0038;
  const wide = letters.length * LETTER_STEP - (LETTER_STEP - 4) + 7;
  const drawn = letters.map((letter, index) =>
    place(stroke(LETTERS[letter] ?? '', '#ffffff', 1.05), { x: index * LETTER_STEP + 3.5, y: 3 }),
  );
  const pill = rect(0, 0, wide, 12, '#15132b', 6, 0.7);
  return place(pill + drawn.join(''), { x: width - (wide + 4) * unit, y: height - 16 * unit, scale: unit });
}

/** The mark alone, as a whole drawing of the picture's size. */
export function markDrawing(width: number, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${decimal(width)}" height="${decimal(height)}">${drawMark(width, height)}</svg>`;
}
