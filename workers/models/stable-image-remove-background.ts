import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Image Remove Background: keeps what is in front, see-through around it. It takes neither words nor a seed. */
export const stableImageRemoveBackground: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-remove-background',
    label: 'Stable Image Remove Background',
    aliases: [
      'stable-image-remove-background',
      'stability.stable-image-remove-background-v1:0',
      'us.stability.stable-image-remove-background-v1:0',
    ],
    bedrockId: 'us.stability.stable-image-remove-background-v1:0',
    tasks: ['remove-background'],
    negativePrompt: undefined,
    editing: {},
  },
  // A JPEG could not be see-through.
  toBody: (input) => ({ fields: { output_format: 'png' }, pictures: imageOf(input) }),
  fromBody: fromStabilityBody,
};
