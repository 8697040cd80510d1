import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard, strengthOf, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** Stable Image Control Structure: keeps a picture’s composition and paints something else in it. */
export const stableImageControlStructure: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-structure',
    label: 'Stable Image Control Structure',
    aliases: [
      'stable-image-control-structure',
      'stability.stable-image-control-structure-v1:0',
      'us.stability.stable-image-control-structure-v1:0',
    ],
    bedrockId: 'us.stability.stable-image-control-structure-v1:0',
    tasks: ['structure'],
    styles,
    editing: {},
  },
  // How strongly the picture controls is the inverse of how strongly it is changed.
  toBody: (input) => ({
    fields: { ...wordsOf(input), ...strengthOf(input, 'control_strength', 1, 0), ...styleOf(input) },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
