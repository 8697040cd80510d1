import type { ImageModelSpec } from './spec.ts';
import { fromStabilityBody, stabilityCard, wordsOf } from './stability.ts';

/** Stable Diffusion 3.5 Large: paints from words, and repaints a picture. */
export const stableDiffusion35Large: ImageModelSpec = {
  card: {
    ...stabilityCard,
    id: 'sd3.5-large',
    label: 'Stable Diffusion 3.5 Large',
    aliases: ['sd', 'sd3', 'sd3.5', 'stable-diffusion', 'stable-diffusion-3.5', 'stability.sd3-5-large-v1:0'],
    bedrockId: 'stability.sd3-5-large-v1:0',
    tasks: ['imagine', 'transform'],
    // Only the shortest side and the types are documented. The model paints a megapixel, so more would be thrown away there, and a ratio
    // beyond 2.5 is what its sister services refuse.
    inputPicture: {
      types: ['image/jpeg', 'image/png', 'image/webp'],
      sidePixelsMin: 64,
      pixelsMax: 1024 * 1024,
      sideRatioMax: 2.5,
      bytesMax: 18_000_000,
    },
    // The service has no default of its own and asks for one. Enough to change the style and to keep the composition.
    strengthDefault: 0.6,
    priceMicros: 80_000,
  },
  toBody(input) {
    if (input.image === undefined) {
      return { fields: { mode: 'text-to-image', ...wordsOf(input), aspect_ratio: input.aspectRatio }, pictures: {} };
    }
    const strength = input.strength ?? stableDiffusion35Large.card.strengthDefault ?? 1;
    return { fields: { mode: 'image-to-image', ...wordsOf(input), strength }, pictures: { image: input.image.bytes } };
  },
  fromBody: fromStabilityBody,
};
