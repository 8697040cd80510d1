import type { VideoModelSpec } from './spec.ts';

/** Nova Reel, which ended in September 2026 (Amazon Nova user guide, video generation): one shot of six seconds, from words. */
export const novaReel: VideoModelSpec = {
  card: {
    id: 'nova-reel',
    label: 'Amazon Nova Reel',
    aliases: ['reel', 'nova-reel-1.1', 'amazon.nova-reel-v1:0', 'amazon.nova-reel-v1:1'],
    bedrockId: 'amazon.nova-reel-v1:1',
    regions: ['us-east-1'],
    tasks: ['video'],
    aspectRatios: { '16:9': { width: 1280, height: 720 } },
    defaultAspectRatio: '16:9',
    prompt: { lengthMax: 512, lengthTarget: 450 },
    negativePrompt: undefined,
    // Clips are not asked for by seed: all of them have the one that is its own default.
    seedMax: 1,
    styles: [],
    // Its first picture had to be of 1280 by 720 pixels exactly, which nobody sends.
    inputPicture: undefined,
    editing: { pictures: { min: 0, max: 0 } },
    filming: { durationsSeconds: [6], resolutions: ['720p'], secondMicros: { '720p': 80_000 }, frames: [], canLoop: false },
    strengthDefault: undefined,
    priceMicros: 480_000,
    lifecycle: { status: 'retired', on: '2026-09-30', successor: 'luma-ray-2' },
  },
  toInput: ({ prompt, durationSeconds }) => ({
    taskType: 'TEXT_VIDEO',
    textToVideoParams: { text: prompt },
    videoGenerationConfig: { durationSeconds, fps: 24, dimension: '1280x720', seed: 42 },
  }),
};
