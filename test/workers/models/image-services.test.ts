import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageInput } from '#src/core/model.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { createBedrock, createImageModel, type Bedrock } from '#workers/models/bedrock.ts';
import { encodeBody } from '#workers/models/body.ts';
import { specs } from '#workers/models/catalogue.ts';
import type { ImageModelSpec } from '#workers/models/spec.ts';
import { input, mask, sketch } from './inputs.ts';

let sandbox: Sandbox;
let bedrock: Bedrock;
let photo: ImageInput['image'];
let marked: ImageInput['mask'];
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
  const silent = (): void => {};
  const log = { info: silent, warn: silent, error: silent };
  bedrock = createBedrock({ region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials, log });
  [photo, marked] = [await sketch(), await mask()];
});
afterAll(async () => {
  bedrock.close();
  await sandbox.stop();
});

function specOf(id: string): ImageModelSpec {
  const spec = specs.find(({ card }) => card.id === id);
  if (spec === undefined) throw new Error(`there is no ${id}`);
  return spec;
}

type Changes = Partial<ImageInput>;
const words = { prompt: 'a boat', seed: 7, output_format: 'png' };
const without = { ...words, negative_prompt: 'people' };
const silent = { seed: 7, output_format: 'png' };
const margins = { left: 10, right: 0, up: 20, down: 0 };

/** Each service: what it is asked, and the members of its body with everything that can be said, and with nothing said. */
const ROWS: readonly (readonly [id: string, asked: Changes, most: object, least: object, pictures: readonly string[]])[] = [
  ['stable-inpaint', { task: 'inpaint' }, { ...without, grow_mask: 3, style_preset: 'anime' }, words, ['image', 'mask']],
  ['stable-erase', { task: 'erase' }, { ...silent, grow_mask: 3 }, silent, ['image', 'mask']],
  [
    'stable-replace',
    { task: 'replace', subject: 'hat' },
    { ...without, search_prompt: 'hat', grow_mask: 3, style_preset: 'anime' },
    { ...words, search_prompt: 'hat' },
    ['image'],
  ],
  [
    'stable-recolor',
    { task: 'recolor', subject: 'hat' },
    { ...without, select_prompt: 'hat', grow_mask: 3, style_preset: 'anime' },
    { ...words, select_prompt: 'hat' },
    ['image'],
  ],
  [
    'stable-outpaint',
    { task: 'outpaint', margins },
    { ...words, ...margins, creativity: 0.325, style_preset: 'anime' },
    { ...words, ...margins },
    ['image'],
  ],
  ['stable-remove-background', { task: 'remove-background' }, { output_format: 'png' }, { output_format: 'png' }, ['image']],
  ['stable-sketch', { task: 'sketch' }, { ...without, control_strength: 0.75, style_preset: 'anime' }, words, ['image']],
  ['stable-structure', { task: 'structure' }, { ...without, control_strength: 0.75, style_preset: 'anime' }, words, ['image']],
  [
    'style-guide',
    { task: 'restyle', aspectRatio: '16:9' },
    { ...without, aspect_ratio: '16:9', fidelity: 0.75, style_preset: 'anime' },
    { ...words, aspect_ratio: '16:9' },
    ['image'],
  ],
  ['style-transfer', { task: 'restyle' }, { ...without, change_strength: 0.325 }, words, ['init_image', 'style_image']],
  [
    'upscale-conservative',
    { task: 'upscale' },
    { ...without, output_format: 'jpeg', creativity: 0.2 },
    { ...words, output_format: 'jpeg' },
    ['image'],
  ],
  [
    'upscale-creative',
    { task: 'upscale' },
    { ...without, output_format: 'jpeg', creativity: 0.2, style_preset: 'anime' },
    { ...words, output_format: 'jpeg' },
    ['image'],
  ],
  ['upscale-fast', { task: 'upscale' }, { output_format: 'jpeg' }, { output_format: 'jpeg' }, ['image']],
];

/** Everything a service can be given beside what its row asks. */
const asked = (id: string, changes: Changes, isMost: boolean): ImageInput => {
  const { card } = specOf(id);
  const more = { strength: 0.25, growPixels: 3, negativePrompt: 'people', style: card.styles.find((style) => style === 'anime') };
  const masks = card.editing?.finds?.includes('mask') === true ? { mask: marked } : {};
  const references = card.editing?.pictures === undefined ? {} : { references: photo === undefined ? [] : [photo] };
  return input({ prompt: 'a boat', seed: 7, image: photo, ...masks, ...references, ...changes, ...(isMost ? more : {}) });
};

describe.each(ROWS)('%s', (id, changes, most, least, pictures) => {
  const make = async (given: ImageInput) => createImageModel(specOf(id), bedrock).generate(given, new AbortController().signal);

  it('is asked exactly what its page documents', () => {
    const full = specOf(id).toBody(asked(id, changes, true));
    expect([full.fields, Object.keys(full.pictures)]).toEqual([most, pictures]);
    expect(specOf(id).toBody(asked(id, changes, false)).fields).toEqual(least);
  });

  it.each([true, false])('is answered, for its price, whether everything is said or nothing: %s', async (isMost) => {
    const before = sandbox.charges().totalMicros;
    const { media } = await make(asked(id, changes, isMost));
    expect((await sharp(media.bytes).metadata()).format).toBe(id.startsWith('upscale') ? 'jpeg' : 'png');
    expect(sandbox.charges().totalMicros - before).toBe(specOf(id).card.priceMicros);
  });

  it.each([0, 1])('may be given the strength %i and the furthest of everything else', async (strength) => {
    const { card } = specOf(id);
    const rest = { growPixels: strength * 20, seed: strength === 0 ? 1 : card.seedMax, style: card.styles.at(-strength) };
    expect(await make({ ...asked(id, changes, true), strength, ...rest })).toMatchObject({ media: {} });
  });

  it('takes the smallest picture that its card allows, and the service none that is smaller', async () => {
    const limits = specOf(id).card.inputPicture;
    const side = limits?.sidePixelsMin ?? 0;
    const small = { bytes: await plain(side, side), type: 'image/png' } as const;
    const given = asked(id, changes, false);
    const more = { image: small, mask: given.mask && small, references: given.references && [small] };
    expect(await make({ ...given, ...more })).toMatchObject({ media: {} });
    await expect(make({ ...given, ...more, image: { ...small, bytes: await plain(side - 1, side) } })).rejects.toMatchObject({
      code: 'model-rejected',
    });
  });

  it('writes a body that is its fields and its pictures', () => {
    const body: unknown = JSON.parse(Buffer.from(encodeBody(specOf(id).toBody(asked(id, changes, false)))).toString());
    expect(Object.keys(Object(body)).toSorted()).toEqual([...Object.keys(least), ...pictures].toSorted());
  });
});

describe('what has no words', () => {
  it.each([
    ['outpaint', 'stable-outpaint', { ...silent, ...margins }, { margins }],
    ['restyle', 'style-transfer', silent, {}],
    ['erase', 'stable-replace', { ...silent, search_prompt: 'hat', prompt: expect.stringContaining('background') }, { subject: 'hat' }],
    ['upscale', 'upscale-creative', { seed: 7, output_format: 'jpeg', prompt: expect.stringContaining('sharp') }, {}],
  ] as const)('%s by %s says nothing, or what has to be said', async (task, id, fields, changes) => {
    const given = { ...asked(id, changes, false), prompt: '', task };
    expect(specOf(id).toBody(given).fields).toEqual(fields);
    expect(await createImageModel(specOf(id), bedrock).generate(given, new AbortController().signal)).toMatchObject({ media: {} });
  });
});

const plain = async (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#88aadd' } })
    .png()
    .toBuffer();
