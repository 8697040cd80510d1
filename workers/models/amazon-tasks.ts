import { Refusal } from '#src/core/failure.ts';
import type { ImageInput, Made, ModelCard } from '#src/core/model.ts';
import { readAnswer } from './answer.ts';
import { toMedia } from './picture.ts';
import type { Field, RequestBody } from './spec.ts';

/** What Amazon's own image models had in common (Amazon Bedrock user guide, Titan Image Generator; Amazon Nova user guide, image generation). */
export const amazonCard = {
  defaultAspectRatio: '1:1',
  seedMax: 2_147_483_646,
  styles: [],
  inputPicture: {
    types: ['image/jpeg', 'image/png'],
    sidePixelsMin: 320,
    sidePixelsMax: 1408,
    pixelsMax: 1408 * 1408,
    sideRatioMax: 4,
    bytesMax: 5_000_000,
  },
  strengthDefault: undefined,
  editing: {
    pictures: { min: 1, max: 5 },
    finds: ['mask', 'words'],
    // What is black is inside the mask: painting in changes it, painting around keeps it.
    masks: {
      inpaint: { changed: 'black', pure: true },
      erase: { changed: 'black', pure: true },
      outpaint: { changed: 'white', pure: true },
    },
  },
} as const satisfies Partial<ModelCard>;

type Fields = Readonly<Record<string, Field>>;

/** Where the two families differ. */
export interface AmazonDialect {
  readonly card: Pick<ModelCard, 'aspectRatios'>;
  /** Members of a painting from words alone. */
  readonly styleOf: (input: ImageInput) => Fields;
}

/** Colours are asked for as they are written on the web. */
const HEX = /#[0-9a-f]{6}\b/gi;
const COLOURS_MAX = 10;

/** One of the family's task types, with its own parameters, and how the picture is to come out. */
export function toAmazonBody(input: ImageInput, dialect: AmazonDialect): RequestBody {
  const config = { numberOfImages: 1, quality: 'standard', seed: input.seed };
  const { width = 1024, height = 1024 } = dialect.card.aspectRatios[input.aspectRatio] ?? {};
  const sized = { ...config, width, height };
  switch (input.task) {
    case 'transform':
      return task('IMAGE_VARIATION', 'imageVariationParams', variationOf(input), sized);
    case 'inpaint':
    case 'erase':
    case 'replace':
    case 'recolor':
      return task('INPAINTING', 'inPaintingParams', { image: bytesOf(input), ...placeOf(input), ...fillingOf(input) }, config);
    case 'outpaint':
      return task('OUTPAINTING', 'outPaintingParams', { image: bytesOf(input), ...placeOf(input), ...wordsOf(input, GOING_ON) }, config);
    case 'remove-background':
      return { fields: { taskType: 'BACKGROUND_REMOVAL', backgroundRemovalParams: { image: bytesOf(input) } }, pictures: {} };
    case 'sketch':
    case 'structure':
      return task('TEXT_IMAGE', 'textToImageParams', { ...wordsOf(input), ...conditionOf(input) }, sized);
    default:
      return input.prompt.match(HEX) !== null
        ? task('COLOR_GUIDED_GENERATION', 'colorGuidedGenerationParams', colouredOf(input), sized)
        : task('TEXT_IMAGE', 'textToImageParams', { ...wordsOf(input), ...dialect.styleOf(input) }, sized);
  }
}

const GOING_ON = 'the same scene going on naturally';

const task = (taskType: string, name: string, parameters: Fields, imageGenerationConfig: Fields): RequestBody => ({
  fields: { taskType, [name]: parameters, imageGenerationConfig },
  pictures: {},
});

function bytesOf({ image }: ImageInput): Uint8Array {
  if (image === undefined) throw new Error('a picture is missing that the task needs');
  return image.bytes;
}

/** A text must not be empty where there is one. */
function wordsOf({ prompt, negativePrompt }: ImageInput, otherwise?: string): Fields {
  const text = prompt === '' ? otherwise : prompt;
  return { ...(text === undefined ? {} : { text }), ...(negativePrompt === '' ? {} : { negativeText: negativePrompt }) };
}

/** How alike the result is to be, from 0.2 to 1: the person's strength the other way round. */
function variationOf(input: ImageInput): Fields {
  const alike = input.strength === undefined ? {} : { similarityStrength: Math.round((1 - 0.8 * input.strength) * 1000) / 1000 };
  return { images: [bytesOf(input), ...(input.references ?? []).map(({ bytes }) => bytes)], ...wordsOf(input), ...alike };
}

/** By words where there are some, else by the mask: exactly one of both. */
const placeOf = ({ subject, mask }: ImageInput): Fields =>
  subject === undefined ? { ...(mask && { maskImage: mask.bytes }) } : { maskPrompt: subject };

/** Nothing said is what erases. */
function fillingOf(input: ImageInput): Fields {
  if (input.task === 'erase') return {};
  return wordsOf(input.task === 'recolor' ? { ...input, prompt: `${input.prompt} ${input.subject ?? ''}`.trim() } : input);
}

/** How strongly the picture controls is the inverse of how strongly it is changed. */
const conditionOf = (input: ImageInput): Fields => ({
  conditionImage: bytesOf(input),
  controlMode: input.task === 'sketch' ? 'CANNY_EDGE' : 'SEGMENTATION',
  controlStrength: input.strength === undefined ? 0.7 : Math.round((1 - input.strength) * 1000) / 1000,
});

const colouredOf = (input: ImageInput): Fields => ({
  ...wordsOf({ ...input, prompt: input.prompt.replaceAll(HEX, ' ').replaceAll(/\s+/g, ' ').trim() }, 'a picture in these colours'),
  colors: (input.prompt.match(HEX) ?? []).slice(0, COLOURS_MAX),
});

/** They never say which seed it was, and tell of a picture they kept to themselves in a member of its own. */
export function fromAmazonBody(body: Uint8Array, input: ImageInput): Made {
  const { error, picture } = readAnswer(body);
  if (picture === undefined)
    throw error === undefined ? new Error('the answer holds no picture and no reason why') : new Refusal('filtered-output');
  const media = toMedia(picture);
  if (media === undefined) throw new Error(`the answer holds ${picture.byteLength} bytes that are no whole picture`);
  return { media, seed: input.seed };
}
