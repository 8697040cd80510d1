import type { ModelCard } from '#src/core/model.ts';

/** A card of a model that makes clips, for stories: two lengths, two sizes, both ends from pictures, three quarters of a dollar a second. */
export const rayCard: ModelCard = {
  id: 'test-ray',
  label: 'Test Ray',
  aliases: [],
  bedrockId: 'test.ray-v1:0',
  regions: ['us-west-2'],
  tasks: ['video'],
  aspectRatios: { '16:9': { width: 960, height: 540 }, '1:1': { width: 720, height: 720 }, '9:16': { width: 540, height: 960 } },
  defaultAspectRatio: '16:9',
  prompt: { lengthMax: 5000, lengthTarget: 1200 },
  negativePrompt: undefined,
  seedMax: 0,
  styles: [],
  inputPicture: {
    types: ['image/jpeg', 'image/png'],
    sidePixelsMin: 512,
    sidePixelsMax: 4096,
    pixelsMax: 4096 * 4096,
    sideRatioMax: 8,
    bytesMax: 10_000_000,
  },
  filming: {
    durationsSeconds: [5, 9],
    resolutions: ['540p', '720p'],
    secondMicros: { '540p': 750_000, '720p': 1_500_000 },
    frames: ['first', 'last'],
    canLoop: true,
  },
  strengthDefault: undefined,
  priceMicros: 3_750_000,
  lifecycle: { status: 'active' },
};

/** One that does less: six seconds in one size, from its first picture at most. */
export const reelCard: ModelCard = {
  ...rayCard,
  id: 'test-reel',
  label: 'Test Reel',
  bedrockId: 'test.reel-v1:0',
  aspectRatios: { '16:9': { width: 1280, height: 720 } },
  filming: {
    durationsSeconds: [6, 12],
    resolutions: ['720p'],
    secondMicros: { '720p': 80_000 },
    frames: ['first'],
    canLoop: false,
  },
  priceMicros: 480_000,
};
