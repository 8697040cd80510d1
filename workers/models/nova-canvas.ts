import { amazonCard, fromAmazonBody, toAmazonBody } from './amazon-tasks.ts';
import type { ImageModelSpec } from './spec.ts';

/** Nova Canvas, which ended in September 2026: any size in steps of 16, and styles of its own. */
export const novaCanvas: ImageModelSpec = {
  card: {
    ...amazonCard,
    id: 'nova-canvas',
    label: 'Amazon Nova Canvas',
    aliases: ['nova', 'canvas', 'amazon.nova-canvas-v1:0'],
    bedrockId: 'amazon.nova-canvas-v1:0',
    regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
    tasks: ['imagine', 'transform', 'inpaint', 'erase', 'replace', 'recolor', 'outpaint', 'remove-background', 'sketch', 'structure'],
    aspectRatios: {
      '1:1': { width: 1024, height: 1024 },
      '16:9': { width: 1280, height: 720 },
      '9:16': { width: 720, height: 1280 },
      '3:2': { width: 1248, height: 832 },
      '2:3': { width: 832, height: 1248 },
      '4:5': { width: 896, height: 1120 },
      '5:4': { width: 1120, height: 896 },
      '21:9': { width: 1344, height: 576 },
      '9:21': { width: 576, height: 1344 },
    },
    prompt: { lengthMax: 1024, lengthTarget: 800 },
    negativePrompt: { lengthMax: 1024 },
    styles: [
      '3d-animated-family-film',
      'design-sketch',
      'flat-vector-illustration',
      'graphic-novel-illustration',
      'maximalism',
      'midcentury-retro',
      'photorealism',
      'soft-digital-painting',
    ],
    // Up to 1024 by 1024 in standard quality; how its price goes on from there is not known for certain.
    priceMicros: 40_000,
    lifecycle: { status: 'retired', on: '2026-09-30', successor: 'core' },
  },
  toBody: (input) =>
    toAmazonBody(input, {
      card: novaCanvas.card,
      styleOf: ({ style }) => (style === undefined ? {} : { style: style.toUpperCase().replaceAll('-', '_') }),
    }),
  fromBody: fromAmazonBody,
};
