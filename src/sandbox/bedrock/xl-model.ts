import { z } from 'zod';
import type { FieldRule, PictureLimits } from './fields.ts';
import type { Json, ModelRules, Order, Pictures, Work } from './rules.ts';
import { COMMON_FIELDS } from './service-fields.ts';

const SIZES: readonly string[] = [
  '1024x1024',
  '1152x896',
  '1216x832',
  '1344x768',
  '1536x640',
  '640x1536',
  '768x1344',
  '832x1216',
  '896x1152',
];
const SAMPLERS = 'DDIM DDPM K_DPMPP_2M K_DPMPP_2S_ANCESTRAL K_DPM_2 K_DPM_2_ANCESTRAL K_EULER K_EULER_ANCESTRAL K_HEUN K_LMS'.split(' ');
const GUIDANCES = 'FAST_BLUE FAST_GREEN NONE SIMPLE SLOW SLOWER SLOWEST'.split(' ');

const limits: PictureLimits = {
  formats: ['jpeg', 'png'],
  sideMin: 64,
  sideMax: 4096,
  pixelsMin: 0,
  pixelsMax: 4096 * 4096,
  ratioMax: Number.POSITIVE_INFINITY,
  bytesMax: 5_000_000,
};
const whole = (min: number, max: number): FieldRule => ({ kind: 'integer', min, max });
const between = (min: number, max: number): FieldRule => ({ kind: 'number', min, max });

const bodySchema = z.object({
  text_prompts: z.array(z.object({ text: z.string(), weight: z.number().default(1) })),
  seed: z.number().default(0),
  width: z.number().default(1024),
  height: z.number().default(1024),
  image_strength: z.number().default(0.35),
  mask_source: z.string().optional(),
});

function check(json: Json, pictures: Pictures): string | undefined {
  const [image, mask] = [pictures['init_image'], pictures['mask_image']];
  if (image === undefined && (json['mask_source'] ?? json['image_strength']) !== undefined) return 'init_image: required';
  if (image !== undefined && (json['width'] ?? json['height']) !== undefined) return 'width and height are not allowed with init_image';
  const isByPicture = json['mask_source'] !== undefined && json['mask_source'] !== 'INIT_IMAGE_ALPHA';
  if (isByPicture !== (mask !== undefined)) return 'mask_image: required with its mask_source, and only then';
  if (mask !== undefined && (mask.width !== image?.width || mask.height !== image.height))
    return 'mask_image: must have the size of init_image';
  const size = `${Number(json['width'] ?? 1024)}x${Number(json['height'] ?? 1024)}`;
  return image !== undefined || SIZES.includes(size) ? undefined : 'the size is not one of those allowed';
}

/** The strength of the picture, near 1 as good as unchanged; the colour that a mask's source names is what is replaced. */
function read(json: Json, pictures: Pictures): Order {
  const body = bodySchema.parse(json);
  const words = (isWanted: boolean): string =>
    body.text_prompts
      .filter(({ weight }) => weight >= 0 === isWanted)
      .map(({ text }) => text)
      .join(', ');
  const { init_image: image, mask_image: mask } = pictures;
  const size = image ?? { width: body.width, height: body.height };
  const transform = (bytes: Uint8Array): Work => ({ kind: 'transform', size, image: bytes, strength: 1 - body.image_strength });
  const masked = (bytes: Uint8Array): Work => ({
    kind: 'edit',
    edit: {
      kind: 'masked',
      image: bytes,
      mask: mask?.bytes,
      changed: body.mask_source === 'MASK_IMAGE_BLACK' ? 'black' : 'white',
      growPixels: 0,
      how: 'paint',
    },
  });
  const drawn: Work = { kind: 'scene', size };
  const work = image === undefined ? drawn : body.mask_source === undefined ? transform(image.bytes) : masked(image.bytes);
  return { prompt: words(true), negativePrompt: words(false), seed: body.seed, format: 'png', count: 1, work };
}

export const XL_MODEL: ModelRules = {
  id: 'stability.stable-diffusion-xl-v1',
  regions: ['us-east-1', 'us-west-2'],
  priceMicros: 40_000,
  dialect: 'artifacts',
  shortName: '',
  body: {
    kind: 'object',
    required: ['text_prompts'],
    fields: {
      text_prompts: {
        kind: 'list',
        min: 1,
        max: 10,
        of: { kind: 'object', required: ['text'], fields: { text: { kind: 'text', lengthMax: 2000 }, weight: between(-10, 10) } },
      },
      cfg_scale: between(0, 35),
      clip_guidance_preset: { kind: 'choice', choices: GUIDANCES },
      sampler: { kind: 'choice', choices: SAMPLERS },
      samples: whole(1, 1),
      seed: whole(0, 4_294_967_295),
      steps: whole(10, 50),
      style_preset: COMMON_FIELDS.style_preset,
      extras: { kind: 'object', required: [], fields: {} },
      width: whole(1, 4096),
      height: whole(1, 4096),
      init_image: { kind: 'picture', limits },
      init_image_mode: { kind: 'choice', choices: ['IMAGE_STRENGTH', 'STEP_SCHEDULE'] },
      image_strength: between(0, 1),
      mask_source: { kind: 'choice', choices: ['MASK_IMAGE_WHITE', 'MASK_IMAGE_BLACK', 'INIT_IMAGE_ALPHA'] },
      mask_image: { kind: 'picture', limits },
    },
  },
  check,
  read,
};
