import { describe, expect, it } from 'vitest';
import { taskSchema } from '#src/core/request.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const picture = { name: 'dog.png', bytes: Buffer.from(PNG) };
const MASK = { name: 'mask.png', bytes: Buffer.from(PNG) };
const newest = async ({ store, slack }: SlackHouse) => {
  const entries = await store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 1 });
  return entries[0]?.request;
};

/** What the bot has answered in the first thread of the channel. */
const answers = ({ slack }: SlackHouse) => {
  const [root] = slack.channel('general').messages();
  const replies = root === undefined ? [] : slack.channel('general').replies(root);
  return replies.filter(({ isDeleted }) => !isDeleted);
};

/** Everything that can be done with a picture, as somebody says it to the bot with the picture in hand. */
const SAID = [
  ['cho nó đội vương miện', { kind: 'instruct' }],
  ['vẽ lại theo phong cách màu nước', { kind: 'instruct' }],
  ['restyle a cat', { kind: 'restyle' }],
  ['phác thảo một con mèo', { kind: 'sketch' }],
  ['giữ bố cục, một căn phòng', { kind: 'structure' }],
  ['vẽ thêm vào một chiếc thuyền', { kind: 'inpaint' }],
  ['xoá phông', { kind: 'remove-background' }],
  ['remove the hat', { kind: 'erase', what: 'hat' }],
  ['thay cái mũ bằng vương miện', { kind: 'replace', what: 'cái mũ' }],
  ['đổi màu áo thành đỏ', { kind: 'recolor', what: 'áo' }],
  ['mở rộng ảnh', { kind: 'outpaint' }],
  ['phóng to', { kind: 'upscale', how: 'fast' }],
  ['làm video sóng vỗ', { kind: 'video', frames: ['first'] }],
  ['mô tả ảnh', { kind: 'describe' }],
] as const;

describe('a task said to the bot', () => {
  it('is every task there is, but for those that need no instruction', () => {
    const kinds = new Set(['imagine', 'transform', ...SAID.map(([, { kind }]) => kind)]);
    expect(kinds).toEqual(new Set(taskSchema.options.map(({ shape }) => shape.kind.value)));
  });

  it.each(SAID)('“%s” with a picture', async (words, task) => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const lan = house.slack.person('lan');
    await lan.posts(`@hoami ${words}`, { in: 'general', files: [picture] });
    await house.settled();
    if (task.kind === 'video') {
      await lan.presses('Làm, giá 3,75 US$');
      await house.settled();
    }
    expect(await newest(house)).toMatchObject({ task, images: [{ platform: 'slack' }], language: expect.any(String) });
    expect([...house.painter.ends.values()]).toEqual([task.kind === 'describe' ? 'described' : 'made']);
    expect(answers(house)).toHaveLength(1);
    expect(house.text('general')).not.toContain('Đang vẽ');
  });

  it.each(SAID)('“%s” in a thread that has one', async (words, task) => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const { message } = await slack.person('sam').posts('my dog', { in: 'general', files: [picture] });
    const lan = slack.person('lan');
    await lan.posts(`@hoami ${words}`, { in: 'general', thread: message });
    await house.settled();
    if (task.kind === 'video') await lan.presses('Làm, giá 3,75 US$');
    await house.settled();
    const [file] = message.fileIds;
    expect(await newest(house)).toMatchObject({ task, images: [{ platform: 'slack', source: { file } }] });
    house.text('general');
  });
});

it('makes of two pictures the first and the last of a clip, and of a picture with its mask what is painted over', async () => {
  await using house = await openSlackHouse({ processingDelayMs: 0 });
  const lan = house.slack.person('lan');
  await lan.posts('@hoami làm video từ sáng tới tối', { in: 'general', files: [picture, { ...picture, name: 'night.png' }] });
  await house.settled();
  await lan.presses('Làm, giá 3,75 US$');
  await house.settled();
  expect(await newest(house)).toMatchObject({ task: { kind: 'video', frames: ['first', 'last'] }, prompt: 'từ sáng tới tối' });
  await lan.posts('@hoami xoá', { in: 'general', files: [picture, MASK] });
  await house.settled();
  expect(await newest(house)).toMatchObject({ task: { kind: 'erase' }, images: [{ platform: 'slack' }, { platform: 'slack' }] });
  house.text('general');
});

describe('a button below a picture', () => {
  it.each([
    ['Phóng to', 'upscale', { kind: 'upscale', how: 'fast' }],
    ['Mở rộng', 'zoom-out', { kind: 'outpaint', zoom: 1.5 }],
    ['Tách nền', 'remove-background', { kind: 'remove-background' }],
    ['Cho chuyển động', 'animate', { kind: 'video', durationSeconds: 5, resolution: '540p', frames: ['first'] }],
  ] as const)('“%s”, a year and a restart later', async (label, how, task) => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.types('/imagine con thuyền đỏ', { in: 'general' });
    await house.settled();
    house.skip(366 * 24 * 60 * 60_000);
    await house.listen();
    await lan.presses(label);
    await house.settled();
    if (how === 'animate') await lan.presses('Làm, giá 3,75 US$');
    await house.settled();
    expect(await newest(house)).toMatchObject({ task, images: [{ key: expect.any(String) }], origin: { how } });
    expect(answers(house).filter(({ fileIds }) => fileIds.length > 0)).toHaveLength(2);
    house.text('general');
  });
});

describe('a command', () => {
  it.each([
    ['/edit', 'Slack không cho gửi ảnh kèm lệnh'],
    ['/edit bỏ cái mũ đi', 'Slack không cho gửi ảnh kèm lệnh'],
    ['/describe', '@hoami mô tả ảnh'],
    ['/video', 'Bạn muốn làm video gì?'],
    ['/imagine', 'Bạn muốn vẽ gì?'],
    ['/video sóng --seed 4', '--seed'],
    ['/video sóng --duration dài', '--duration không nhận “dài”'],
    ['/video --loop', 'Bạn muốn'],
  ])('%s says at once, to its asker, how it is done', async (line, sentence) => {
    await using house = await openSlackHouse();
    const told = await house.slack.person('lan').types(line, { in: 'general' });
    expect(told.acknowledged).toBe(true);
    expect(house.slack.channel('general').text('lan')).toContain(sentence);
    expect(house.slack.channel('general').text('sam')).toBe('#general');
    expect(await newest(house)).toBeUndefined();
    house.text('general');
  });
});

describe('words for a picture', () => {
  it('come as one message of their own, each prompt by itself to be copied, and can be deleted', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const lan = slack.person('lan');
    const { message } = await lan.posts('@hoami mô tả ảnh', { in: 'general', files: [picture] });
    await house.settled();
    const story = house.text('general');
    const described = structuredClone(slack.channel('general').replies(message)[0]) ?? message;
    expect(story.split('\n').slice(2)).toEqual([
      expect.stringContaining('(file dog.png'),
      '  ↳ hoami: @lan · *Chú chó  ngoan*',
      '      Một chú chó & quả bóng',
      '      Muốn có ảnh giống vậy, bạn thử:',
      '      a dog with a red ball, watercolour',
      '      a puppy `at play`, film photo',
      '      0,002 US$ · Lời thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
      '      [Vẽ 1] [Vẽ 2] [Xoá]',
    ]);
    await lan.presses('Vẽ 2');
    await house.settled();
    expect(await newest(house)).toMatchObject({ task: { kind: 'imagine' }, prompt: 'a puppy `at play`, film photo', images: [] });
    await lan.presses('Xoá', described);
    await house.settled();
    expect(house.text('general')).not.toContain('quả bóng');
    await lan.presses('Vẽ 1', { ...described, isDeleted: false });
    await house.settled();
    expect(slack.channel('general').text('lan')).toContain('(only lan sees this)');
  });

  it('come by the shortcut of a message, at once', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const { message } = await slack.person('sam').posts('my dog', { in: 'general', files: [picture] });
    await slack.person('lan').usesShortcut('Describe this image', message);
    await house.settled();
    expect(await newest(house)).toMatchObject({ task: { kind: 'describe' }, requester: { id: slack.person('lan').id } });
    expect(house.text('general')).toContain('Một chú chó & quả bóng');
  });

  it('are asked for in vain where there is no picture, and that is said', async () => {
    await using house = await openSlackHouse();
    await house.slack.person('lan').posts('@hoami mô tả ảnh', { in: 'general' });
    await new Promise((resolve) => setTimeout(resolve, 900));
    await house.settled();
    const text = house.slack.channel('general').text('lan');
    expect(text.split('(only lan sees this)')).toHaveLength(2);
    expect(text).toContain('ảnh');
  });
});
