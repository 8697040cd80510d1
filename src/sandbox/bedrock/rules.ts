/** What one member of a request's body may be. The checks read this table; there is no rule about fields anywhere else. */
export type FieldRule =
  | { readonly kind: 'text'; readonly lengthMax: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'picture' };

export interface ModelRules {
  readonly id: string;
  readonly regions: readonly string[];
  /** Millionths of a US dollar for one picture. */
  readonly priceMicros: number;
  /** In the order in which the service lists them when it complains. */
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly acceptsPicture: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

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

const text: FieldRule = { kind: 'text', lengthMax: 10_000 };
const aspectRatio: FieldRule = { kind: 'choice', choices: Object.keys(SIZES) };
const strength: FieldRule = { kind: 'number', min: 0, max: 1 };
const seedUpTo = (max: number): FieldRule => ({ kind: 'integer', min: 0, max });

export const MODELS: readonly ModelRules[] = [
  {
    id: 'stability.sd3-5-large-v1:0',
    regions: ['us-west-2'],
    priceMicros: 80_000,
    acceptsPicture: true,
    fields: {
      prompt: text,
      negative_prompt: text,
      mode: { kind: 'choice', choices: ['text-to-image', 'image-to-image'] },
      strength,
      seed: seedUpTo(4_294_967_294),
      output_format: { kind: 'choice', choices: ['jpeg', 'png', 'webp'] },
      image: { kind: 'picture' },
      aspect_ratio: aspectRatio,
    },
  },
  {
    // Its page documents `image`, its card says that pictures are not taken: the fields are known, and a picture is refused.
    id: 'stability.stable-image-ultra-v1:1',
    regions: ['us-west-2'],
    priceMicros: 140_000,
    acceptsPicture: false,
    fields: {
      prompt: text,
      negative_prompt: text,
      mode: { kind: 'choice', choices: ['text-to-image'] },
      strength,
      seed: seedUpTo(4_294_967_295),
      output_format: { kind: 'choice', choices: ['jpeg', 'png'] },
      image: { kind: 'picture' },
      aspect_ratio: aspectRatio,
    },
  },
  {
    id: 'stability.stable-image-core-v1:1',
    regions: ['us-west-2'],
    priceMicros: 40_000,
    acceptsPicture: false,
    fields: {
      prompt: text,
      negative_prompt: text,
      seed: seedUpTo(4_294_967_295),
      output_format: { kind: 'choice', choices: ['jpeg', 'png'] },
      aspect_ratio: aspectRatio,
    },
  },
];

/** Past their end of life by November 2026. The former versions of today's models are counted among them, which is not confirmed. */
export const RETIRED_MODELS: readonly string[] = [
  'amazon.titan-image-generator-v1',
  'amazon.titan-image-generator-v2:0',
  'amazon.nova-canvas-v1:0',
  'amazon.nova-reel-v1:0',
  'amazon.nova-reel-v1:1',
  'stability.stable-diffusion-xl-v0',
  'stability.stable-diffusion-xl-v1',
  'stability.sd3-large-v1:0',
  'stability.stable-image-ultra-v1:0',
  'stability.stable-image-core-v1:0',
];

/** To be had only through an inference profile, whose id begins with `us.`. */
export const PROFILE_ONLY_MODELS: readonly string[] = [
  'stability.stable-image-inpaint-v1:0',
  'stability.stable-outpaint-v1:0',
  'stability.stable-image-erase-object-v1:0',
  'stability.stable-image-search-replace-v1:0',
  'stability.stable-image-search-recolor-v1:0',
  'stability.stable-image-remove-background-v1:0',
  'stability.stable-image-control-sketch-v1:0',
  'stability.stable-image-control-structure-v1:0',
  'stability.stable-image-style-guide-v1:0',
  'stability.stable-style-transfer-v1:0',
  'stability.stable-conservative-upscale-v1:0',
  'stability.stable-creative-upscale-v1:0',
  'stability.stable-fast-upscale-v1:0',
];

export const PICTURE_SIDE_PIXELS_MIN = 64;
/** The sandbox's own guards: the model's documentation gives no upper limit. */
export const PICTURE_SIDE_PIXELS_MAX = 4096;
export const PICTURE_PIXELS_MAX = PICTURE_SIDE_PIXELS_MAX * PICTURE_SIDE_PIXELS_MAX;
/** Of a request's body and of an answer's. */
export const BODY_BYTES_MAX = 25_000_000;
export const MODEL_ID_LENGTH_MAX = 2048;
