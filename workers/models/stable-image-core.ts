import type { ImageModelSpec } from './spec.ts';
import { fromStabilityBody, stabilityCard, wordsOf } from './stability.ts';

/** Stable Image Core: the quick and cheap one, from words only. It has no modes and refuses the word. */
export const stableImageCore: ImageModelSpec = {
  card: {
    ...stabilityCard,
    id: 'core',
    label: 'Stable Image Core',
    aliases: ['sd-core', 'stable-core', 'image-core', 'stability.stable-image-core-v1:1'],
    bedrockId: 'stability.stable-image-core-v1:1',
    tasks: ['imagine'],
    inputPicture: undefined,
    strengthDefault: undefined,
    priceMicros: 40_000,
  },
  toBody: (input) => ({ fields: { ...wordsOf(input), aspect_ratio: input.aspectRatio }, pictures: {} }),
  fromBody: fromStabilityBody,
};
