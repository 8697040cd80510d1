import type { FieldRule, ObjectRule, PictureLimits } from './fields.ts';

/** Every pair that the Titan Image Generator knows, from the table of its page. */
export const TITAN_SIZES: readonly string[] = (
  '1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576 1152x896 576x448 ' +
  '768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640'
).split(' ');

const NOVA_STYLES: readonly string[] = [
  '3D_ANIMATED_FAMILY_FILM',
  'DESIGN_SKETCH',
  'FLAT_VECTOR_ILLUSTRATION',
  'GRAPHIC_NOVEL_ILLUSTRATION',
  'MAXIMALISM',
  'MIDCENTURY_RETRO',
  'PHOTOREALISM',
  'SOFT_DIGITAL_PAINTING',
];

const limits: PictureLimits = {
  formats: ['jpeg', 'png'],
  sideMin: 1,
  sideMax: 1408,
  pixelsMin: 0,
  pixelsMax: 1408 * 1408,
  ratioMax: Number.POSITIVE_INFINITY,
  bytesMax: 5_000_000,
};
const novaLimits: PictureLimits = { ...limits, sideMin: 320, ratioMax: 4, opaque: true };

export interface AmazonRules {
  readonly generation: 'titan-v1' | 'titan-v2' | 'nova';
  readonly textMin: number;
  readonly textMax: number;
  readonly limits: PictureLimits;
}

export const AMAZON_GENERATIONS = {
  'titan-v1': { generation: 'titan-v1', textMin: 0, textMax: 512, limits },
  'titan-v2': { generation: 'titan-v2', textMin: 0, textMax: 512, limits },
  nova: { generation: 'nova', textMin: 1, textMax: 1024, limits: novaLimits },
} as const satisfies Record<string, AmazonRules>;

const object = (required: readonly string[], fields: Readonly<Record<string, FieldRule>>): ObjectRule => ({
  kind: 'object',
  required,
  fields,
});
const choice = (...choices: readonly string[]): FieldRule => ({ kind: 'choice', choices });
const between = (min: number, max: number): FieldRule => ({ kind: 'number', min, max });
const whole = (min: number, max: number): FieldRule => ({ kind: 'integer', min, max });

/** The body of a generation's requests: one member of parameters for each kind of task. */
export function amazonBody({ generation, textMin, textMax, limits: picture }: AmazonRules): ObjectRule {
  const text: FieldRule = { kind: 'text', lengthMin: textMin, lengthMax: textMax };
  const image: FieldRule = { kind: 'picture', limits: picture };
  const maskImage: FieldRule = { kind: 'picture', limits: { ...picture, opaque: true, pure: true } };
  const controlled = { conditionImage: image, controlMode: choice('CANNY_EDGE', 'SEGMENTATION'), controlStrength: between(0, 1) };
  const masked = { image, maskPrompt: text, maskImage, text, negativeText: text, returnMask: { kind: 'flag' } } as const;
  const isLater = generation !== 'titan-v1';
  const later = {
    colorGuidedGenerationParams: object(['text', 'colors'], {
      text,
      colors: { kind: 'list', of: { kind: 'pattern', pattern: /^#[0-9a-fA-F]{6}$/ }, min: 1, max: 10 },
      negativeText: text,
      referenceImage: image,
    }),
    backgroundRemovalParams: object(['image'], { image }),
  };
  return object(['taskType'], {
    taskType: choice(
      'TEXT_IMAGE',
      'INPAINTING',
      'OUTPAINTING',
      'IMAGE_VARIATION',
      ...(isLater ? ['COLOR_GUIDED_GENERATION', 'BACKGROUND_REMOVAL'] : []),
    ),
    textToImageParams: object(['text'], {
      text,
      negativeText: text,
      ...(isLater ? controlled : {}),
      ...(generation === 'nova' ? { style: choice(...NOVA_STYLES) } : {}),
    }),
    inPaintingParams: object(['image'], masked),
    outPaintingParams: object(['image', 'text'], { ...masked, outPaintingMode: choice('DEFAULT', 'PRECISE') }),
    imageVariationParams: object(['images'], {
      images: { kind: 'list', of: image, min: 1, max: 5 },
      text,
      negativeText: text,
      similarityStrength: between(0.2, 1),
    }),
    ...(isLater ? later : {}),
    imageGenerationConfig: object([], {
      quality: choice('standard', 'premium'),
      numberOfImages: whole(1, 5),
      cfgScale: between(1.1, 10),
      seed: whole(0, 2_147_483_646),
      width: whole(1, 4096),
      height: whole(1, 4096),
    }),
  });
}
