import type { ImageModelSpec } from './spec.ts';
import { stableDiffusionXl } from './stable-diffusion-xl.ts';

/** Stable Diffusion 1.5, which people ask for and Bedrock has never had: known so that they are told, and get a picture all the same. */
export const stableDiffusion15: ImageModelSpec = {
  ...stableDiffusionXl,
  card: {
    ...stableDiffusionXl.card,
    id: 'sd1.5',
    label: 'Stable Diffusion 1.5',
    aliases: ['stable-diffusion-1.5', 'stable-diffusion-v1-5', 'stability.stable-diffusion-v1-5'],
    bedrockId: 'stability.stable-diffusion-v1-5',
    regions: [],
    lifecycle: { status: 'never', successor: 'sd3.5-large' },
  },
};
