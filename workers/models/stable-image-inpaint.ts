import type { ImageModelSpec } from './spec.ts';
import { growOf, maskedOf, serviceCard, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** Stable Image Inpaint: paints into what is white in the mask, or see-through in the picture. */
export const stableImageInpaint: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-inpaint',
    label: 'Stable Image Inpaint',
    aliases: ['stable-image-inpaint', 'stability.stable-image-inpaint-v1:0', 'us.stability.stable-image-inpaint-v1:0'],
    bedrockId: 'us.stability.stable-image-inpaint-v1:0',
    tasks: ['inpaint'],
    styles,
    editing: { finds: ['mask'], masks: { inpaint: { changed: 'white', pure: false } } },
  },
  toBody: (input) => ({ fields: { ...wordsOf(input), ...growOf(input), ...styleOf(input) }, pictures: maskedOf(input) }),
  fromBody: fromStabilityBody,
};
