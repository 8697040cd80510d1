import type { ImageModelSpec } from './spec.ts';
import { enlargedOf, imageOf, serviceCard, servicePicture, strengthOf, styleOf, styles } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Creative Upscale: up to 4K, with detail that was not there to be seen. */
export const stableCreativeUpscale: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'upscale-creative',
    label: 'Stable Creative Upscale',
    aliases: ['stable-creative-upscale', 'stability.stable-creative-upscale-v1:0', 'us.stability.stable-creative-upscale-v1:0'],
    bedrockId: 'us.stability.stable-creative-upscale-v1:0',
    tasks: ['upscale'],
    inputPicture: { ...servicePicture, pixelsMax: 1_048_576 },
    styles,
    priceMicros: 600_000,
    editing: { upscales: 'creative' },
  },
  toBody: (input) => ({
    fields: { ...enlargedOf(input), ...strengthOf(input, 'creativity', 0.1, 0.5), ...styleOf(input) },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
