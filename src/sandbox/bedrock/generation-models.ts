import { z } from 'zod';
import type { FieldRule, PictureLimits } from './fields.ts';
import type { Json, ModelRules, Size, Work } from './rules.ts';

/** The pixels of each ratio are not documented: these are the usual ones of about a megapixel. */
export const SIZES: Readonly<Record<string, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '16:9': { width: 1344, height: 768 },
  '21:9': { width: 1536, height: 640 },
  '2:3': { width: 832, height: 1216 },
  '3:2': { width: 1216, height: 832 },
  '4:5': { width: 896, height: 1088 },
  '5:4': { width: 1088, height: 896 },
  '9:16': { width: 768, height: 1344 },
  '9:21': { width: 640, height: 1536 },
};

/** The upper limits are the sandbox's own guards: the documents give none. */
const picture: PictureLimits = {
  formats: ['jpeg', 'png', 'webp'],
  sideMin: 64,
  sideMax: 4096,
  pixelsMin: 0,
  pixelsMax: 4096 * 4096,
  ratioMax: Number.POSITIVE_INFINITY,
  bytesMax: Number.POSITIVE_INFINITY,
};

const text: FieldRule = { kind: 'text', lengthMax: 10_000 };
const aspectRatio: FieldRule = { kind: 'choice', choices: Object.keys(SIZES) };
const strength: FieldRule = { kind: 'number', min: 0, max: 1 };
const seedUpTo = (max: number): FieldRule => ({ kind: 'integer', min: 0, max });

/** The body once every field was held against the table: only what depends on other fields is still open. */
const fieldsSchema = z.object({
  prompt: z.string(),
  negative_prompt: z.string().default(''),
  mode: z.string().optional(),
  strength: z.number().optional(),
  seed: z.number().default(0),
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
  image: z.string().optional(),
  aspect_ratio: z.string().default('1:1'),
});

const methods = (acceptsPicture: boolean): Pick<ModelRules, 'dialect' | 'shortName' | 'check' | 'read'> => ({
  dialect: 'generation',
  shortName: '',
  check: (json) => checkTogether(json, acceptsPicture),
  read(json, pictures) {
    const fields = fieldsSchema.parse(json);
    const { prompt, negative_prompt: negativePrompt, seed, output_format: format } = fields;
    const { image } = pictures;
    const work: Work =
      image === undefined
        ? { kind: 'scene', size: SIZES[fields.aspect_ratio] ?? { width: 1024, height: 1024 } }
        : { kind: 'transform', image: image.bytes, size: likeInput(image), strength: fields.strength ?? 1 };
    return { prompt, negativePrompt, seed, format, count: 1, work };
  },
});

/** That a transformed picture keeps its input's size, in multiples of 64, is likely and not confirmed. */
const likeInput = (size: Size): Size => ({ width: toMultiple(size.width), height: toMultiple(size.height) });
const toMultiple = (side: number): number => Math.max(1, Math.round(side / 64)) * 64;

function checkTogether(json: Json, acceptsPicture: boolean): string | undefined {
  const [image, mode] = [json['image'], json['mode']];
  const transforms = mode === 'image-to-image' || (mode === undefined && image !== undefined);
  if (image !== undefined && !acceptsPicture) return 'image: this model takes no image';
  if (transforms && image === undefined) return 'image: required for image-to-image';
  if (transforms && json['strength'] === undefined) return 'strength: required for image-to-image';
  if (transforms && json['aspect_ratio'] !== undefined) return 'aspect_ratio: only valid for text-to-image';
  if (!transforms && image !== undefined) return 'image: only valid for image-to-image';
  if (!transforms && json['strength'] !== undefined) return 'strength: only valid for image-to-image';
  return undefined;
}

export const GENERATION_MODELS: readonly ModelRules[] = [
  {
    id: 'stability.sd3-5-large-v1:0',
    regions: ['us-west-2'],
    priceMicros: 80_000,
    ...methods(true),
    body: {
      kind: 'object',
      required: ['prompt'],
      fields: {
        prompt: text,
        negative_prompt: text,
        mode: { kind: 'choice', choices: ['text-to-image', 'image-to-image'] },
        strength,
        seed: seedUpTo(4_294_967_294),
        output_format: { kind: 'choice', choices: ['jpeg', 'png', 'webp'] },
        image: { kind: 'picture', limits: picture },
        aspect_ratio: aspectRatio,
      },
    },
  },
  {
    // Its page documents `image`, its card says that pictures are not taken: the fields are known, and a picture is refused.
    id: 'stability.stable-image-ultra-v1:1',
    regions: ['us-west-2'],
    priceMicros: 140_000,
    ...methods(false),
    body: {
      kind: 'object',
      required: ['prompt'],
      fields: {
        prompt: text,
        negative_prompt: text,
        mode: { kind: 'choice', choices: ['text-to-image'] },
        strength,
        seed: seedUpTo(4_294_967_295),
        output_format: { kind: 'choice', choices: ['jpeg', 'png'] },
        image: { kind: 'picture', limits: picture },
        aspect_ratio: aspectRatio,
      },
    },
  },
  {
    id: 'stability.stable-image-core-v1:1',
    regions: ['us-west-2'],
    priceMicros: 40_000,
    ...methods(false),
    body: {
      kind: 'object',
      required: ['prompt'],
      fields: {
        prompt: text,
        negative_prompt: text,
        seed: seedUpTo(4_294_967_295),
        output_format: { kind: 'choice', choices: ['jpeg', 'png'] },
        aspect_ratio: aspectRatio,
      },
    },
  },
];
