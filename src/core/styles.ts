import type { ModelCard } from './model.ts';
import { canDo } from './routing.ts';
import type { Errand } from './tasks.ts';

/** `Pixel art` is `pixel-art`: people type a style as they say it. */
const squash = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** The card's own name for a style; undefined where it has none like it. */
export function styleOfCard({ styles }: ModelCard, wished: string): string | undefined {
  return styles.find((style) => squash(style) === squash(wished));
}

/** Who has the style that is wished for: the first of those who can do the errand. Undefined where none has it, or none is wished for. */
export function modelWithStyle(style: string | undefined, errand: Errand, cards: readonly ModelCard[]): string | undefined {
  if (style === undefined) return undefined;
  return cards.find((card) => canDo(card, errand) && styleOfCard(card, style) !== undefined)?.id;
}
