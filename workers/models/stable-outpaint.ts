import type { ImageModelSpec } from './spec.ts';
import { imageOf, outputOf, serviceCard, strengthOf, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Image Outpaint: goes on beyond the edges, by up to 2,000 pixels on each side. */
export const stableOutpaint: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'stable-outpaint',
    label: 'Stable Image Outpaint',
    aliases: ['stable-image-outpaint', 'stability.stable-outpaint-v1:0', 'us.stability.stable-outpaint-v1:0'],
    bedrockId: 'us.stability.stable-outpaint-v1:0',
    tasks: ['outpaint'],
    negativePrompt: undefined,
    styles,
    priceMicros: 60_000,
    editing: {},
  },
  toBody: (input) => ({
    fields: {
      ...input.margins,
      ...(input.prompt === '' ? {} : { prompt: input.prompt }),
      ...strengthOf(input, 'creativity', 0.1, 1),
      ...styleOf(input),
      ...outputOf(input),
    },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
