import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { aspectRatioSchema, taskSchema } from '#src/core/request.ts';
import { specs, specsWith, videoSpecs, videoSpecsWith } from '#workers/models/catalogue.ts';
import { lumaRay2 } from '#workers/models/luma-ray-2.ts';
import { novaReel } from '#workers/models/nova-reel.ts';
import type { ImageModelSpec, VideoModelSpec } from '#workers/models/spec.ts';
import { stableDiffusion35Large } from '#workers/models/stable-diffusion-35-large.ts';
import { stableImageCore } from '#workers/models/stable-image-core.ts';
import { stableImageUltra } from '#workers/models/stable-image-ultra.ts';
import { clip, input } from './inputs.ts';

const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('pixels'),
  Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]),
]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);
const WEBP = Buffer.concat([Buffer.from('RIFF'), Buffer.from([8, 0, 0, 0]), Buffer.from('WEBPVP8 ')]);
const image = { bytes: JPEG, type: 'image/jpeg' } as const;
const words = { prompt: 'a boat', seed: 7, output_format: 'png' };

describe('what is asked of a model', () => {
  it.each<[string, ImageModelSpec, Parameters<typeof input>[0], object, object]>([
    ['SD3.5 from words', stableDiffusion35Large, { aspectRatio: '16:9' }, { ...words, mode: 'text-to-image', aspect_ratio: '16:9' }, {}],
    [
      'SD3.5 without something',
      stableDiffusion35Large,
      { negativePrompt: 'people' },
      { ...words, mode: 'text-to-image', aspect_ratio: '1:1', negative_prompt: 'people' },
      {},
    ],
    [
      // The ratio is the picture's own, and the service refuses to be told another.
      'SD3.5 from a picture',
      stableDiffusion35Large,
      { task: 'transform', image, strength: 0.25, aspectRatio: '16:9' },
      { ...words, mode: 'image-to-image', strength: 0.25 },
      { image: JPEG },
    ],
    [
      'SD3.5 from a picture that is to be kept',
      stableDiffusion35Large,
      { task: 'transform', image, strength: 0 },
      { ...words, mode: 'image-to-image', strength: 0 },
      { image: JPEG },
    ],
    [
      'SD3.5 from a picture, nothing said of the strength',
      stableDiffusion35Large,
      { task: 'transform', image },
      { ...words, mode: 'image-to-image', strength: 0.6 },
      { image: JPEG },
    ],
    ['Ultra', stableImageUltra, { aspectRatio: '9:21' }, { ...words, mode: 'text-to-image', aspect_ratio: '9:21' }, {}],
    // Core has no modes: the word would be an unknown field, which is a refusal.
    ['Core', stableImageCore, { aspectRatio: '4:5' }, { ...words, aspect_ratio: '4:5' }, {}],
  ])('%s', (_name, spec, changes, fields, pictures) => {
    expect(spec.toBody(input({ prompt: 'a boat', seed: 7, ...changes }))).toEqual({ fields, pictures });
  });
});

describe('what is asked of a model of clips', () => {
  const keyframe = { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: JPEG.toString('base64') } };
  const plain = { prompt: 'a boat', aspect_ratio: '16:9', duration: '5s', resolution: '540p', loop: false };

  it.each<[string, VideoModelSpec, Parameters<typeof clip>[1], object]>([
    ['Luma Ray2 from words', lumaRay2, {}, plain],
    [
      'Luma Ray2, longer and larger, in a loop',
      lumaRay2,
      { durationSeconds: 9, resolution: '720p', aspectRatio: '3:4', isLooped: true },
      { ...plain, aspect_ratio: '3:4', duration: '9s', resolution: '720p', loop: true },
    ],
    ['Luma Ray2 from a first picture', lumaRay2, { first: image }, { ...plain, keyframes: { frame0: keyframe } }],
    ['Luma Ray2 to a last picture', lumaRay2, { last: image }, { ...plain, keyframes: { frame1: keyframe } }],
    [
      'Luma Ray2 from one to the other',
      lumaRay2,
      { first: image, last: image },
      { ...plain, keyframes: { frame0: keyframe, frame1: keyframe } },
    ],
    [
      'Nova Reel',
      novaReel,
      {},
      {
        taskType: 'TEXT_VIDEO',
        textToVideoParams: { text: 'a boat' },
        videoGenerationConfig: { durationSeconds: 6, fps: 24, dimension: '1280x720', seed: 42 },
      },
    ],
  ])('%s', (_name, spec, changes, asked) => {
    expect(spec.toInput(clip(spec.card, { prompt: 'a boat', ...changes }))).toEqual(asked);
  });
});

const body = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const good = (picture: Buffer): object => ({ seeds: [11], finish_reasons: [null], images: [picture.toString('base64')] });

const stability = specs.filter(({ card, fromBody }) => card.lifecycle.status === 'active' && fromBody === stableImageCore.fromBody);

describe.each(stability.map((spec) => [spec.card.id, spec] as const))('what %s answers', (_id, spec) => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP],
  ] as const)('is a picture with the seed it names, of the type its bytes have: %s', (type, picture) => {
    expect(spec.fromBody(body(good(picture)), input())).toEqual({ media: { bytes: picture, type }, seed: 11 });
  });

  it('is worth keeping without a seed: then it is the one that was asked for', () => {
    expect(spec.fromBody(body({ images: [PNG.toString('base64')] }), input({ seed: 5 })).seed).toBe(5);
  });

  it.each([
    ['Filter reason: prompt', 'filtered-prompt'],
    ['Filter reason: input image', 'filtered-input'],
    ['Filter reason: output image', 'filtered-output'],
    ['Filter reason: something new', 'filtered-output'],
  ])('is a no when it says “%s”, even with a picture beside it', (reason, code) => {
    for (const more of [{}, { images: [''] }, { images: [PNG.toString('base64')], seeds: [1] }]) {
      expect(() => spec.fromBody(body({ finish_reasons: [reason], ...more }), input())).toThrow(expect.objectContaining({ code }));
    }
  });

  it.each<[string, object | string]>([
    ['an inference error', { finish_reasons: ['Inference error'] }],
    ['no picture', { seeds: [1], finish_reasons: [null], images: [] }],
    ['an empty picture', good(Buffer.alloc(0))],
    ['a PNG that was cut off', good(PNG.subarray(0, -1))],
    ['a JPEG that was cut off', good(JPEG.subarray(0, -1))],
    ['a WebP that was cut off', good(WEBP.subarray(0, -1))],
    ['text for a picture', good(Buffer.from('<html>we are sorry</html>'))],
    ['no base64', { finish_reasons: [null], images: ['?not*base64!'] }],
    ['nothing of what is documented', []],
    ['no JSON', '<html><body>503</body></html>'],
    ['nothing', ''],
  ])('is not known for certain to have made nothing when it is %s', (_name, answer) => {
    const act = (): unknown => spec.fromBody(typeof answer === 'string' ? Buffer.from(answer) : body(answer), input());
    expect(act).toThrow(Error);
    expect(act).not.toThrow(expect.any(Refusal));
  });
});

describe('the catalogue', () => {
  const cards = specs.map(({ card }) => card);
  const films = videoSpecs.map(({ card }) => card);

  it('calls no two models by the same name, however it is spelt', () => {
    const names = [...cards, ...films].flatMap((card) => [
      ...new Set([card.id, card.label, ...card.aliases].map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  // What only clips are made in.
  const ofPictures = aspectRatioSchema.options.filter((ratio) => ratio !== '4:3' && ratio !== '3:4');
  const painters = cards.filter(({ aspectRatios }) => Object.keys(aspectRatios).length > 0);

  it.each(painters.map((card) => [card.id, card] as const))('%s has the nine ratios in sizes that are about them', (_id, card) => {
    expect(Object.keys(card.aspectRatios).toSorted()).toEqual(ofPictures.toSorted());
    for (const [ratio, { width, height }] of Object.entries(card.aspectRatios)) {
      const [wide = 0, high = 1] = ratio.split(':').map(Number);
      expect(Math.abs(width / height / (wide / high) - 1)).toBeLessThan(0.07);
      expect(width * height).toBeLessThanOrEqual(1.1 * 1024 * 1024);
    }
  });

  it.each(cards.map((card) => [card.id, card] as const))('%s takes pictures exactly when a task of its needs one', (_id, card) => {
    expect(card.inputPicture !== undefined).toBe(card.tasks.some((task) => task !== 'imagine'));
    expect(card.editing !== undefined && card.tasks.every((task) => task === 'imagine')).toBe(false);
  });

  it('has somebody for every task, in words and by mask', () => {
    const living = [...cards, ...films].filter(({ lifecycle }) => lifecycle.status === 'active');
    const tasks = new Set(living.flatMap((card) => card.tasks));
    // Claude describes, and says what an instruction is; neither is a task of a model that paints.
    expect(taskSchema.options.map((option) => option.shape.kind.value).filter((kind) => !tasks.has(kind))).toEqual([
      'describe',
      'instruct',
    ]);
    const erasers = living.filter((card) => card.tasks.includes('erase')).flatMap((card) => card.editing?.finds ?? []);
    expect(erasers.toSorted()).toEqual(['mask', 'words']);
    expect(living.flatMap(({ editing }) => editing?.upscales ?? []).toSorted()).toEqual(['conservative', 'creative', 'fast']);
  });

  it('takes those past their end of life back where the operator says so, behind all the others', () => {
    const gone = cards.filter(({ lifecycle }) => lifecycle.status === 'retired').map(({ id }) => id);
    expect(gone).toEqual(['titan-v2', 'titan-v1', 'nova-canvas', 'sdxl']);
    const revived = specsWith(['titan-v2', 'core', 'sd1.5', 'nobody']).map(({ card }) => [card.id, card.lifecycle.status]);
    expect(revived).toEqual(cards.map(({ id, lifecycle }) => [id, id === 'titan-v2' ? 'legacy' : lifecycle.status]));
    for (const all of [cards, films])
      expect(all.findIndex(({ lifecycle }) => lifecycle.status !== 'active')).toBe(
        all.filter(({ lifecycle }) => lifecycle.status === 'active').length,
      );
    expect(videoSpecsWith(['nova-reel']).find(({ card }) => card.id === 'nova-reel')?.card.lifecycle.status).toBe('legacy');
  });

  it.each(films.map((card) => [card.id, card] as const))(
    '%s has a price for each length, the shortest of which is its own',
    (_id, card) => {
      const { durationsSeconds = [], resolutions = [], secondMicros = {}, frames = [] } = card.filming ?? {};
      const prices = durationsSeconds.flatMap((seconds) => resolutions.map((resolution) => (secondMicros[resolution] ?? NaN) * seconds));
      expect(Math.min(...prices)).toBe(card.priceMicros);
      // Of two that are as near to a wish the first is taken, which must not be the dearer one.
      expect(prices[0]).toBe(card.priceMicros);
      expect(card.editing?.pictures).toEqual({ min: 0, max: frames.length });
      expect(card.inputPicture === undefined).toBe(frames.length === 0);
      expect(card.aspectRatios[card.defaultAspectRatio]).toBeDefined();
    },
  );

  it('has the prices of the price list', () => {
    expect(Object.fromEntries([...cards, ...films].map(({ id, priceMicros }) => [id, priceMicros]))).toEqual({
      'sd3.5-large': 80_000,
      ultra: 140_000,
      core: 40_000,
      'stable-inpaint': 70_000,
      'stable-erase': 70_000,
      'stable-replace': 70_000,
      'stable-recolor': 70_000,
      'stable-outpaint': 60_000,
      'stable-remove-background': 70_000,
      'style-transfer': 80_000,
      'style-guide': 70_000,
      'stable-sketch': 70_000,
      'stable-structure': 70_000,
      'upscale-conservative': 400_000,
      'upscale-creative': 600_000,
      'upscale-fast': 30_000,
      'titan-v1': 10_000,
      'titan-v2': 10_000,
      'nova-canvas': 40_000,
      sdxl: 40_000,
      // Nobody can be billed for it.
      'sd1.5': 40_000,
      // Five seconds in 540p, and six in 720p.
      'luma-ray-2': 3_750_000,
      'nova-reel': 480_000,
    });
  });
});
