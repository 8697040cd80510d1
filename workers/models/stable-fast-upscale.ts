import type { ImageModelSpec } from './spec.ts';
import { imageOf, serviceCard, servicePicture } from './stability-services.ts';
import { fromStabilityBody } from './stability.ts';

/** Stable Fast Upscale: four times as wide and high in about a second, with nothing added. */
export const stableFastUpscale: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'upscale-fast',
    label: 'Stable Fast Upscale',
    aliases: ['stable-fast-upscale', 'stability.stable-fast-upscale-v1:0', 'us.stability.stable-fast-upscale-v1:0'],
    bedrockId: 'us.stability.stable-fast-upscale-v1:0',
    tasks: ['upscale'],
    negativePrompt: undefined,
    inputPicture: { ...servicePicture, sidePixelsMin: 32, sidePixelsMax: 1536, pixelsMax: 1_048_576, sideRatioMax: 16 },
    priceMicros: 30_000,
    editing: { upscales: 'fast' },
  },
  // Sixteen megapixels as PNG may be more than an answer can hold.
  toBody: (input) => ({ fields: { output_format: 'jpeg' }, pictures: imageOf(input) }),
  fromBody: fromStabilityBody,
};
