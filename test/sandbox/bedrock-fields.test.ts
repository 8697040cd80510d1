import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, CORE, failureOf, http1, invoke, SD35, ULTRA } from './clients.ts';

let sandbox: Sandbox;
let client: BedrockRuntimeClient;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
  client = bedrockClient(sandbox, { requestHandler: http1() });
});
afterAll(() => sandbox.stop());

const picture = async (width: number, height: number, format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' = 'png'): Promise<string> => {
  const plain = sharp({ create: { width, height, channels: 3, background: '#386' } });
  return (await plain.toFormat(format).toBuffer()).toString('base64');
};

const malformed = (violation: string): string => `Malformed input request: ${violation}, please reformat your input and try again.`;
const NO_PROMPT = malformed('#: required key [prompt] not found');
const SD35_FIELDS = `{"detail":"Invalid field in request. Available fields: ['prompt', 'negative_prompt', 'mode', 'strength', 'seed', 'output_format', 'image', 'aspect_ratio']"}`;

describe('the body of a request', () => {
  it.each([
    ['nothing but a prompt', SD35, {}],
    ['an empty prompt', SD35, { prompt: '' }],
    ['a prompt of 10,000 characters', SD35, { prompt: 'é'.repeat(10_000) }],
    ['the highest seed', SD35, { seed: 4_294_967_294 }],
    ['the highest seed of Ultra', ULTRA, { seed: 4_294_967_295 }],
    ['the highest seed of Core', CORE, { seed: 4_294_967_295 }],
    ['mode text-to-image', ULTRA, { mode: 'text-to-image' }],
    ['a negative prompt', CORE, { negative_prompt: 'dogs' }],
    ['French, which has marks too', SD35, { prompt: 'a café crème in a château, naïve art' }],
    ['Vietnamese lettering in straight quotation marks', SD35, { prompt: 'a sign that says "Phở Hà Nội"' }],
    ['Vietnamese lettering in curly quotation marks', SD35, { prompt: 'a sign that says “Phở” and ‘Bún chả’' }],
  ])('may have %s', async (_name, model, body) => {
    const answer = await invoke(client, model, { prompt: 'a cat', seed: 5, ...body });
    expect(answer.finish_reasons).toEqual([null]);
  });

  it.each([
    ['no JSON', SD35, '{"prompt":', 'Malformed input request, please reformat your input and try again.'],
    ['JSON that is no object', SD35, '["a cat"]', 'Malformed input request, please reformat your input and try again.'],
    ['no prompt', SD35, { seed: 5 }, NO_PROMPT],
    ['no prompt for Core', CORE, {}, NO_PROMPT],
    ['an unknown field', SD35, { prompt: 'a cat', cfg_scale: 7 }, SD35_FIELDS],
    ['an unknown field and no prompt', ULTRA, { text_prompts: [] }, SD35_FIELDS],
    [
      'a field that other models have',
      CORE,
      { prompt: 'a cat', mode: 'text-to-image' },
      `{"detail":"Invalid field in request. Available fields: ['prompt', 'negative_prompt', 'seed', 'output_format', 'aspect_ratio']"}`,
    ],
    ['a size', SD35, { prompt: 'a cat', width: 1024 }, SD35_FIELDS],
    ['a prompt that is no text', SD35, { prompt: 7 }, malformed('#/prompt: expected type: String, found: Double')],
    [
      'a member that is null',
      SD35,
      { prompt: 'a cat', negative_prompt: null },
      malformed('#/negative_prompt: expected type: String, found: Null'),
    ],
    ['a prompt of 10,001', SD35, { prompt: 'a'.repeat(10_001) }, malformed('#/prompt: expected maxLength: 10000, actual: 10001')],
    [
      'a negative prompt of 10,001',
      CORE,
      { prompt: 'a cat', negative_prompt: 'a'.repeat(10_001) },
      malformed('#/negative_prompt: expected maxLength: 10000, actual: 10001'),
    ],
    [
      'a ratio that is not offered',
      SD35,
      { prompt: 'a cat', aspect_ratio: '4:3' },
      malformed('#/aspect_ratio: "4:3" is not a valid enum value'),
    ],
    [
      'a format that is not offered',
      CORE,
      { prompt: 'a', output_format: 'webp' },
      malformed('#/output_format: "webp" is not a valid enum value'),
    ],
    ['another mode', ULTRA, { prompt: 'a', mode: 'image-to-image' }, malformed('#/mode: "image-to-image" is not a valid enum value')],
    ['a seed below 0', SD35, { prompt: 'a cat', seed: -1 }, malformed('#/seed: -1 is not greater or equal to 0')],
    ['a seed too high', SD35, { prompt: 'a', seed: 4_294_967_295 }, malformed('#/seed: 4294967295 is not less or equal to 4294967294')],
    [
      'a seed too high for Ultra',
      ULTRA,
      { prompt: 'a', seed: 4_294_967_296 },
      malformed('#/seed: 4294967296 is not less or equal to 4294967295'),
    ],
    ['a broken seed', SD35, { prompt: 'a cat', seed: 1.5 }, malformed('#/seed: expected type: Integer, found: Double')],
    ['two mistakes', SD35, { prompt: 7, seed: '5' }, malformed('2 schema violations found')],
    ['a strength without a picture', SD35, { prompt: 'a cat', strength: 0.5 }, '{"detail":"strength: only valid for image-to-image"}'],
    [
      'image-to-image without a picture',
      SD35,
      { prompt: 'a', mode: 'image-to-image', strength: 0.5 },
      '{"detail":"image: required for image-to-image"}',
    ],
    ['Vietnamese', SD35, { prompt: 'một con mèo đội nón lá' }, '{"detail":"Only English prompts are supported."}'],
    [
      'Vietnamese in decomposed letters',
      CORE,
      { prompt: 'con mèo của tôi'.normalize('NFD') },
      '{"detail":"Only English prompts are supported."}',
    ],
    ['Vietnamese exclusions', ULTRA, { prompt: 'a cat', negative_prompt: 'chữ ký' }, '{"detail":"Only English prompts are supported."}'],
    [
      'Vietnamese beside quoted lettering',
      SD35,
      { prompt: 'biển hiệu “Phở” ở phố cổ' },
      '{"detail":"Only English prompts are supported."}',
    ],
  ])('must not have %s', async (_name, model, body, message) => {
    const charged = sandbox.charges().totalMicros;
    expect(await failureOf(invoke(client, model, body))).toEqual({ name: 'ValidationException', status: 400, message });
    expect(sandbox.charges().totalMicros).toBe(charged);
  });

  it('must not be larger than 25,000,000 bytes', async () => {
    const largest = '{"prompt":"a cat"}'.padEnd(25_000_000);
    expect(await invoke(client, SD35, largest)).toMatchObject({ finish_reasons: [null] });
    expect(await failureOf(invoke(client, SD35, `${largest} `))).toMatchObject({ status: 413 });
  });
});

describe('a picture to be transformed', () => {
  const transform = (image: string, more: object = {}): Promise<unknown> =>
    invoke(client, SD35, { prompt: 'a cat', mode: 'image-to-image', image, strength: 0.6, seed: 5, ...more });

  it.each(['png', 'jpeg', 'webp'] as const)('may be %s, and keeps its size in steps of 64', async (format) => {
    const answer = await invoke(client, SD35, {
      prompt: 'a cat',
      mode: 'image-to-image',
      image: await picture(200, 321, format),
      strength: 0.6,
    });
    const { width, height } = await sharp(Buffer.from(answer.images?.[0] ?? '', 'base64')).metadata();
    expect({ width, height }).toEqual({ width: 192, height: 320 });
  });

  it('may come without the mode, as in the documented sample', async () => {
    const answer = await invoke(client, SD35, { prompt: 'a cat', image: await picture(64, 64), strength: 1 });
    expect(answer.finish_reasons).toEqual([null]);
  });

  it.each([
    ['no strength', async () => ({ image: await picture(64, 64), strength: undefined }), /strength: required/],
    ['a strength above 1', async () => ({ image: await picture(64, 64), strength: 1.1 }), /#\/strength: 1.1 is not less or equal to 1/],
    ['a ratio', async () => ({ image: await picture(64, 64), aspect_ratio: '1:1' }), /aspect_ratio: only valid for text-to-image/],
    ['the other mode', async () => ({ image: await picture(64, 64), mode: 'text-to-image' }), /image: only valid for image-to-image/],
    ['a side of 63 pixels', async () => ({ image: await picture(63, 64) }), /each side must be 64 to/],
    ['the type GIF', async () => ({ image: await picture(64, 64, 'gif') }), /format must be/],
    ['the type TIFF', async () => ({ image: await picture(64, 64, 'tiff') }), /format must be/],
    ['a data address', async () => ({ image: `data:image/png;base64,${await picture(64, 64)}` }), /not valid base64/],
    ['no bytes', async () => ({ image: '' }), /not valid base64/],
    ['bytes that are no picture', async () => ({ image: Buffer.from('%PDF-1.7 not a picture').toString('base64') }), /cannot be decoded/],
    ['only its first half', async () => ({ image: halfOf(await picture(640, 640, 'jpeg')) }), /cannot be decoded/],
    ['more pixels than anybody needs', async () => ({ image: await picture(4097, 4097) }), /cannot be decoded|each side/],
    ['a side beyond the limit', async () => ({ image: await picture(64, 4097) }), /each side must be/],
  ])('must not have %s', async (_name, change, message) => {
    const failure = await failureOf(transform('', await change()));
    expect(failure).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(failure.message).toMatch(message);
  });

  it('is not taken by Ultra, whose card says so', async () => {
    const failure = await failureOf(invoke(client, ULTRA, { prompt: 'a cat', image: await picture(64, 64), strength: 0.5 }));
    expect(failure.message).toBe('{"detail":"image: this model takes no image"}');
  });
});

const halfOf = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.subarray(0, bytes.length / 2).toString('base64');
};

describe('an answer', () => {
  it.each([
    ['1:1', 1024, 1024],
    ['16:9', 1344, 768],
    ['21:9', 1536, 640],
    ['2:3', 832, 1216],
    ['3:2', 1216, 832],
    ['4:5', 896, 1088],
    ['5:4', 1088, 896],
    ['9:16', 768, 1344],
    ['9:21', 640, 1536],
  ])('of the ratio %s has %i x %i pixels', async (aspect_ratio, width, height) => {
    const answer = await invoke(client, CORE, { prompt: 'a cat', aspect_ratio, output_format: 'jpeg' });
    const size = await sharp(Buffer.from(answer.images?.[0] ?? '', 'base64')).metadata();
    expect(size).toMatchObject({ format: 'jpeg', width, height });
  });

  it('is the same for the same request, and says which seed was taken when none was asked for', async () => {
    const [first, again] = await Promise.all([1, 2].map(() => invoke(client, SD35, { prompt: 'a cat', seed: 11 })));
    expect(first).toEqual(again);
    const free = await invoke(client, SD35, { prompt: 'a cat', seed: 0 });
    expect(free.seeds?.[0]).toBeGreaterThan(0);
    expect(await invoke(client, SD35, { prompt: 'a cat', seed: free.seeds?.[0] })).toEqual(free);
  });
});
