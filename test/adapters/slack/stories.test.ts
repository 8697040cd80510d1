import { expect, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const picture = { name: 'boat.png', bytes: Buffer.from(PNG) };
const root = (house: SlackHouse, index = 0): Message => {
  const message = house.slack.channel('general').messages()[index];
  if (message === undefined) throw new Error('nothing was said');
  return message;
};

it('is told in Vietnamese: asked, cancelled in time, asked again, painted in its thread', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  house.painter.hold();
  expect(await lan.types('/imagine con mèo mặc áo dài --ar 16:9', { in: 'general' })).toMatchObject({
    acknowledged: true,
    shown: undefined,
  });
  await house.settled();
  expect(house.text('general').replace(/\d+ giây/, 'vài giây')).toBe(
    [
      '#general',
      'hoami: @lan muốn vẽ:',
      '  con mèo mặc áo dài',
      '  Stable Diffusion 3.5 Large · 16:9 · Đã nhận, đến lượt bạn ngay (khoảng vài giây).',
      '  [Huỷ]',
    ].join('\n'),
  );
  await lan.presses('Huỷ');
  await house.settled();
  expect(house.text('general')).toContain('16:9 · Đang huỷ…');
  house.painter.go();
  await house.settled();
  expect(house.text('general')).toBe(
    ['#general', 'hoami: @lan muốn vẽ:', '  con mèo mặc áo dài', '  Đã huỷ theo yêu cầu. (edited)'].join('\n'),
  );
  await lan.types('/imagine con mèo mặc áo dài --ar 16:9', { in: 'general' });
  await house.settled();
  const { text } = house;
  expect(text('general').split('\n').slice(4)).toEqual([
    'hoami: @lan muốn vẽ:',
    '  con mèo mặc áo dài',
    '  Stable Diffusion 3.5 Large · 16:9 · Xong rồi · 0,08 US$ (edited)',
    '  ↳ hoami: @lan · *con mèo mặc áo dài*',
    '      a fine con mèo mặc áo dài',
    '      Một bức tranh Stable Diffusion 3.5 Large · Seed 42 · 1344×768 · 0,08 US$ Ảnh thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
    '      [Vẽ lại] [Biến thể] [Sửa mô tả] [Dùng lời của mình] [Xem công thức] [Xoá]',
    '      [Phóng to] [Mở rộng] [Tách nền] [Cho chuyển động]',
    '      (file ai-abcd2345.png “Một bức tranh”)',
  ]);
  expect(house.slack.mentions.every(({ target }) => target === lan.id)).toBe(true);
});

it('is told in English: a picture in a thread is transformed, varied, edited, shown how, and deleted', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  const sam = slack.person('sam');
  await sam.types('/imagine a red boat', { in: 'general' });
  await house.settled();
  const thread = root(house);

  // Nothing is attached: the thread's last picture is meant.
  await sam.posts('@hoami at night, with stars', { in: 'general', thread });
  await house.settled();
  const [, asked, answer] = slack.channel('general').replies(thread);
  expect([asked?.text, answer?.fileIds.length]).toEqual([expect.stringContaining('at night'), 1]);
  const requests = await house.store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 10 });
  expect(requests[0]?.request).toMatchObject({
    task: { kind: 'instruct' },
    images: [{ key: expect.any(String) }],
    origin: { how: 'reply' },
  });

  // A plain reply with a picture, in a thread that the bot began.
  await sam.posts('with lanterns in the trees', { in: 'general', thread, files: [picture] });
  await house.settled();
  await sam.presses('Variations');
  await house.settled();
  expect(slack.channel('general').replies(thread).at(-1)?.fileIds).toHaveLength(4);

  await sam.presses('Edit prompt');
  await expect.poll(() => slack.modalText('sam')).toContain('What should change?: with lanterns in the trees --n 4');
  await sam.submits({ 'What should change?': 'a green boat', 'Aspect ratio': '1:1' });
  await house.settled();
  expect(slack.modalText('sam')).toBe('');
  expect(house.text('general')).toContain('a fine a green boat');

  await sam.presses('Show recipe');
  await house.settled();
  expect(slack.channel('general').text('sam')).toContain('Recipe abcd2345');
  expect(slack.channel('general').text('sam')).toMatch(/\/imagine a cat in an ao dai --seed 42 --model sd35 .*--raw/);
  expect(slack.channel('general').text('lan')).not.toContain('Recipe abcd2345');

  await sam.presses('Delete', slack.channel('general').replies(thread)[0]);
  await house.settled();
  expect(house.text('general')).not.toContain('a red boat');
  expect(
    slack
      .channel('general')
      .replies(thread)
      .some(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`.includes('red boat')),
  ).toBe(false);
  expect(house.text('general')).toContain('This and its words were deleted, as asked.');
});

it('lets nobody but the asker and admins delete or cancel, and says so to whoever tries', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  const [lan, sam] = [slack.person('lan'), slack.person('sam')];
  await sam.types('/imagine a red boat', { in: 'general' });
  await house.settled();
  await lan.presses('Delete');
  await house.settled();
  expect(slack.channel('general').text('lan')).toContain('Chỉ người đã yêu cầu hoặc quản trị viên mới làm được việc này.');
  expect(house.text('general')).toContain('a red boat');
  // Sam may delete what is not Sam's: they are an admin.
  await lan.types('/imagine con thuyền', { in: 'general' });
  await house.settled();
  await sam.presses('Xoá');
  await house.settled();
  expect(house.text('general')).not.toContain('con thuyền');
});

it('works a year and a restart later: a button needs nothing but the ledger', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  await lan.types('/imagine con thuyền', { in: 'general' });
  await house.settled();
  house.skip(366 * 24 * 60 * 60_000);
  await house.listen();
  await lan.presses('Vẽ lại');
  await house.settled();
  expect(house.slack.channel('general').replies(root(house))).toHaveLength(2);
});

it('shows in a thread of its own line what it is doing, and nothing of it afterwards', async () => {
  await using house = await openSlackHouse({ shareDelayMs: 600 });
  const lan = house.slack.person('lan');
  house.painter.hold();
  await lan.types('/imagine con thuyền', { in: 'general' });
  await house.settled();
  house.painter.go();
  await expect.poll(() => house.slack.channel('general').text()).toMatch(/… Đang vẽ$/m);
  await house.settled();
  expect(house.text('general')).not.toContain('Đang vẽ');
  expect(house.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
});
