import { describe, expect, it } from 'vitest';
import { STRENGTHS } from '#src/core/strengths.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse } from './house.ts';

const picture = { name: 'boat.png', bytes: Buffer.from(PNG) };

describe('the shortcut of a message', () => {
  it('opens a form about its picture, and paints under it', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const sam = slack.person('sam');
    const { message } = await slack.person('lan').posts('look', { in: 'general', files: [picture] });
    await sam.usesShortcut('Transform this image', message);
    await expect.poll(() => slack.modalText('sam')).toContain('== Transform image ==');
    await sam.submits({ 'What should change?': 'at night', 'How much to change': 'A little', 'Aspect ratio': 'Automatic' });
    await house.settled();
    const [reply] = slack.channel('general').replies(message);
    expect(reply?.fileIds).toHaveLength(1);
    const [entry] = await house.store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 1 });
    expect(entry?.request).toMatchObject({
      task: { kind: 'transform', strength: STRENGTHS.little },
      images: [{ platform: 'slack' }],
      prompt: 'at night',
    });
    house.text('general');
  });

  it('takes words alone for what is to be done with the picture', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const sam = slack.person('sam');
    const { message } = await slack.person('lan').posts('look', { in: 'general', files: [picture] });
    await sam.usesShortcut('Transform this image', message);
    await expect.poll(() => slack.modalText('sam')).toContain('How much to change: Automatic');
    await sam.submits({ 'What should change?': 'remove the hat' });
    await house.settled();
    const [entry] = await house.store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 1 });
    expect(entry?.request).toMatchObject({ task: { kind: 'erase', what: 'hat' }, images: [{ platform: 'slack' }], options: {} });
  });

  it('opens with the asker’s own defaults, where the task can have them', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    const options = { aspectRatio: '9:16', model: 'sd3.5-large' } as const;
    await house.store.preferences.write(`slack-${slack.team().id}`, lan.id, options);
    const { message } = await lan.posts('look', { in: 'general', files: [picture] });
    await lan.usesShortcut('Transform this image', message);
    await expect.poll(() => slack.modalText('lan')).toContain('Tỉ lệ: 9:16');
    expect(slack.modalText('lan')).toContain('Mô hình: Stable Diffusion 3.5 Large');
    await house.settled();
    house.text('general');
  });

  it('says so when there is no picture', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const { message } = await slack.person('lan').posts('no picture', { in: 'general' });
    await slack.person('lan').usesShortcut('Transform this image', message);
    await house.settled();
    expect(slack.channel('general').text('lan')).toContain('Tin nhắn này không có ảnh.');
    expect(slack.modalText('lan')).toBe('');
    house.text('general');
  });
});

describe('the global shortcut', () => {
  it('opens a form and paints where it is told to; a no stands in the form, with the words', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.usesShortcut('Imagine');
    await expect.poll(() => slack.modalText('lan')).toContain('== Vẽ một bức ==');
    await lan.submits({ 'Mô tả': 'con mèo --seed nhiều', 'Gửi vào đâu?': slack.channel('general').id });
    expect(slack.modalText('lan')).toContain('--seed không nhận “nhiều”');
    await lan.submits({ 'Mô tả': 'con mèo', 'Tỉ lệ': '16:9', 'Gửi vào đâu?': slack.channel('general').id });
    await house.settled();
    expect(slack.modalText('lan')).toBe('');
    expect(house.text('general')).toContain('Stable Diffusion 3.5 Large · 16:9 · Xong rồi');
  });

  it('is one request when its form is sent twice', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.usesShortcut('Imagine');
    await expect.poll(() => slack.modalText('lan')).not.toBe('');
    const view = lan.modal();
    await lan.submits({ 'Mô tả': 'con mèo', 'Gửi vào đâu?': slack.channel('general').id });
    if (view !== undefined) slack.parts.modals.open(view.teamId, view.userId, view.content);
    await house.settled();
    expect([...house.painter.ends.values()]).toEqual(['made']);
  });
});

it('edits the longest prompt without losing a word or a flag of it', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  const sam = slack.person('sam');
  const prompt = `${'a red boat and '.repeat(260)}the end`;
  await sam.types(`/imagine ${prompt} --seed 7 --no fog`, { in: 'general' });
  await house.settled();
  await sam.presses('Edit prompt');
  await expect.poll(() => slack.modalText('sam')).toContain('the end --');
  await sam.submits({ 'Aspect ratio': '1:1' });
  await house.settled();
  expect(slack.modalText('sam')).toBe('');
  const entries = await house.store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 10 });
  const edited = entries.find(({ request }) => request.origin?.how === 'edit');
  expect(edited?.request).toMatchObject({ prompt, options: { seed: 7, negativePrompt: 'fog', aspectRatio: '1:1' } });
  house.text('general');
});

describe('the app’s home', () => {
  it('shows how to ask, one’s defaults and latest pictures, and takes other defaults', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.types('/imagine con thuyền đỏ', { in: 'general' });
    await house.settled();
    await lan.opensHome();
    await expect.poll(() => slack.homeText('lan')).toContain('con thuyền đỏ');
    expect(slack.homeText('lan')).toContain('Tỉ lệ: Tự chọn');
    await lan.pressesInView('Đổi mặc định');
    await expect.poll(() => slack.modalText('lan')).toContain('== Mặc định của bạn ==');
    await lan.submits({ 'Tỉ lệ': '9:16', 'Mô hình': 'Stable Image Core (0,04 US$)' });
    await expect.poll(() => slack.homeText('lan')).toContain('Tỉ lệ: 9:16 · Mô hình: Stable Image Core');
    await lan.types('/imagine con chó', { in: 'general' });
    await house.settled();
    expect(house.text('general')).toContain('Stable Image Core · 9:16');
  });

  it('shows the latest pictures themselves, and only words of what cannot be shown there', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const lan = slack.person('lan');
    for (const words of ['con thuyền', 'con mèo']) {
      await lan.types(`/imagine ${words}`, { in: 'general' });
      await house.settled();
    }
    await lan.opensHome();
    await expect.poll(() => slack.homeText('lan').match(/\(picture “Một bức tranh”\)/g)).toHaveLength(2);
    // Somebody takes one of the files away, and Slack refuses the whole page for it.
    const [file] = [...slack.files.values()];
    if (file !== undefined) lan.removesFile(file);
    await lan.opensHome();
    await expect.poll(() => slack.homeText('lan')).not.toContain('(picture');
    expect(slack.homeText('lan')).toContain('con thuyền');
    await house.settled();
    house.text('general');
  });

  it('shows a recipe in a window: there is no channel to whisper in', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const sam = slack.person('sam');
    await sam.types('/imagine a red boat', { in: 'general' });
    await house.settled();
    await sam.opensHome();
    await expect.poll(() => slack.homeText('sam')).toContain('a red boat');
    await sam.pressesInView('Show recipe');
    await expect.poll(() => slack.modalText('sam')).toContain('/imagine a cat in an ao dai');
    house.text('general');
  });
});
