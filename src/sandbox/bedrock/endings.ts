/** When models end that are still there: what has a day today. */
export interface Endings {
  /** From `at` on, in epoch milliseconds, the model is past its end; in one region, or in all. */
  end(modelId: string, at: number, region?: string): void;
  endOf(modelId: string, region: string): number | undefined;
}

export function createEndings(): Endings {
  const ends = new Map<string, number>();
  return {
    end: (modelId, at, region = '*') => void ends.set(`${region} ${modelId}`, at),
    endOf: (modelId, region) => ends.get(`${region} ${modelId}`) ?? ends.get(`* ${modelId}`),
  };
}

export const hasEnded = (endings: Endings, modelId: string, region: string): boolean =>
  (endings.endOf(modelId, region) ?? Number.POSITIVE_INFINITY) <= Date.now();
