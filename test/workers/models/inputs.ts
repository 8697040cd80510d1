import sharp from 'sharp';
import type { Media, MediaType } from '#src/core/media.ts';
import type { ImageInput, ModelCard, VideoInput } from '#src/core/model.ts';

/** One picture to be made, with what a test wants to be different. */
export const input = (changes: Partial<ImageInput> = {}): ImageInput => ({
  task: 'imagine',
  prompt: 'a cat in a long dress at a floating market',
  negativePrompt: '',
  aspectRatio: '1:1',
  seed: 42,
  style: undefined,
  image: undefined,
  strength: undefined,
  ...changes,
});

/** The shortest and smallest clip of a model, with what a test wants to be different. */
export const clip = ({ filming, defaultAspectRatio }: ModelCard, changes: Partial<VideoInput> = {}): VideoInput => ({
  prompt: 'a boat on a river at sunrise',
  aspectRatio: defaultAspectRatio,
  durationSeconds: filming?.durationsSeconds[0] ?? 0,
  resolution: filming?.resolutions[0] ?? '540p',
  isLooped: false,
  first: undefined,
  last: undefined,
  ...changes,
});

/** A picture to begin or to end with. */
export async function keyframePicture(type: MediaType): Promise<Media> {
  const picture = sharp({ create: { width: 640, height: 512, channels: 3, background: '#c05020' } });
  return { bytes: await picture.toFormat(type === 'image/png' ? 'png' : 'jpeg').toBuffer(), type };
}

/** A word that must be found nowhere but in the request. */
export const CANARY = 'canarybird';

/** A small picture to be transformed. */
export async function sketch(): Promise<Media> {
  const bytes = await sharp({ create: { width: 256, height: 192, channels: 3, background: '#88aadd' } })
    .jpeg()
    .toBuffer();
  return { bytes, type: 'image/jpeg' };
}

/** White in the middle of the picture's size: what is to be changed. */
export async function mask(): Promise<Media> {
  const white = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  const bytes = await sharp({ create: { width: 256, height: 192, channels: 3, background: '#000000' } })
    .composite([{ input: white }])
    .png()
    .toBuffer();
  return { bytes, type: 'image/png' };
}

/** What a table of the test is known to hold. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the test looked for something that is not there');
  return value;
}
