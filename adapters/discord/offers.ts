import type { ModelCard } from '#src/core/model.ts';

/** A model that is gone, or that the service never had, is no choice. */
const OFFERED: readonly string[] = ['active', 'legacy'];

export const offered = (cards: readonly ModelCard[]): readonly ModelCard[] =>
  cards.filter(({ lifecycle }) => OFFERED.includes(lifecycle.status));

/** What clips can be, by the cards: nothing where no card makes any. */
export function filmingOf(cards: readonly ModelCard[]) {
  const able = offered(cards).filter(({ tasks }) => tasks.includes('video'));
  const filming = able.flatMap((card) => card.filming ?? []);
  return {
    isOffered: able.length > 0,
    durationsSeconds: [...new Set(filming.flatMap(({ durationsSeconds }) => durationsSeconds))].toSorted((one, other) => one - other),
    resolutions: [...new Set(filming.flatMap(({ resolutions }) => resolutions))].toSorted(),
    ratios: ratiosOf(able),
  };
}

export const ratiosOf = (cards: readonly ModelCard[]): readonly string[] => [
  ...new Set(cards.flatMap(({ aspectRatios }) => Object.keys(aspectRatios))),
];
