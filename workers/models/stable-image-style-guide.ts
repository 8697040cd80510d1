import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard, strengthOf, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, stabilityCard, wordsOf } from './stability.ts';

/** Stable Image Style Guide: paints the words in the style of the one picture it is given. */
export const stableImageStyleGuide: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'style-guide',
    label: 'Stable Image Style Guide',
    aliases: ['stable-image-style-guide', 'stability.stable-image-style-guide-v1:0', 'us.stability.stable-image-style-guide-v1:0'],
    bedrockId: 'us.stability.stable-image-style-guide-v1:0',
    tasks: ['restyle'],
    aspectRatios: stabilityCard.aspectRatios,
    styles,
    editing: {},
  },
  toBody: (input) => ({
    fields: { ...wordsOf(input), aspect_ratio: input.aspectRatio, ...strengthOf(input, 'fidelity', 1, 0), ...styleOf(input) },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
