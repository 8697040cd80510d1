import type { ImageInput, InputPictureLimits, ModelCard } from '#src/core/model.ts';
import type { RequestBody } from './spec.ts';
import { wordsOf } from './stability.ts';

type Fields = RequestBody['fields'];
type Pictures = RequestBody['pictures'];

/** The picture rule that most services share. Base64 makes four bytes of three, and a body has 25 million at most. */
export const servicePicture: InputPictureLimits = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  sidePixelsMin: 64,
  pixelsMax: 9_437_184,
  sideRatioMax: 2.5,
  bytesMax: 18_000_000,
};

/**
 * What the image services of Stability AI have in common (Amazon Bedrock user guide, Stability AI Image Services). They are to be had by their
 * inference profiles alone, whose ids begin with `us.`, and make a picture of the size of the one they are given.
 */
export const serviceCard = {
  regions: ['us-east-1', 'us-east-2', 'us-west-2'],
  aspectRatios: {},
  defaultAspectRatio: '1:1',
  prompt: { lengthMax: 10_000, lengthTarget: 900 },
  negativePrompt: { lengthMax: 10_000 },
  seedMax: 4_294_967_294,
  styles: [],
  inputPicture: servicePicture,
  strengthDefault: undefined,
  priceMicros: 70_000,
  lifecycle: { status: 'active' },
} as const satisfies Partial<ModelCard>;

export const styles = [
  '3d-model',
  'analog-film',
  'anime',
  'cinematic',
  'comic-book',
  'digital-art',
  'enhance',
  'fantasy-art',
  'isometric',
  'line-art',
  'low-poly',
  'modeling-compound',
  'neon-punk',
  'origami',
  'photographic',
  'pixel-art',
  'tile-texture',
] as const;

/** The picture to work on, under the name that most services have for it. */
export const imageOf = ({ image }: ImageInput): Pictures => ({ image: bytesOf(image) });

/** The picture, and where to work on it, when that is not said by its own transparency. */
export const maskedOf = (input: ImageInput): Pictures => ({ ...imageOf(input), ...(input.mask && { mask: input.mask.bytes }) });

/** The pixels of a picture that the card asks for. Without it the request was not checked, which is a mistake of ours. */
export function bytesOf(media: ImageInput['image']): Uint8Array {
  if (media === undefined) throw new Error('a picture is missing that the task needs');
  return media.bytes;
}

export const styleOf = ({ style }: ImageInput): Fields => (style === undefined ? {} : { style_preset: style });
export const growOf = ({ growPixels }: ImageInput): Fields => (growPixels === undefined ? {} : { grow_mask: growPixels });
export const outputOf = ({ seed }: ImageInput): Fields => ({ seed, output_format: 'png' });

/**
 * The person's strength, from 0 (keep the picture) to 1 (ignore it), on a service's own axis, which may run the other way: `keeps` is its value
 * where all is kept. Nothing said is left to the service's default.
 */
export function strengthOf({ strength }: ImageInput, name: string, keeps: number, ignores: number): Fields {
  return strength === undefined ? {} : { [name]: Math.round((keeps + (ignores - keeps) * strength) * 1000) / 1000 };
}

/** Both upscalers that paint ask for words. Four thousand pixels a side as PNG may be more than an answer can hold. */
export function enlargedOf(input: ImageInput): Fields {
  const prompt = input.prompt === '' ? 'the same picture, sharp and detailed' : input.prompt;
  return { ...wordsOf({ ...input, prompt }), output_format: 'jpeg' };
}
