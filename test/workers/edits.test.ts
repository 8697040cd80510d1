import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditHouse, type EditHouse } from './edit-house.ts';

let house: EditHouse;
beforeAll(async () => {
  house = await openEditHouse();
});
afterAll(async () => house.close());

describe('an edit, from what people say to what they see', () => {
  it.each<[string, readonly string[], string, number, number, number]>([
    ['inpaint a red lantern', ['photo', 'mask'], 'stable-inpaint', 70_000, 480, 320],
    ['inpaint a red lantern', ['cut'], 'stable-inpaint', 70_000, 480, 320],
    ['erase', ['photo', 'mask'], 'stable-erase', 70_000, 480, 320],
    ['erase the red ball', ['photo'], 'stable-replace', 70_000, 480, 320],
    ['bỏ quả bóng đỏ đi', ['photo'], 'stable-replace', 70_000, 480, 320],
    ['replace the ball with a cat', ['photo'], 'stable-replace', 70_000, 480, 320],
    ['thay con mèo bằng con chó', ['photo'], 'stable-replace', 70_000, 480, 320],
    ['recolor the ball blue', ['photo'], 'stable-recolor', 70_000, 480, 320],
    ['đổi màu con mèo thành xanh lá', ['photo'], 'stable-recolor', 70_000, 480, 320],
    ['outpaint --left 200 --down 100', ['photo'], 'stable-outpaint', 60_000, 680, 420],
    ['zoom out 2x mountains', ['photo'], 'stable-outpaint', 60_000, 960, 640],
    ['xoá nền', ['photo'], 'stable-remove-background', 70_000, 480, 320],
    ['restyle', ['photo', 'style'], 'style-transfer', 80_000, 480, 320],
    ['restyle a boat on a river', ['style'], 'style-guide', 70_000, 1024, 1024],
    ['sketch a castle --strength 0.2', ['photo'], 'stable-sketch', 70_000, 480, 320],
    ['structure a desert', ['photo'], 'stable-structure', 70_000, 480, 320],
    ['upscale', ['photo'], 'upscale-fast', 30_000, 1920, 1280],
    ['phóng to trung thực', ['photo'], 'upscale-conservative', 400_000, 1920, 1280],
    ['upscale creative a ball in the sky', ['photo'], 'upscale-creative', 600_000, 1920, 1280],
    ['make it snow', ['photo'], 'sd3.5-large', 80_000, 512, 320],
  ])('“%s” of %j is done by %s for %i micro-dollars, %i by %i pixels', async (text, pictures, id, costMicros, width, height) => {
    const before = house.sandbox.charges().totalMicros;
    const answer = await house.tell(text, pictures);
    expect(answer).toMatchObject({
      kind: 'made',
      model: { id },
      costMicros,
      pictures: [{ width, height }],
      title: expect.stringMatching(/\S/),
    });
    expect(house.sandbox.charges().totalMicros - before).toBe(costMicros);
  });

  it.each<[string, readonly string[], string]>([
    ['inpaint a lantern', ['photo'], 'mask-missing'],
    ['erase', ['photo'], 'mask-missing'],
    ['erase', ['photo', 'black'], 'mask-empty'],
    ['inpaint', ['photo', 'mask'], 'prompt-empty'],
    ['sketch a castle', [], 'picture-missing'],
    ['sketch a castle', ['photo', 'style'], 'pictures-too-many'],
    ['restyle', ['style'], 'prompt-empty'],
    ['make it snow', ['photo', 'style'], 'pictures-too-many'],
    ['erase the hat --model core', ['photo'], 'model-cannot'],
  ])('“%s” of %j is refused as %s before anything is paid', async (text, pictures, code) => {
    const before = house.sandbox.charges().totalMicros;
    expect(await house.tell(text, pictures)).toMatchObject({ kind: 'refused', code, costMicros: 0 });
    expect(house.sandbox.charges().totalMicros).toBe(before);
  });

  it('says what was done where the words alone do not', async () => {
    expect(await house.tell('recolor the ball blue', ['photo'])).toMatchObject({ title: 'ball, now blue' });
    expect(await house.tell('tách nền', ['photo'])).toMatchObject({ title: 'Ảnh đã tách nền' });
  });
});

describe('a model that is no more', () => {
  it.each([
    ['a boat --model titan --ar 16:9', 'core', { model: 'Titan Image Generator v2', because: 'retired', on: '2026-06-30' }],
    ['a boat --model nova-canvas --style photorealism', 'core', { model: 'Amazon Nova Canvas', because: 'retired', on: '2026-09-30' }],
    ['a boat --model sdxl --seed 4294967294', 'sd3.5-large', { model: 'Stable Diffusion XL 1.0', because: 'retired' }],
    ['a boat --model stability.stable-diffusion-v1-5', 'sd3.5-large', { model: 'Stable Diffusion 1.5', because: 'never' }],
  ] as const)('“%s” is painted by %s, which says so', async (text, id, substituted) => {
    expect(await house.tell(text, [], { kind: 'imagine' })).toMatchObject({ kind: 'made', model: { id }, substituted });
  });

  it('is stood in for by whoever can do the edit', async () => {
    expect(await house.tell('outpaint --left 100 --model titan-v1', ['photo'])).toMatchObject({
      model: { id: 'stable-outpaint' },
      substituted: { model: 'Titan Image Generator v1', because: 'retired' },
    });
  });

  it('is stood in for when its end comes today', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'end-of-life', times: 1 }]);
    expect(await house.tell('a boat', [], { kind: 'imagine' })).toMatchObject({
      model: { id: 'core' },
      substituted: { model: 'Stable Diffusion 3.5 Large', because: 'unavailable' },
      costMicros: 40_000,
    });
  });
});

describe('models that an account keeps', () => {
  let keeper: EditHouse;
  beforeAll(async () => {
    keeper = await openEditHouse({ revived: ['titan-v2', 'sdxl'] });
  });
  afterAll(async () => keeper.close());

  it.each<[string, readonly string[], number, number]>([
    ['a boat --model titan --ar 9:16', [], 768, 1408],
    ['make it snow --model titan', ['photo', 'style'], 1024, 1024],
    ['make it snow --model titan', ['photo', 'style', 'photo', 'cut', 'style'], 1024, 1024],
    ['inpaint a lantern --model titan', ['photo', 'mask'], 480, 320],
    ['erase --model titan', ['cut'], 480, 320],
    ['recolor the ball blue --model titan', ['photo'], 480, 320],
    ['outpaint --left 200 --model titan', ['photo'], 680, 320],
    // A canvas of 1480 is more than it takes: everything is made smaller.
    ['outpaint --left 1000 --model titan', ['photo'], 1407, 304],
    ['remove the background --model titan', ['photo'], 480, 320],
    ['inpaint a lantern --model sdxl', ['photo', 'mask'], 480, 320],
  ])('“%s” of %j', async (text, pictures, width, height) => {
    const answer = await keeper.tell(text, pictures, pictures.length === 0 ? { kind: 'imagine' } : undefined);
    expect(answer).toMatchObject({ kind: 'made', pictures: [{ width, height }] });
    expect(answer).not.toHaveProperty('substituted');
  });
});
