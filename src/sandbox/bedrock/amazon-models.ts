import { z } from 'zod';
import type { Edit } from '../painter/edits/edit.ts';
import { AMAZON_GENERATIONS, amazonBody, TITAN_SIZES, type AmazonRules } from './amazon-fields.ts';
import type { Given, Json, ModelRules, Order, Pictures, Size, Work } from './rules.ts';

/** A sound body, as far as painting needs it, with the defaults of the documents. */
const configSchema = z.object({
  numberOfImages: z.number().default(1),
  seed: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});
const parametersSchema = z.object({
  text: z.string().optional(),
  negativeText: z.string().default(''),
  maskPrompt: z.string().optional(),
  similarityStrength: z.number().default(0.7),
  controlMode: z.string().default('CANNY_EDGE'),
  controlStrength: z.number().default(0.7),
  colors: z.array(z.string()).default([]),
});
const bodySchema = z.looseObject({ taskType: z.string(), imageGenerationConfig: configSchema.default({ numberOfImages: 1 }) });

/** Which member holds the parameters of which task. */
const PARAMETERS: Readonly<Record<string, string>> = {
  TEXT_IMAGE: 'textToImageParams',
  INPAINTING: 'inPaintingParams',
  OUTPAINTING: 'outPaintingParams',
  IMAGE_VARIATION: 'imageVariationParams',
  COLOR_GUIDED_GENERATION: 'colorGuidedGenerationParams',
  BACKGROUND_REMOVAL: 'backgroundRemovalParams',
};

const members = (json: Json, name: string): Json => z.record(z.string(), z.unknown()).safeParse(json[name]).data ?? {};

function checkTogether({ generation }: AmazonRules, json: Json, pictures: Pictures): string | undefined {
  const { taskType } = bodySchema.parse(json);
  const name = PARAMETERS[taskType] ?? '';
  const [stranger] = Object.values(PARAMETERS).filter((other) => other !== name && json[other] !== undefined);
  if (json[name] === undefined) return `${name}: required for ${taskType}`;
  if (stranger !== undefined) return `${stranger}: not allowed for ${taskType}`;
  const parameters = members(json, name);
  const isMasked = taskType === 'INPAINTING' || taskType === 'OUTPAINTING';
  const masks = ['maskPrompt', 'maskImage'].filter((mask) => parameters[mask] !== undefined);
  if (isMasked && masks.length !== 1) return 'exactly one of maskPrompt and maskImage is required';
  if (parameters['conditionImage'] === undefined && (parameters['controlMode'] ?? parameters['controlStrength']) !== undefined)
    return 'conditionImage: required with controlMode and controlStrength';
  const [picture, mask] = [pictures[`${name}/image`], pictures[`${name}/maskImage`]];
  if (mask !== undefined && (mask.width !== picture?.width || mask.height !== picture.height))
    return 'maskImage: must have the size of image';
  return complaintAboutSize(generation, taskType, isMasked, json);
}

function complaintAboutSize(generation: AmazonRules['generation'], taskType: string, isMasked: boolean, json: Json): string | undefined {
  if (taskType === 'BACKGROUND_REMOVAL' && json['imageGenerationConfig'] !== undefined) return 'imageGenerationConfig: not allowed';
  const { width, height } = members(json, 'imageGenerationConfig');
  if (width === undefined && height === undefined) return undefined;
  if (generation !== 'nova')
    return TITAN_SIZES.includes(`${Number(width)}x${Number(height)}`) ? undefined : 'the size is not one of those allowed';
  if (isMasked) return 'width and height are not allowed for this task';
  const sides = [Number(width), Number(height)];
  const [short = 0, long = 0] = sides.toSorted((one, two) => one - two);
  const isSound = sides.every((side) => side >= 320 && side % 16 === 0) && long <= short * 4 && short * long < 4_194_304;
  return isSound ? undefined : 'the size is not one of those allowed';
}

/** Its default seed is a number, not chance, and 0 is a seed like any other. */
const DEFAULT_SEEDS = { 'titan-v1': 42, 'titan-v2': 42, nova: 12 } as const;
const SEED_FOR_ZERO = 2_147_483_647;

function read({ generation }: AmazonRules, json: Json, pictures: Pictures): Order {
  const { taskType, imageGenerationConfig: config } = bodySchema.parse(json);
  const name = PARAMETERS[taskType] ?? '';
  const parameters = parametersSchema.parse(members(json, name));
  const given = (member: string): Given | undefined => pictures[`${name}/${member}`];
  const seed = config.seed ?? DEFAULT_SEEDS[generation];
  const size = { width: config.width ?? 1024, height: config.height ?? 1024 };
  return {
    prompt: parameters.text ?? '',
    negativePrompt: parameters.negativeText,
    seed: seed === 0 ? SEED_FOR_ZERO : seed,
    format: 'png',
    count: config.numberOfImages,
    work: workOf(taskType, parameters, given, size),
  };
}

type Parameters = z.infer<typeof parametersSchema>;

function workOf(taskType: string, parameters: Parameters, given: (name: string) => Given | undefined, size: Size): Work {
  const image = given('image');
  const [variedFrom, condition] = [given('images/0'), given('conditionImage')];
  if (variedFrom !== undefined) return { kind: 'transform', size, image: variedFrom.bytes, strength: 1 - parameters.similarityStrength };
  if (condition !== undefined) {
    const kind = parameters.controlMode === 'SEGMENTATION' ? 'shape' : 'lines';
    return { kind: 'edit', edit: { kind, image: condition.bytes, size, share: parameters.controlStrength } };
  }
  if (parameters.colors.length > 0) return { kind: 'edit', edit: { kind: 'graded', colours: parameters.colors, size } };
  if (image === undefined) return { kind: 'scene', size };
  return {
    kind: 'edit',
    edit:
      taskType === 'BACKGROUND_REMOVAL' ? { kind: 'cut-out', image: image.bytes } : placed(taskType, parameters, image, given('maskImage')),
  };
}

/** Black is inside the mask: painting in changes what is inside, painting around what is outside. Without words, what is inside goes away. */
function placed(taskType: string, { text, maskPrompt = '' }: Parameters, image: Given, mask: Given | undefined): Edit {
  const how = text === undefined ? 'erase' : 'paint';
  if (mask === undefined) return { kind: 'found', image: image.bytes, subject: maskPrompt, growPixels: 0, how };
  const changed = taskType === 'OUTPAINTING' ? 'white' : 'black';
  return { kind: 'masked', image: image.bytes, mask: mask.bytes, changed, growPixels: 0, how };
}

const model = (rules: AmazonRules, id: string, regions: readonly string[], priceMicros: number): ModelRules => ({
  id,
  regions,
  priceMicros,
  dialect: 'task',
  shortName: '',
  body: amazonBody(rules),
  check: (json, pictures) => checkTogether(rules, json, pictures),
  read: (json, pictures) => read(rules, json, pictures),
});

/** Past their end of life: they answer where an account was promised more. */
export const AMAZON_MODELS: readonly ModelRules[] = [
  model(AMAZON_GENERATIONS['titan-v1'], 'amazon.titan-image-generator-v1', ['us-east-1', 'us-west-2'], 10_000),
  model(AMAZON_GENERATIONS['titan-v2'], 'amazon.titan-image-generator-v2:0', ['us-east-1', 'us-west-2'], 10_000),
  model(AMAZON_GENERATIONS.nova, 'amazon.nova-canvas-v1:0', ['us-east-1', 'eu-west-1', 'ap-northeast-1'], 40_000),
];
