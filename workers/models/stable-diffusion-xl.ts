import { z } from 'zod';
import { Refusal } from '#src/core/failure.ts';
import type { ImageInput, Made } from '#src/core/model.ts';
import { decodeBase64 } from './answer.ts';
import { toMedia } from './picture.ts';
import type { ImageModelSpec, RequestBody } from './spec.ts';
import { bytesOf, styleOf, styles } from './stability-services.ts';

/** Stable Diffusion XL 1.0, which is gone: words with weights, and the strength of the picture instead of the change. */
export const stableDiffusionXl: ImageModelSpec = {
  card: {
    id: 'sdxl',
    label: 'Stable Diffusion XL 1.0',
    aliases: ['sdxl-1.0', 'sd-xl', 'stable-diffusion-xl', 'stability.stable-diffusion-xl-v1'],
    bedrockId: 'stability.stable-diffusion-xl-v1',
    regions: ['us-east-1', 'us-west-2'],
    tasks: ['imagine', 'transform', 'inpaint'],
    aspectRatios: {
      '1:1': { width: 1024, height: 1024 },
      '16:9': { width: 1344, height: 768 },
      '9:16': { width: 768, height: 1344 },
      '3:2': { width: 1216, height: 832 },
      '2:3': { width: 832, height: 1216 },
      '4:5': { width: 896, height: 1152 },
      '5:4': { width: 1152, height: 896 },
      '21:9': { width: 1536, height: 640 },
      '9:21': { width: 640, height: 1536 },
    },
    defaultAspectRatio: '1:1',
    prompt: { lengthMax: 2000, lengthTarget: 350 },
    negativePrompt: { lengthMax: 2000 },
    seedMax: 4_294_967_295,
    styles,
    inputPicture: {
      types: ['image/jpeg', 'image/png'],
      sidePixelsMin: 64,
      pixelsMax: 1024 * 1024,
      sideRatioMax: 2.5,
      bytesMax: 5_000_000,
    },
    strengthDefault: undefined,
    editing: { finds: ['mask'], masks: { inpaint: { changed: 'white', pure: false } } },
    priceMicros: 40_000,
    lifecycle: { status: 'retired', on: undefined, successor: 'sd3.5-large' },
  },
  toBody: toXlBody,
  fromBody: fromXlBody,
};

function toXlBody(input: ImageInput): RequestBody {
  const { prompt, negativePrompt, seed } = input;
  const unwanted = negativePrompt === '' ? [] : [{ text: negativePrompt, weight: -1 }];
  const fields = { text_prompts: [{ text: prompt, weight: 1 }, ...unwanted], seed, ...styleOf(input) };
  if (input.image === undefined) return { fields: { ...fields, ...stableDiffusionXl.card.aspectRatios[input.aspectRatio] }, pictures: {} };
  const pictures = { init_image: bytesOf(input.image) };
  if (input.mask !== undefined) {
    return { fields: { ...fields, mask_source: 'MASK_IMAGE_WHITE' }, pictures: { ...pictures, mask_image: input.mask.bytes } };
  }
  // Near 1 is close to the original: the person's strength the other way round.
  const kept =
    input.strength === undefined
      ? {}
      : { init_image_mode: 'IMAGE_STRENGTH', image_strength: Math.round((1 - input.strength) * 1000) / 1000 };
  return { fields: { ...fields, ...kept }, pictures };
}

const answerSchema = z.object({
  artifacts: z.array(z.object({ seed: z.int().optional().catch(undefined), base64: z.string(), finishReason: z.string() })).min(1),
});

function fromXlBody(body: Uint8Array, input: ImageInput): Made {
  const [artifact] = readArtifacts(body);
  if (artifact?.finishReason === 'CONTENT_FILTERED') throw new Refusal('filtered-output');
  const bytes = artifact?.finishReason === 'SUCCESS' ? decodeBase64(artifact.base64) : undefined;
  const media = bytes && toMedia(bytes);
  if (artifact === undefined || media === undefined) throw new Error('the answer holds no whole picture');
  return { media, seed: artifact.seed ?? input.seed };
}

/** Nothing of the text goes into an error: it may hold what a person wrote. */
function readArtifacts(body: Uint8Array): z.infer<typeof answerSchema>['artifacts'] {
  try {
    return answerSchema.parse(JSON.parse(Buffer.from(body).toString('utf8'))).artifacts;
  } catch {
    throw new Error(`the answer (${body.byteLength} bytes) is not what the model is documented to say`);
  }
}
