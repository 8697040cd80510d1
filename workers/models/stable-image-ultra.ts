import type { ImageModelSpec } from './spec.ts';
import { fromStabilityBody, stabilityCard, wordsOf } from './stability.ts';

/** Stable Image Ultra: the finest of the three, from words only. Its page also speaks of pictures, its card says that it takes none. */
export const stableImageUltra: ImageModelSpec = {
  card: {
    ...stabilityCard,
    id: 'ultra',
    label: 'Stable Image Ultra',
    aliases: ['sd-ultra', 'stable-ultra', 'image-ultra', 'stability.stable-image-ultra-v1:1'],
    bedrockId: 'stability.stable-image-ultra-v1:1',
    tasks: ['imagine'],
    inputPicture: undefined,
    strengthDefault: undefined,
    priceMicros: 140_000,
  },
  toBody: (input) => ({ fields: { mode: 'text-to-image', ...wordsOf(input), aspect_ratio: input.aspectRatio }, pictures: {} }),
  fromBody: fromStabilityBody,
};
