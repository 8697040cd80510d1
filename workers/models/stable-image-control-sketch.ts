import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard, strengthOf, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** Stable Image Control Sketch: paints what a drawing's lines say. */
export const stableImageControlSketch: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-sketch',
    label: 'Stable Image Control Sketch',
    aliases: ['stable-image-control-sketch', 'stability.stable-image-control-sketch-v1:0', 'us.stability.stable-image-control-sketch-v1:0'],
    bedrockId: 'us.stability.stable-image-control-sketch-v1:0',
    tasks: ['sketch'],
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
