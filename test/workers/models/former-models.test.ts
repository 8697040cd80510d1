import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageInput } from '#src/core/model.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { createBedrock, createImageModel, type Bedrock } from '#workers/models/bedrock.ts';
import { encodeBody } from '#workers/models/body.ts';
import { specs } from '#workers/models/catalogue.ts';
import type { ImageModelSpec } from '#workers/models/spec.ts';
import { input, present } from './inputs.ts';

const silent = (): void => {};
const log = { info: silent, warn: silent, error: silent };
const former = specs.filter(({ card }) => card.lifecycle.status === 'retired');
const specOf = (id: string): ImageModelSpec => present(former.find(({ card }) => card.id === id));

let sandbox: Sandbox;
let bedrocks: Readonly<Record<string, Bedrock>>;
let pictures: Readonly<Record<'photo' | 'white' | 'black', NonNullable<ImageInput['image']>>>;

beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0, revived: former.map(({ card }) => card.bedrockId) });
  const { url: endpoint, credentials } = sandbox;
  const bedrock = (region: string): Bedrock => createBedrock({ region, endpoint, credentials, log });
  bedrocks = { 'us-west-2': bedrock('us-west-2'), 'us-east-1': bedrock('us-east-1') };
  pictures = { photo: await picture('#88aadd'), white: await maskOf('white'), black: await maskOf('black') };
});
afterAll(async () => {
  for (const bedrock of Object.values(bedrocks)) bedrock.close();
  await sandbox.stop();
});

const picture = async (background: string) => {
  const plain = sharp({ create: { width: 384, height: 320, channels: 3, background } });
  return { bytes: await plain.png().toBuffer(), type: 'image/png' } as const;
};

/** The upper left quarter in one colour, the rest in the other. */
const maskOf = async (corner: 'white' | 'black') => {
  const [inside, outside] = corner === 'white' ? ['#ffffff', '#000000'] : ['#000000', '#ffffff'];
  const part = await sharp({ create: { width: 192, height: 160, channels: 3, background: inside } })
    .png()
    .toBuffer();
  const bytes = await sharp((await picture(outside)).bytes)
    .composite([{ input: part, left: 0, top: 0 }])
    .png()
    .toBuffer();
  return { bytes, type: 'image/png' } as const;
};

interface Row {
  readonly asks: (given: typeof pictures) => Partial<ImageInput>;
  readonly body: object;
}
const config = { numberOfImages: 1, quality: 'standard', seed: 7 };
const square = { ...config, width: 1024, height: 1024 };
const IMAGE = expect.stringMatching(/^[A-Za-z0-9+/]+=*$/);

/** The task types of Amazon's models: what a person's task becomes. */
const AMAZON: Readonly<Record<string, Row>> = {
  TEXT_IMAGE: {
    asks: () => ({ negativePrompt: 'people' }),
    body: { textToImageParams: { text: 'a boat', negativeText: 'people' }, imageGenerationConfig: square },
  },
  IMAGE_VARIATION: {
    asks: ({ photo }) => ({ task: 'transform', image: photo, references: [photo], strength: 0.5 }),
    body: { imageVariationParams: { images: [IMAGE, IMAGE], text: 'a boat', similarityStrength: 0.6 }, imageGenerationConfig: square },
  },
  INPAINTING: {
    asks: ({ photo, black }) => ({ task: 'inpaint', image: photo, mask: black }),
    body: { inPaintingParams: { image: IMAGE, maskImage: IMAGE, text: 'a boat' }, imageGenerationConfig: config },
  },
  'INPAINTING that erases by words': {
    asks: ({ photo }) => ({ task: 'erase', image: photo, subject: 'hat' }),
    body: { inPaintingParams: { image: IMAGE, maskPrompt: 'hat' }, imageGenerationConfig: config },
  },
  'INPAINTING that erases by mask': {
    asks: ({ photo, black }) => ({ task: 'erase', image: photo, mask: black }),
    body: { inPaintingParams: { image: IMAGE, maskImage: IMAGE }, imageGenerationConfig: config },
  },
  'INPAINTING that replaces': {
    asks: ({ photo }) => ({ task: 'replace', image: photo, subject: 'hat' }),
    body: { inPaintingParams: { image: IMAGE, maskPrompt: 'hat', text: 'a boat' }, imageGenerationConfig: config },
  },
  'INPAINTING that recolors': {
    asks: ({ photo }) => ({ task: 'recolor', image: photo, subject: 'hat', prompt: 'red' }),
    body: { inPaintingParams: { image: IMAGE, maskPrompt: 'hat', text: 'red hat' }, imageGenerationConfig: config },
  },
  OUTPAINTING: {
    asks: ({ photo, white }) => ({ task: 'outpaint', image: photo, mask: white, prompt: '' }),
    body: {
      outPaintingParams: { image: IMAGE, maskImage: IMAGE, text: 'the same scene going on naturally' },
      imageGenerationConfig: config,
    },
  },
};

const LATER: Readonly<Record<string, Row>> = {
  BACKGROUND_REMOVAL: {
    asks: ({ photo }) => ({ task: 'remove-background', image: photo }),
    body: { backgroundRemovalParams: { image: IMAGE } },
  },
  COLOR_GUIDED_GENERATION: {
    asks: () => ({ prompt: 'a boat in #FF8800 and #0044ff' }),
    body: { colorGuidedGenerationParams: { text: 'a boat in and', colors: ['#FF8800', '#0044ff'] }, imageGenerationConfig: square },
  },
  'TEXT_IMAGE by a drawing': {
    asks: ({ photo }) => ({ task: 'sketch', image: photo, strength: 0.1 }),
    body: {
      textToImageParams: { text: 'a boat', conditionImage: IMAGE, controlMode: 'CANNY_EDGE', controlStrength: 0.9 },
      imageGenerationConfig: square,
    },
  },
  'TEXT_IMAGE by a structure': {
    asks: ({ photo }) => ({ task: 'structure', image: photo }),
    body: {
      textToImageParams: { text: 'a boat', conditionImage: IMAGE, controlMode: 'SEGMENTATION', controlStrength: 0.7 },
      imageGenerationConfig: square,
    },
  },
};

const XL: Readonly<Record<string, Row>> = {
  words: {
    asks: () => ({ negativePrompt: 'people', aspectRatio: '16:9', style: 'anime' }),
    body: {
      text_prompts: [
        { text: 'a boat', weight: 1 },
        { text: 'people', weight: -1 },
      ],
      seed: 7,
      style_preset: 'anime',
      width: 1344,
      height: 768,
    },
  },
  'a picture': {
    asks: ({ photo }) => ({ task: 'transform', image: photo, strength: 0.2 }),
    body: {
      text_prompts: [{ text: 'a boat', weight: 1 }],
      seed: 7,
      init_image: IMAGE,
      init_image_mode: 'IMAGE_STRENGTH',
      image_strength: 0.8,
    },
  },
  'a mask': {
    asks: ({ photo, white }) => ({ task: 'inpaint', image: photo, mask: white }),
    body: {
      text_prompts: [{ text: 'a boat', weight: 1 }],
      seed: 7,
      mask_source: 'MASK_IMAGE_WHITE',
      init_image: IMAGE,
      mask_image: IMAGE,
    },
  },
};

const styled: Readonly<Record<string, Row>> = {
  'TEXT_IMAGE in a style': {
    asks: () => ({ style: 'flat-vector-illustration', aspectRatio: '21:9' }),
    body: {
      textToImageParams: { text: 'a boat', style: 'FLAT_VECTOR_ILLUSTRATION' },
      imageGenerationConfig: { ...config, width: 1344, height: 576 },
    },
  },
};

const rows = (id: string, ...tables: readonly Readonly<Record<string, Row>>[]) =>
  tables.flatMap((table) => Object.entries(table).map(([name, row]) => [id, name, row] as const));

describe.each([
  ...rows('titan-v1', AMAZON),
  ...rows('titan-v2', AMAZON, LATER),
  ...rows('nova-canvas', AMAZON, LATER, styled),
  ...rows('sdxl', XL),
])('%s, asked for %s', (id, name, { asks, body }) => {
  it('is asked for it in its own way, and answers for its price', async () => {
    const spec = specOf(id);
    const given = input({ prompt: 'a boat', seed: 7, ...asks(pictures) });
    const sent: unknown = JSON.parse(Buffer.from(encodeBody(spec.toBody(given))).toString());
    expect(sent).toEqual(id === 'sdxl' ? body : { taskType: name.split(' ')[0], ...body });
    const before = sandbox.charges().totalMicros;
    const bedrock = present(bedrocks[spec.card.regions.includes('us-west-2') ? 'us-west-2' : 'us-east-1']);
    const model = createImageModel(spec, bedrock);
    const { media, seed } = await model.generate(given, new AbortController().signal);
    expect([(await sharp(media.bytes).metadata()).format, seed]).toEqual(['png', 7]);
    expect(sandbox.charges().totalMicros - before).toBe(spec.card.priceMicros);
  });
});

describe.each(former.map((spec) => [spec.card.id, spec] as const))('%s', (_id, spec) => {
  it('paints every ratio that it offers', async () => {
    const bedrock = present(bedrocks[spec.card.regions.includes('us-west-2') ? 'us-west-2' : 'us-east-1']);
    for (const [ratio, size] of Object.entries(spec.card.aspectRatios)) {
      const aspectRatio = Object.keys(spec.card.aspectRatios).find((known): known is ImageInput['aspectRatio'] => known === ratio) ?? '1:1';
      const { media } = await createImageModel(spec, bedrock).generate(input({ aspectRatio }), new AbortController().signal);
      const { width, height } = await sharp(media.bytes).metadata();
      expect({ width, height }).toEqual(size);
    }
  });

  it('is past its end of life where it was not revived', async () => {
    const gone = await startSandbox({ modelTimeMs: 0 });
    const bedrock = createBedrock({ region: gone.region, endpoint: gone.url, credentials: gone.credentials, log });
    await expect(createImageModel(spec, bedrock).generate(input(), new AbortController().signal)).rejects.toMatchObject({
      code: 'model-unavailable',
    });
    bedrock.close();
    await gone.stop();
  });
});
