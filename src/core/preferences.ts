import type { ModelCard } from './model.ts';
import { nearestOfCard } from './nearest.ts';
import type { Options } from './request.ts';
import { canDo } from './routing.ts';
import { styleOfCard } from './styles.ts';
import type { Errand } from './tasks.ts';

/** What a person wants unless they say otherwise. */
export interface Preferences {
  /** Empty when nothing was chosen. */
  read(tenant: string, requesterId: string): Promise<Options>;
  /** Takes the place of what was chosen before. */
  write(tenant: string, requesterId: string, options: Options): Promise<void>;
}

/** The model somebody prefers, where it can do the task. */
export function preferredModel({ model }: Options, errand: Errand, cards: readonly ModelCard[]): string | undefined {
  return cards.find((card) => card.id === model && canDo(card, errand))?.id;
}

/** Of what somebody prefers, what this card can do: a preference is no wish, so nobody is refused because of one. */
export function fitPreferences({ aspectRatio, count, enhance, negativePrompt, style }: Options, card: ModelCard): Options {
  const isRatioKnown = aspectRatio !== undefined && card.aspectRatios[aspectRatio] !== undefined;
  const known = style === undefined ? undefined : styleOfCard(card, style);
  return {
    ...(count === undefined ? {} : { count }),
    ...(enhance === undefined ? {} : { enhance }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(isRatioKnown ? { aspectRatio } : {}),
    ...(known === undefined ? {} : { style: known }),
  };
}

/** What somebody asked of one model, as near as another comes to it: the nearest ratio, a seed in its range, a style only if it has that one. */
export function fitWishes(options: Options, card: ModelCard): Options {
  const { aspectRatio, seed, style, ...rest } = options;
  const known = style === undefined ? undefined : styleOfCard(card, style);
  return {
    ...rest,
    ...(aspectRatio !== undefined && Object.keys(card.aspectRatios).length > 0 ? { aspectRatio: nearestOfCard(card, aspectRatio) } : {}),
    ...(seed === undefined ? {} : { seed: ((seed - 1) % card.seedMax) + 1 }),
    ...(known === undefined ? {} : { style: known }),
  };
}
