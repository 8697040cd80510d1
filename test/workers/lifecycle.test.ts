import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '#src/core/answer.ts';
import { openEditHouse, type EditHouse, type HouseOptions } from './edit-house.ts';

const SD35 = 'stability.sd3-5-large-v1:0';
const OUTPAINT = 'us.stability.stable-outpaint-v1:0';

const houses: EditHouse[] = [];
const open = async (options: HouseOptions = {}): Promise<EditHouse> => {
  const house = await openEditHouse(options);
  houses.push(house);
  return house;
};
let house: EditHouse;
beforeEach(async () => {
  house = await open();
});
afterEach(async () => {
  await Promise.all(houses.splice(0).map((one) => one.close()));
});

const paint = async (text: string): Promise<Answer> => house.tell(text, [], { kind: 'imagine' });
const today = (): string => new Date().toISOString().slice(0, 10);
const soon = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60_000);

describe('the end of a model', () => {
  it('that is told of in time changes nothing before it is there', async () => {
    house.sandbox.endModel(SD35, soon(30));
    await house.lookAtModels();
    const answer = await paint('a boat --model sd3.5');
    expect(answer).toMatchObject({ kind: 'made', model: { id: 'sd3.5-large' } });
    expect(answer).not.toHaveProperty('substituted');
  });

  it('that came today is known by the next look, and whoever asks for the model is told the day', async () => {
    house.sandbox.endModel(SD35, new Date());
    await house.lookAtModels();
    const calls = house.sandbox.calls().length;
    expect(await paint('a boat --model sd3.5')).toMatchObject({
      kind: 'made',
      substituted: { model: 'Stable Diffusion 3.5 Large', because: 'retired', on: today() },
    });
    // Nobody had to be turned away for that.
    expect(house.sandbox.calls()).toHaveLength(calls + 1);
  });

  it('that came since the last look is met once by each request, which somebody else then paints', async () => {
    await house.lookAtModels();
    house.sandbox.endModel(SD35, new Date());
    expect(await paint('a boat')).toMatchObject({
      kind: 'made',
      model: { id: 'core' },
      substituted: { model: 'Stable Diffusion 3.5 Large', because: 'unavailable' },
      costMicros: 40_000,
    });
  });

  it('that comes in the middle of a burst costs nobody a picture, and every picture is billed once', async () => {
    const wishes = ['a boat', 'a cat', 'a lotus', 'a bridge', 'a lantern', 'a mountain'];
    const first = await Promise.all(wishes.slice(0, 3).map(paint));
    const others = wishes.slice(3).map(paint);
    house.sandbox.endModel(SD35, new Date());
    const answers = [...first, ...(await Promise.all(others))];
    const costs = answers.map((answer) => (answer.kind === 'made' ? answer.costMicros : 0));
    expect(answers.map(({ kind }) => kind)).toEqual(wishes.map(() => 'made'));
    expect(costs.slice(0, 3)).toEqual([80_000, 80_000, 80_000]);
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(house.sandbox.charges().totalMicros);
    expect(await paint('a river')).toMatchObject({ model: { id: 'core' }, costMicros: 40_000 });
  });

  it('of the last one that does a task is said, and nothing is paid', async () => {
    house.sandbox.endModel(OUTPAINT, new Date());
    await house.lookAtModels();
    expect(await house.tell('outpaint --left 200', ['photo'])).toMatchObject({ kind: 'refused', code: 'model-unavailable', costMicros: 0 });
    expect(house.sandbox.charges().totalMicros).toBe(0);
  });

  it('in one region is none in another', async () => {
    const eastern = await open({ region: 'us-east-1' });
    for (const { sandbox } of [house, eastern]) sandbox.endModel(OUTPAINT, new Date(), 'us-east-1');
    for (const one of [house, eastern]) await one.lookAtModels();
    expect(await house.tell('outpaint --left 200', ['photo'])).toMatchObject({ kind: 'made', model: { id: 'stable-outpaint' } });
    expect(await eastern.tell('outpaint --left 200', ['photo'])).toMatchObject({ kind: 'refused', code: 'model-unavailable' });
    // What is only in the other region was never there, and what is in both goes on.
    expect(await eastern.tell('upscale', ['photo'])).toMatchObject({ kind: 'made', model: { id: 'upscale-fast' } });
  });

  it('that was put off is no end any more', async () => {
    house.sandbox.endModel(SD35, new Date());
    await house.lookAtModels();
    house.sandbox.endModel(SD35, soon(30));
    await house.lookAtModels();
    expect(await paint('a boat --model sd3.5')).toMatchObject({ model: { id: 'sd3.5-large' } });
  });
});
