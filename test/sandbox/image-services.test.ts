import sharp from 'sharp';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, failureOf, http1, invoke } from './clients.ts';

let sandbox: Sandbox;
let client: BedrockRuntimeClient;
let photo: string;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
  // As long as it takes: sixteen megapixels are some seconds of work on a busy machine.
  client = bedrockClient(sandbox, { requestHandler: new NodeHttpHandler() });
  photo = await plain(128, 96);
});
afterAll(() => sandbox.stop());

const plain = async (width: number, height: number, channels: 3 | 4 = 3): Promise<string> => {
  const picture = sharp({ create: { width, height, channels, background: { r: 40, g: 130, b: 100, alpha: 0.5 } } });
  return (await picture.png().toBuffer()).toString('base64');
};
const detail = (text: string): string => JSON.stringify({ detail: text });
const malformed = (violation: string): string => `Malformed input request: ${violation}, please reformat your input and try again.`;

const PROFILES = {
  inpaint: 'stable-image-inpaint',
  outpaint: 'stable-outpaint',
  'erase-object': 'stable-image-erase-object',
  'search-replace': 'stable-image-search-replace',
  'search-recolor': 'stable-image-search-recolor',
  'remove-background': 'stable-image-remove-background',
  'control-sketch': 'stable-image-control-sketch',
  'control-structure': 'stable-image-control-structure',
  'style-guide': 'stable-image-style-guide',
  'style-transfer': 'stable-style-transfer',
  'conservative-upscale': 'stable-conservative-upscale',
  'creative-upscale': 'stable-creative-upscale',
  'fast-upscale': 'stable-fast-upscale',
} as const;
type Service = keyof typeof PROFILES;
const idOf = (service: Service): string => `us.stability.${PROFILES[service]}-v1:0`;

/** A body that each service takes. */
const bodyOf = (service: Service): Record<string, unknown> => {
  const prompt = 'a boat';
  const bodies: Record<Service, object> = {
    inpaint: { prompt, image: photo, mask: photo },
    outpaint: { image: photo, left: 10 },
    'erase-object': { image: photo, mask: photo },
    'search-replace': { prompt, image: photo, search_prompt: 'hat' },
    'search-recolor': { prompt, image: photo, select_prompt: 'hat' },
    'remove-background': { image: photo },
    'control-sketch': { prompt, image: photo },
    'control-structure': { prompt, image: photo },
    'style-guide': { prompt, image: photo },
    'style-transfer': { init_image: photo, style_image: photo },
    'conservative-upscale': { prompt, image: photo },
    'creative-upscale': { prompt, image: photo },
    'fast-upscale': { image: photo },
  };
  return { ...bodies[service] };
};
const ask = (service: Service, changes: object = {}): Promise<unknown> => invoke(client, idOf(service), { ...bodyOf(service), ...changes });
const all: readonly Service[] = [
  'inpaint',
  'outpaint',
  'erase-object',
  'search-replace',
  'search-recolor',
  'remove-background',
  'control-sketch',
  'control-structure',
  'style-guide',
  'style-transfer',
  'conservative-upscale',
  'creative-upscale',
  'fast-upscale',
];

/** The members of each, as the user guide has them. */
const LISTED: Readonly<Record<Service, string>> = {
  inpaint: 'prompt, image, mask, grow_mask, style_preset, negative_prompt, seed, output_format',
  outpaint: 'image, left, right, up, down, prompt, creativity, style_preset, seed, output_format',
  'erase-object': 'image, mask, grow_mask, seed, output_format',
  'search-replace': 'prompt, image, search_prompt, grow_mask, style_preset, negative_prompt, seed, output_format',
  'search-recolor': 'prompt, image, select_prompt, grow_mask, style_preset, negative_prompt, seed, output_format',
  'remove-background': 'image, output_format',
  'control-sketch': 'image, prompt, control_strength, negative_prompt, seed, output_format, style_preset',
  'control-structure': 'image, prompt, control_strength, negative_prompt, seed, output_format, style_preset',
  'style-guide': 'prompt, image, aspect_ratio, fidelity, negative_prompt, seed, output_format, style_preset',
  'style-transfer':
    'init_image, style_image, prompt, composition_fidelity, style_strength, change_strength, negative_prompt, seed, output_format',
  'conservative-upscale': 'prompt, image, creativity, negative_prompt, seed, output_format',
  'creative-upscale': 'prompt, image, creativity, negative_prompt, seed, output_format, style_preset',
  'fast-upscale': 'image, output_format',
};

describe.each(all)('%s', (service) => {
  it('answers to its profile in three regions, and nowhere else', async () => {
    for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
      const there = bedrockClient(sandbox, { region, requestHandler: http1() });
      expect(await invoke(there, idOf(service), bodyOf(service))).toMatchObject({ finish_reasons: [null] });
    }
    const elsewhere = bedrockClient(sandbox, { region: 'eu-west-1', requestHandler: http1() });
    expect(await failureOf(invoke(elsewhere, idOf(service), bodyOf(service)))).toMatchObject({ name: 'ValidationException' });
  });

  it('sends who asks for its bare id to the profile', async () => {
    const bare = idOf(service).slice('us.'.length);
    expect(await failureOf(invoke(client, bare, bodyOf(service)))).toMatchObject({
      status: 400,
      message: expect.stringContaining('on-demand throughput isn’t supported'),
    });
  });

  it('lists its members to who names another', async () => {
    expect(await failureOf(ask(service, { text_prompts: [] }))).toEqual({
      name: 'ValidationException',
      status: 400,
      message: detail(`Invalid field 'text_prompts' in request. Available fields for ${service} are: ${LISTED[service]}`),
    });
  });

  it('asks for each member that it needs', async () => {
    const optional = ['mask', 'left'];
    for (const name of Object.keys(bodyOf(service)).filter((member) => !optional.includes(member))) {
      expect(await failureOf(ask(service, { [name]: undefined }))).toMatchObject({
        message: malformed(`#: required key [${name}] not found`),
      });
    }
  });

  it('bills nothing that it refuses', async () => {
    const before = sandbox.charges().totalMicros;
    await failureOf(ask(service, { text_prompts: [] }));
    expect(sandbox.charges().totalMicros).toBe(before);
  });
});

describe('a member', () => {
  it.each<[Service, string, number, number]>([
    ['inpaint', 'grow_mask', 0, 20],
    ['erase-object', 'grow_mask', 0, 20],
    ['search-replace', 'grow_mask', 0, 20],
    ['search-recolor', 'grow_mask', 0, 20],
    ['outpaint', 'left', 1, 2000],
    ['outpaint', 'creativity', 0.1, 1],
    ['control-sketch', 'control_strength', 0, 1],
    ['control-structure', 'control_strength', 0, 1],
    ['style-guide', 'fidelity', 0, 1],
    ['style-transfer', 'composition_fidelity', 0, 1],
    ['style-transfer', 'style_strength', 0, 1],
    ['style-transfer', 'change_strength', 0.1, 1],
    ['conservative-upscale', 'creativity', 0.1, 0.5],
    ['creative-upscale', 'creativity', 0.1, 0.5],
    ['inpaint', 'seed', 0, 4_294_967_294],
  ])('of %s, %s, goes from %d to %d', async (service, name, min, max) => {
    for (const value of [min, max]) expect(await ask(service, { [name]: value })).toMatchObject({ finish_reasons: [null] });
    const below = name === 'left' ? -1 : Number.isInteger(min) ? min - 1 : min / 2;
    expect(await failureOf(ask(service, { [name]: below }))).toMatchObject({ message: expect.stringContaining(`#/${name}: `) });
    expect(await failureOf(ask(service, { [name]: max + 1 }))).toMatchObject({
      message: malformed(`#/${name}: ${max + 1} is not less or equal to ${max}`),
    });
  });

  it.each<[Service, object, string]>([
    ['inpaint', { style_preset: 'oil-painting' }, malformed('#/style_preset: "oil-painting" is not a valid enum value')],
    ['style-guide', { aspect_ratio: '4:3' }, malformed('#/aspect_ratio: "4:3" is not a valid enum value')],
    ['search-replace', { search_prompt: 'a'.repeat(10_001) }, malformed('#/search_prompt: expected maxLength: 10000, actual: 10001')],
    ['search-replace', { search_prompt: 'cái mũ' }, detail('Only English prompts are supported.')],
    ['outpaint', { left: 1.5 }, malformed('#/left: expected type: Integer, found: Double')],
    ['outpaint', { left: 0 }, detail('at least one of left, right, up, down must be greater than 0')],
    ['outpaint', { left: undefined }, detail('at least one of left, right, up, down must be greater than 0')],
    ['inpaint', { mask: undefined }, detail('mask: required when the image has no alpha channel')],
    ['erase-object', { mask: undefined }, detail('mask: required when the image has no alpha channel')],
  ])('of %s must not be %j', async (service, changes, message) => {
    expect(await failureOf(ask(service, changes))).toEqual({ name: 'ValidationException', status: 400, message });
  });

  it.each<[Service, number, number]>([
    ['inpaint', 63, 64],
    ['inpaint', 64, 161],
    ['inpaint', 3072, 3073],
    ['creative-upscale', 1024, 1025],
    ['fast-upscale', 31, 40],
    ['fast-upscale', 1537, 64],
    ['fast-upscale', 1024, 1025],
  ])('of %s must not be a picture of %i x %i', async (service, width, height) => {
    expect(await failureOf(ask(service, { image: await plain(width, height) }))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/image: (each side|total pixels|the aspect ratio)/),
    });
  });

  it.each<[Service, number, number]>([
    ['inpaint', 64, 160],
    ['creative-upscale', 1024, 1024],
    ['fast-upscale', 32, 32],
    ['fast-upscale', 1536, 32],
  ])('of %s may be a picture of %i x %i', async (service, width, height) => {
    // Sixteen megapixels take a while as PNG, which not every service would have to be asked for.
    const light = { output_format: 'jpeg' };
    expect(await ask(service, { ...light, image: await plain(width, height) })).toMatchObject({ finish_reasons: [null] });
  });

  it.each<[Service]>([['inpaint'], ['erase-object']])('of %s may be see-through in the place of a mask', async (service) => {
    expect(await ask(service, { image: await plain(64, 64, 4), mask: undefined })).toMatchObject({ finish_reasons: [null] });
  });
});
