import type { ImageModelSpec } from './spec.ts';
import { bytesOf, outputOf, serviceCard, servicePicture, strengthOf } from './stability-services.ts';
import { fromStabilityBody, wordsOf } from './stability.ts';

/** Stable Style Transfer: gives the first picture the style of the second. */
export const stableStyleTransfer: ImageModelSpec = {
  card: {
    ...serviceCard,
    id: 'style-transfer',
    label: 'Stable Style Transfer',
    aliases: ['stable-style-transfer', 'stability.stable-style-transfer-v1:0', 'us.stability.stable-style-transfer-v1:0'],
    bedrockId: 'us.stability.stable-style-transfer-v1:0',
    tasks: ['restyle'],
    // Two pictures go into one body.
    inputPicture: { ...servicePicture, bytesMax: servicePicture.bytesMax / 2 },
    priceMicros: 80_000,
    editing: { pictures: { min: 2, max: 2 } },
  },
  toBody: (input) => ({
    fields: { ...(input.prompt === '' ? outputOf(input) : wordsOf(input)), ...strengthOf(input, 'change_strength', 0.1, 1) },
    pictures: { init_image: bytesOf(input.image), style_image: bytesOf(input.references?.[0]) },
  }),
  fromBody: fromStabilityBody,
};
