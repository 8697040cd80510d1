import { Refusal } from '#src/core/failure.ts';
import type { ImageInput, Made, ModelCard } from '#src/core/model.ts';
import { readAnswer } from './answer.ts';
import { toMedia } from './picture.ts';
import type { RequestBody } from './spec.ts';

/** What the image models of Stability AI have in common (Amazon Bedrock user guide, model parameters). */
export const stabilityCard = {
  regions: ['us-west-2'],
  /** The documents name the ratios and not their pixels: these are the usual ones of about a megapixel. */
  aspectRatios: {
    '1:1': { width: 1024, height: 1024 },
    '16:9': { width: 1344, height: 768 },
    '9:16': { width: 768, height: 1344 },
    '3:2': { width: 1216, height: 832 },
    '2:3': { width: 832, height: 1216 },
    '4:5': { width: 896, height: 1088 },
    '5:4': { width: 1088, height: 896 },
    '21:9': { width: 1536, height: 640 },
    '9:21': { width: 640, height: 1536 },
  },
  defaultAspectRatio: '1:1',
  prompt: { lengthMax: 10_000, lengthTarget: 900 },
  negativePrompt: { lengthMax: 10_000 },
  // Two of the three pages say one more; the smallest of them holds for all.
  seedMax: 4_294_967_294,
  styles: [],
  lifecycle: { status: 'active' },
} as const satisfies Partial<ModelCard>;

/** The members that every task of every model takes. An empty negative prompt is left out. */
export function wordsOf({ prompt, negativePrompt, seed }: ImageInput): RequestBody['fields'] {
  return { prompt, ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }), seed, output_format: 'png' };
}

const FILTERED = 'filter reason';

/** A filtered call is a success to HTTP, and may leave the other members out: the reason is looked at first. */
export function fromStabilityBody(body: Uint8Array, input: ImageInput): Made {
  const { finishReason, seed, picture } = readAnswer(body);
  if (finishReason !== undefined) throw failureFor(finishReason.toLowerCase());
  if (picture === undefined) throw new Error('the answer holds no picture and no reason why');
  const media = toMedia(picture);
  if (media === undefined) throw new Error(`the answer holds ${picture.byteLength} bytes that are no whole picture`);
  return { media, seed: seed ?? input.seed };
}

/** A filter that is not known yet is taken for the one of which nobody is told that it cost nothing. */
function failureFor(reason: string): Error {
  if (!reason.startsWith(FILTERED)) return new Error('the model says that it failed while painting');
  if (reason.endsWith('prompt')) return new Refusal('filtered-prompt');
  return new Refusal(reason.includes('input') ? 'filtered-input' : 'filtered-output');
}
