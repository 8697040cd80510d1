import { describe, expect, it } from 'vitest';
import type { Task } from '#src/core/request.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const picture = { name: 'dog.png', bytes: Buffer.from(PNG) };
const newest = async ({ store, slack }: SlackHouse) => {
  const entries = await store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 1 });
  return entries[0]?.request;
};
const WORDS = {
  lan: { edit: 'Sửa mô tả', field: 'Bạn muốn sửa gì?' },
  sam: { edit: 'Edit prompt', field: 'What should change?' },
} as const;

describe('the form below an edit holds it as one would type it', () => {
  it.each<['lan' | 'sam', string, string, string, Task, string]>([
    ['lan', 'bỏ cái mũ đi', 'xoá cái mũ', 'xoá cái kính', { kind: 'erase', what: 'cái kính' }, ''],
    ['sam', 'erase the hat --grow 8', 'erase hat --grow 8', 'erase hat --grow 12', { kind: 'erase', what: 'hat', grow: 12 }, ''],
    ['lan', 'mở rộng --left 200', 'mở rộng bên trái 200', 'mở rộng bên trái 300', { kind: 'outpaint', left: 300 }, ''],
    [
      'sam',
      'outpaint --left 200 a beach',
      'outpaint left 200 a beach',
      'outpaint left 200 a sea',
      { kind: 'outpaint', left: 200 },
      'a sea',
    ],
    ['sam', 'recolor the hat red', 'recolor hat to red', 'upscale fast', { kind: 'upscale', how: 'fast' }, ''],
  ])('for %s “%s” is “%s”, and “%s” is another of it', async (name, instruction, shown, changed, task, prompt) => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const person = slack.person(name);
    await person.posts(`@hoami ${instruction}`, { in: 'general', files: [picture] });
    await house.settled();
    await person.presses(WORDS[name].edit);
    await expect.poll(() => slack.modalText(name)).toContain(`${WORDS[name].field}: ${shown}\n`);
    await person.submits({ [WORDS[name].field]: changed });
    await house.settled();
    expect(slack.modalText(name)).toBe('');
    const request = await newest(house);
    expect(request).toMatchObject({ task, prompt, origin: { how: 'edit' } });
    expect(request?.task).toEqual(task);
    house.text('general');
  });
});

it('a model that its list does not hold stays chosen there, and nothing is changed by sending it as it is', async () => {
  await using house = await openSlackHouse({ processingDelayMs: 0 });
  const { slack } = house;
  const sam = slack.person('sam');
  await sam.posts('@hoami replace the hat with a crown --model stable-image-search-replace --seed 7', { in: 'general', files: [picture] });
  await house.settled();
  const before = await newest(house);
  await sam.presses('Edit prompt');
  await expect.poll(() => slack.modalText('sam')).toContain('What should change?: replace hat with a crown --seed 7\n');
  expect(slack.modalText('sam')).toContain('Model: stable-image-search-replace\n');
  await sam.submits({});
  await house.settled();
  const after = await newest(house);
  expect(after?.id).not.toBe(before?.id);
  expect([after?.task, after?.prompt, after?.options, after?.modelId]).toEqual([
    before?.task,
    before?.prompt,
    before?.options,
    before?.modelId,
  ]);
  house.text('general');
});

it('a model that is no more gives way to the one that is chosen in its place', async () => {
  await using house = await openSlackHouse({ processingDelayMs: 0 });
  const { slack } = house;
  const sam = slack.person('sam');
  await sam.types('/imagine a red boat --model titan-v2', { in: 'general' });
  await house.settled();
  await sam.presses('Edit prompt');
  await expect.poll(() => slack.modalText('sam')).toContain('Model: titan-v2\n');
  await sam.submits({ Model: 'Stable Image Ultra ($0.14)' });
  await house.settled();
  expect(slack.modalText('sam')).toBe('');
  const request = await newest(house);
  expect(request).toMatchObject({ prompt: 'a red boat', modelId: 'ultra', origin: { how: 'edit' } });
  expect(request).not.toHaveProperty('substituted');
  house.text('general');
});

it('a clip is changed with its length and its size in view', async () => {
  await using house = await openSlackHouse({ processingDelayMs: 0 });
  const { slack } = house;
  const lan = slack.person('lan');
  await lan.types('/video sóng vỗ bờ đá --duration 9', { in: 'general' });
  await house.settled();
  await lan.presses('Làm, giá 6,75 US$');
  await house.settled();
  await lan.presses('Sửa mô tả');
  await expect.poll(() => slack.modalText('lan')).toContain('Mô tả: sóng vỗ bờ đá --duration 9s --resolution 540p\n');
  await lan.submits({ 'Mô tả': 'sóng vỗ bờ đá --duration 5s --resolution 540p' });
  await expect.poll(() => slack.modalText('lan')).toContain('3,75 US$');
  await lan.submits();
  await house.settled();
  expect(await newest(house)).toMatchObject({ task: { kind: 'video', durationSeconds: 5, resolution: '540p' }, prompt: 'sóng vỗ bờ đá' });
  house.text('general');
});
