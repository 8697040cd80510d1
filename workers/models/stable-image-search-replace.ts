import type { ImageModelSpec } from './spec.ts';
import { growOf, imageOf, serviceCard, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** What is asked for in the place of a thing that is to be gone. */
const NOTHING = 'empty background, a plain continuation of the surroundings';

/** Stable Image Search and Replace: finds a thing by its name and paints another in its place, or what is behind it. */
export const stableImageSearchReplace: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-replace',
    label: 'Stable Image Search and Replace',
    aliases: ['stable-image-search-replace', 'stability.stable-image-search-replace-v1:0', 'us.stability.stable-image-search-replace-v1:0'],
    bedrockId: 'us.stability.stable-image-search-replace-v1:0',
    tasks: ['replace', 'erase'],
    styles,
    editing: { finds: ['words'] },
  },
  toBody: (input) => ({
    fields: {
      ...wordsOf(input.task === 'erase' ? { ...input, prompt: NOTHING } : input),
      search_prompt: input.subject ?? '',
      ...growOf(input),
      ...styleOf(input),
    },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
