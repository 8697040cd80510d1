import type { ModelCard } from './model.ts';
import { aspectRatioSchema, type AspectRatio } from './request.ts';

const RATIOS = aspectRatioSchema.options;

/** The choice that needs the fewest changed letters to become what was typed; of equals the first. Both are expected to be short. */
export function nearest(typed: string, choices: readonly string[]): string {
  const ranked = choices.map((choice) => ({ choice, distance: editDistance(typed.toLowerCase().slice(0, 40), choice.toLowerCase()) }));
  return ranked.toSorted((left, right) => left.distance - right.distance)[0]?.choice ?? '';
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [fromIndex, letter] of Array.from(from).entries()) {
    const next = [fromIndex + 1];
    for (let index = 1; index <= to.length; index += 1) {
      const swap = (row[index - 1] ?? 0) + (to[index - 1] === letter ? 0 : 1);
      next.push(Math.min(swap, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The ratio of the card that is nearest in shape: as much too wide is as far as too narrow. */
export function nearestOfCard({ aspectRatios, defaultAspectRatio }: ModelCard, wished: AspectRatio): AspectRatio {
  if (aspectRatios[wished] !== undefined) return wished;
  return nearestToShape({ aspectRatios, defaultAspectRatio }, shapeOf(wished));
}

/** The same for any shape: width over height. */
export function nearestToShape(
  { aspectRatios, defaultAspectRatio }: Pick<ModelCard, 'aspectRatios' | 'defaultAspectRatio'>,
  shape: number,
): AspectRatio {
  const distance = (ratio: AspectRatio): number => Math.abs(Math.log(shapeOf(ratio)) - Math.log(shape));
  const ranked = RATIOS.filter((ratio) => aspectRatios[ratio] !== undefined).toSorted((one, two) => distance(one) - distance(two));
  return ranked[0] ?? defaultAspectRatio;
}

function shapeOf(ratio: AspectRatio): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return width / height;
}
