import { isLiving, type ModelCard } from '#src/core/model.ts';

export const offered = (cards: readonly ModelCard[]): readonly ModelCard[] => cards.filter(isLiving);

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
