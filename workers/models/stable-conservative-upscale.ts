import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard, servicePicture, strengthOf, enlargedOf } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Conservative Upscale: up to 4K, true to the picture. */
export const stableConservativeUpscale: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'upscale-conservative',
    label: 'Stable Conservative Upscale',
    aliases: ['stable-conservative-upscale', 'stability.stable-conservative-upscale-v1:0', 'us.stability.stable-conservative-upscale-v1:0'],
    bedrockId: 'us.stability.stable-conservative-upscale-v1:0',
    tasks: ['upscale'],
    // Its table says nine megapixels, its introduction one: who has more needs no upscaling.
    inputPicture: { ...servicePicture, pixelsMax: 1_048_576 },
    priceMicros: 400_000,
    editing: { upscales: 'conservative' },
  },
  toBody: (input) => ({
    fields: { ...enlargedOf(input), ...strengthOf(input, 'creativity', 0.1, 0.5) },
    pictures: imageOf(input),
  }),
  fromBody: fromStabilityBody,
};
