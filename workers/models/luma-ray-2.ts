import type { Media } from '#src/core/media.ts';
import type { Document, VideoModelSpec } from './spec.ts';

/** Luma Ray2: clips from words, and from a first or a last picture (Amazon Bedrock user guide, Luma AI). */
export const lumaRay2: VideoModelSpec = {
  card: {
    id: 'luma-ray-2',
    label: 'Luma Ray2',
    aliases: ['luma', 'ray', 'ray2', 'luma-ray', 'luma.ray-v2:0'],
    bedrockId: 'luma.ray-v2:0',
    regions: ['us-west-2'],
    tasks: ['video'],
    // The documents name the ratios and not their pixels: the name of a resolution is taken for the short side, here of the smaller one.
    aspectRatios: {
      '1:1': { width: 540, height: 540 },
      '16:9': { width: 960, height: 540 },
      '9:16': { width: 540, height: 960 },
      '4:3': { width: 720, height: 540 },
      '3:4': { width: 540, height: 720 },
      '21:9': { width: 1260, height: 540 },
      '9:21': { width: 540, height: 1260 },
    },
    defaultAspectRatio: '16:9',
    // It takes 5000 characters and 300 tokens, whichever is reached first; nobody says whose tokens. English has about four characters in one.
    prompt: { lengthMax: 1000, lengthTarget: 600 },
    negativePrompt: undefined,
    // It has no seeds: there is one of them.
    seedMax: 1,
    styles: [],
    // Two of them have to fit into one request, as base64.
    inputPicture: {
      types: ['image/jpeg', 'image/png'],
      sidePixelsMin: 512,
      sidePixelsMax: 4096,
      pixelsMax: 4096 * 4096,
      sideRatioMax: 8,
      bytesMax: 8_000_000,
    },
    editing: { pictures: { min: 0, max: 2 } },
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
  },
  toInput({ prompt, aspectRatio, durationSeconds, resolution, isLooped, first, last }) {
    const keyframes = { ...(first && { frame0: keyframeOf(first) }), ...(last && { frame1: keyframeOf(last) }) };
    return {
      prompt,
      aspect_ratio: aspectRatio,
      duration: `${durationSeconds}s`,
      resolution,
      loop: isLooped,
      ...(first === undefined && last === undefined ? {} : { keyframes }),
    };
  },
};

const keyframeOf = ({ bytes, type }: Media): Document => ({
  type: 'image',
  source: { type: 'base64', media_type: type, data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') },
});
