import sharp from 'sharp';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, failureOf, http1 } from './clients.ts';

const TITAN = 'amazon.titan-image-generator-v2:0';
const OLDER = 'amazon.titan-image-generator-v1';
const NOVA = 'amazon.nova-canvas-v1:0';
const XL = 'stability.stable-diffusion-xl-v1';

let sandbox: Sandbox;
let client: BedrockRuntimeClient;
let photo: string;
let grey: string;
let mask: string;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0, revived: [TITAN, OLDER, NOVA, XL] });
  client = bedrockClient(sandbox, { region: 'us-east-1', requestHandler: http1() });
  [photo, grey, mask] = [await plain('#88aadd'), await plain('#808080'), await plain('#000000')];
});
afterAll(() => sandbox.stop());

const plain = async (background: string, width = 384, height = 320): Promise<string> =>
  (
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString('base64');

async function ask(modelId: string, body: object): Promise<unknown> {
  const command = new InvokeModelCommand({
    modelId,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify(body),
  });
  return JSON.parse((await client.send(command)).body.transformToString());
}
const malformed = (violation: string): string => `Malformed input request: ${violation}, please reformat your input and try again.`;
const detail = (text: string): string => JSON.stringify({ detail: text });

const paints = (changes: object = {}, config: object = {}): object => ({
  taskType: 'TEXT_IMAGE',
  textToImageParams: { text: 'a boat', ...changes },
  imageGenerationConfig: { width: 512, height: 512, ...config },
});
const fills = (parameters: object): object => ({ taskType: 'INPAINTING', inPaintingParams: { image: photo, ...parameters } });

describe('the Titan Image Generator', () => {
  it('answers with pictures and no seed, as many as were asked for, each of which is billed', async () => {
    const before = sandbox.charges().totalMicros;
    expect(await ask(TITAN, paints({}, { numberOfImages: 3 }))).toEqual({
      images: [expect.any(String), expect.any(String), expect.any(String)],
    });
    expect(sandbox.charges().totalMicros - before).toBe(30_000);
  });

  it('paints its default seed when none is given: chance is no part of it', async () => {
    expect(await ask(TITAN, paints())).toEqual(await ask(TITAN, paints({}, { seed: 42 })));
    expect(await ask(TITAN, paints({}, { seed: 0 }))).toEqual(await ask(TITAN, paints({}, { seed: 0 })));
  });

  it.each<[string, () => object, string]>([
    ['no task', () => ({ textToImageParams: { text: 'a' } }), malformed('#: required key [taskType] not found')],
    ['no parameters of its task', () => ({ taskType: 'TEXT_IMAGE' }), detail('textToImageParams: required for TEXT_IMAGE')],
    [
      'parameters of another task',
      () => ({ ...paints(), inPaintingParams: { image: photo } }),
      detail('inPaintingParams: not allowed for TEXT_IMAGE'),
    ],
    ['a text of 513', () => paints({ text: 'a'.repeat(536) }), malformed('#/textToImageParams/text: expected maxLength: 512, actual: 536')],
    [
      'an unknown member',
      () => paints({ style: 'PHOTOREALISM' }),
      malformed('#/textToImageParams: extraneous key [style] is not permitted'),
    ],
    [
      'six pictures',
      () => paints({}, { numberOfImages: 6 }),
      malformed('#/imageGenerationConfig/numberOfImages: 6 is not less or equal to 5'),
    ],
    ['a scale of 1', () => paints({}, { cfgScale: 1 }), malformed('#/imageGenerationConfig/cfgScale: 1 is not greater or equal to 1.1')],
    [
      'a seed too high',
      () => paints({}, { seed: 2_147_483_647 }),
      malformed('#/imageGenerationConfig/seed: 2147483647 is not less or equal to 2147483646'),
    ],
    ['a size that is none of its own', () => paints({}, { width: 1216, height: 640 }), detail('the size is not one of those allowed')],
    [
      'its default size, which is none of its own',
      () => paints({}, { width: 1408, height: 1408 }),
      detail('the size is not one of those allowed'),
    ],
    ['both masks', () => fills({ maskPrompt: 'hat', maskImage: mask }), detail('exactly one of maskPrompt and maskImage is required')],
    ['no mask', () => fills({}), detail('exactly one of maskPrompt and maskImage is required')],
    ['a grey mask', () => fills({ maskImage: grey }), detail('inPaintingParams/maskImage: must be pure black and white')],
    [
      'control without a picture',
      () => paints({ controlStrength: 0.5 }),
      detail('conditionImage: required with controlMode and controlStrength'),
    ],
    [
      'no words around a picture',
      () => ({ taskType: 'OUTPAINTING', outPaintingParams: { image: photo, maskImage: mask } }),
      malformed('#/outPaintingParams: required key [text] not found'),
    ],
    [
      'too little likeness',
      () => ({ taskType: 'IMAGE_VARIATION', imageVariationParams: { images: [photo], similarityStrength: 0.1 } }),
      malformed('#/imageVariationParams/similarityStrength: 0.1 is not greater or equal to 0.2'),
    ],
    [
      'a colour by its name',
      () => ({ taskType: 'COLOR_GUIDED_GENERATION', colorGuidedGenerationParams: { text: 'a', colors: ['red'] } }),
      malformed('#/colorGuidedGenerationParams/colors/0: string [red] does not match pattern ^#[0-9a-fA-F]{6}$'),
    ],
    [
      'a size for a background that is taken away',
      () => ({ taskType: 'BACKGROUND_REMOVAL', backgroundRemovalParams: { image: photo }, imageGenerationConfig: {} }),
      detail('imageGenerationConfig: not allowed'),
    ],
  ])('must not be asked with %s', async (_name, body, message) => {
    expect(await failureOf(ask(TITAN, body()))).toEqual({ name: 'ValidationException', status: 400, message });
  });

  it('must not be given a mask of another size, nor a picture that is too long', async () => {
    const small = await plain('#000000', 320, 320);
    expect(await failureOf(ask(TITAN, fills({ maskImage: small })))).toMatchObject({
      message: detail('maskImage: must have the size of image'),
    });
    const long = await plain('#88aadd', 1409, 320);
    expect(await failureOf(ask(TITAN, fills({ image: long, maskPrompt: 'hat' })))).toMatchObject({
      message: detail('inPaintingParams/image: each side must be 1 to 1408 pixels'),
    });
  });

  it('did less in its first version', async () => {
    const body = { taskType: 'BACKGROUND_REMOVAL', backgroundRemovalParams: { image: photo } };
    expect(await ask(TITAN, body)).toMatchObject({ images: [expect.any(String)] });
    expect(await failureOf(ask(OLDER, body))).toMatchObject({ status: 400 });
  });
});

describe('Nova Canvas', () => {
  it.each<[string, () => object, string]>([
    ['a side that is no multiple of 16', () => paints({}, { width: 1000, height: 1008 }), detail('the size is not one of those allowed')],
    ['a shape beyond 4 to 1', () => paints({}, { width: 1616, height: 320 }), detail('the size is not one of those allowed')],
    ['too many pixels', () => paints({}, { width: 2048, height: 2048 }), detail('the size is not one of those allowed')],
    ['an empty text', () => paints({ text: '' }), malformed('#/textToImageParams/text: expected minLength: 1, actual: 0')],
    [
      'a text of 1,025',
      () => paints({ text: 'a'.repeat(1025) }),
      malformed('#/textToImageParams/text: expected maxLength: 1024, actual: 1025'),
    ],
    [
      'a style in small letters',
      () => paints({ style: 'photorealism' }),
      malformed('#/textToImageParams/style: "photorealism" is not a valid enum value'),
    ],
    [
      'a size for painting in',
      () => ({ ...fills({ maskPrompt: 'hat' }), imageGenerationConfig: { width: 1024, height: 1024 } }),
      detail('width and height are not allowed for this task'),
    ],
  ])('must not be asked with %s', async (_name, body, message) => {
    expect(await failureOf(ask(NOVA, body()))).toEqual({ name: 'ValidationException', status: 400, message });
  });

  it('must not be given what is see-through', async () => {
    const glass = await sharp({ create: { width: 384, height: 384, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } } })
      .png()
      .toBuffer();
    expect(await failureOf(ask(NOVA, fills({ image: glass.toString('base64'), maskPrompt: 'hat' })))).toMatchObject({
      message: detail('inPaintingParams/image: must be fully opaque'),
    });
  });
});

describe('Stable Diffusion XL', () => {
  const prompts = { text_prompts: [{ text: 'a boat' }] };

  it('answers in its own way', async () => {
    expect(await ask(XL, { ...prompts, seed: 5 })).toEqual({
      result: 'success',
      artifacts: [{ seed: 5, base64: expect.any(String), finishReason: 'SUCCESS' }],
    });
  });

  it.each<[string, () => object, string]>([
    ['no words', () => ({ seed: 5 }), malformed('#: required key [text_prompts] not found')],
    [
      'words of 2,001',
      () => ({ text_prompts: [{ text: 'a'.repeat(2001) }] }),
      malformed('#/text_prompts/0/text: expected maxLength: 2000, actual: 2001'),
    ],
    ['two pictures', () => ({ ...prompts, samples: 2 }), malformed('#/samples: 2 is not less or equal to 1')],
    ['a size that is none of its own', () => ({ ...prompts, width: 1024, height: 768 }), detail('the size is not one of those allowed')],
    ['another way to count', () => ({ ...prompts, steps: 51 }), malformed('#/steps: 51 is not less or equal to 50')],
    [
      'a mask that is not there',
      () => ({ ...prompts, init_image: photo, mask_source: 'MASK_IMAGE_WHITE' }),
      detail('mask_image: required with its mask_source, and only then'),
    ],
    ['a prompt as its successors have it', () => ({ prompt: 'a boat' }), malformed('2 schema violations found')],
  ])('must not be asked with %s', async (_name, body, message) => {
    expect(await failureOf(ask(XL, body()))).toEqual({ name: 'ValidationException', status: 400, message });
  });
});
