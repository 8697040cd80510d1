import type { ImageModelSpec } from './spec.ts';
import { growOf, maskedOf, outputOf, serviceCard } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Image Erase Object: takes away what is white in the mask, and listens to no words. */
export const stableImageEraseObject: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-erase',
    label: 'Stable Image Erase Object',
    aliases: ['stable-image-erase-object', 'stability.stable-image-erase-object-v1:0', 'us.stability.stable-image-erase-object-v1:0'],
    bedrockId: 'us.stability.stable-image-erase-object-v1:0',
    tasks: ['erase'],
    negativePrompt: undefined,
    editing: { finds: ['mask'], masks: { erase: { changed: 'white', pure: false } } },
  },
  toBody: (input) => ({ fields: { ...growOf(input), ...outputOf(input) }, pictures: maskedOf(input) }),
  fromBody: fromStabilityBody,
};
