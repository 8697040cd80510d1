import type { ImageModelSpec } from './spec.ts';
import { growOf, imageOf, serviceCard, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** Stable Image Search and Recolor: finds a thing by its name and gives it another colour. */
export const stableImageSearchRecolor: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-recolor',
    label: 'Stable Image Search and Recolor',
    aliases: ['stable-image-search-recolor', 'stability.stable-image-search-recolor-v1:0', 'us.stability.stable-image-search-recolor-v1:0'],
    bedrockId: 'us.stability.stable-image-search-recolor-v1:0',
    tasks: ['recolor'],
    styles,
    editing: { finds: ['words'] },
  },
  toBody: (input) => ({
    fields: { ...wordsOf(input), select_prompt: input.subject ?? '', ...growOf(input), ...styleOf(input) },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
