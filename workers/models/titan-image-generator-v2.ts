import type { ModelCard } from '#src/core/model.ts';
import { amazonCard, fromAmazonBody, toAmazonBody } from './amazon-tasks.ts';
import type { ImageModelSpec } from './spec.ts';

/** What both versions of the Titan Image Generator had in common. */
export const titanCard = {
  ...amazonCard,
  regions: ['us-east-1', 'us-west-2'],
  aspectRatios: {
    '1:1': { width: 1024, height: 1024 },
    '2:3': { width: 768, height: 1152 },
    '3:2': { width: 1152, height: 768 },
    '16:9': { width: 1173, height: 640 },
    // It has no others of these shapes: the nearest of its 25 sizes.
    '9:16': { width: 768, height: 1408 },
    '4:5': { width: 896, height: 1152 },
    '5:4': { width: 1152, height: 896 },
    '21:9': { width: 1408, height: 640 },
    '9:21': { width: 640, height: 1408 },
  },
  prompt: { lengthMax: 512, lengthTarget: 400 },
  negativePrompt: { lengthMax: 512 },
  // Of its tiers only the smallest is known for certain, at 0.8 cents: the books never show less than was billed.
  priceMicros: 10_000,
} as const satisfies Partial<ModelCard>;

/** Titan Image Generator v2, which ended in June 2026. */
export const titanImageGeneratorV2: ImageModelSpec = {
  card: {
    ...titanCard,
    id: 'titan-v2',
    label: 'Titan Image Generator v2',
    aliases: ['titan', 'titan-image', 'titan-g1-v2', 'amazon.titan-image-generator-v2:0'],
    bedrockId: 'amazon.titan-image-generator-v2:0',
    tasks: ['imagine', 'transform', 'inpaint', 'erase', 'replace', 'recolor', 'outpaint', 'remove-background', 'sketch', 'structure'],
    lifecycle: { status: 'retired', on: '2026-06-30', successor: 'core' },
  },
  toBody: (input) => toAmazonBody(input, { card: titanCard, styleOf: () => ({}) }),
  fromBody: fromAmazonBody,
};
