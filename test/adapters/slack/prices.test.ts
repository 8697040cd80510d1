import { describe, expect, it } from 'vitest';
import { priceForm, renderPrice } from '#adapters/slack/prices.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const picture = { name: 'boat.png', bytes: Buffer.from(PNG) };
const requestsOf = async ({ store, slack }: SlackHouse) => {
  const entries = await store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 100 });
  return entries.map(({ request }) => request);
};
const QUESTION = 'Cái này giá 3,75 US$. Bạn có muốn làm không?';
const YES = 'Làm, giá 3,75 US$';

describe('a clip that costs more than is spent unasked', () => {
  it('is asked about for the eyes of its asker, and made after a yes', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    expect(await lan.types('/video sóng vỗ bờ đá', { in: 'general' })).toMatchObject({ shown: expect.stringContaining(QUESTION) });
    await house.settled();
    expect(await requestsOf(house)).toEqual([]);
    expect(slack.channel('general').text('sam')).toBe('#general');
    expect(slack.channel('general').text('lan')).toContain(`[${YES}] [Thôi]`);
    await lan.presses(YES);
    await house.settled();
    expect(await requestsOf(house)).toMatchObject([{ task: { kind: 'video', durationSeconds: 5, frames: [] }, prompt: 'sóng vỗ bờ đá' }]);
    const story = house.text('general');
    expect(story).not.toContain(QUESTION);
    expect(story).toMatch(/@lan muốn làm video:\n {2}sóng vỗ bờ đá[^]*Xong rồi[^]*↳ hoami[^]*ai-abcd2345\.mp4/);
  });

  it('costs nothing after a no', async () => {
    await using house = await openSlackHouse();
    const lan = house.slack.person('lan');
    await lan.types('/video sóng vỗ bờ đá', { in: 'general' });
    const [question] = house.slack.channel('general').messages();
    await lan.presses('Thôi');
    await house.settled();
    expect(house.slack.channel('general').text('lan')).toContain('Đã bỏ qua, bạn không mất gì cả.');
    expect(question?.blocks.filter(({ type }) => type === 'actions')).toEqual([]);
    expect(await requestsOf(house)).toEqual([]);
    house.text('general');
  });

  it('is made once, however often and wherever the yes is pressed, also after a restart', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.types('/video sóng vỗ bờ đá', { in: 'general' });
    const [question] = slack.channel('general').messages();
    if (question === undefined) throw new Error('nobody was asked');
    await house.listen();
    await Promise.all([lan.presses(YES, question), lan.presses(YES, question)]);
    await house.settled();
    expect(await requestsOf(house)).toHaveLength(1);
    const roots = slack.channel('general').messages();
    expect(roots.filter(({ onlyFor, isDeleted }) => onlyFor === undefined && !isDeleted)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('is asked about once for the two events of one post, in its thread', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const lan = slack.person('lan');
    await lan.posts('@hoami làm video', { in: 'general', files: [picture] });
    await new Promise((resolve) => setTimeout(resolve, 900));
    await house.settled();
    expect(slack.channel('general').text('lan').split(QUESTION)).toHaveLength(2);
    expect(slack.channel('general').text('sam')).not.toContain(QUESTION);
    await lan.presses(YES);
    await house.settled();
    expect(await requestsOf(house)).toMatchObject([{ task: { kind: 'video', frames: ['first'] }, images: [{ platform: 'slack' }] }]);
    expect(house.text('general')).toContain('ai-abcd2345.mp4');
  });

  it('is asked about in the thread where Slack lets nothing be whispered, and only its asker’s press counts', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const [lan, sam] = [slack.person('lan'), slack.person('sam')];
    slack.fault({ method: 'chat.postEphemeral', kind: 'refuse', error: 'user_not_in_channel', times: 10 });
    await lan.posts('@hoami làm video', { in: 'general', files: [picture] });
    await expect.poll(() => slack.channel('general').text('sam')).toContain(QUESTION);
    await sam.presses(YES);
    await sam.presses('Thôi');
    await house.settled();
    expect(slack.channel('general').text('sam').split('Only the person who asked, or an admin, can do that.')).toHaveLength(3);
    expect(await requestsOf(house)).toEqual([]);
    await lan.presses(YES);
    await house.settled();
    expect(await requestsOf(house)).toHaveLength(1);
    expect(house.text('general')).not.toContain(QUESTION);
  });

  it('is asked about in the place of a form, which is sent or closed', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const lan = slack.person('lan');
    const { message } = await slack.person('sam').posts('my boat', { in: 'general', files: [picture] });
    await lan.usesShortcut('Animate this image', message);
    await expect.poll(() => slack.modalText('lan')).toContain('Trong video có gì chuyển động?: mọi thứ trong ảnh chuyển động nhẹ nhàng');
    await lan.submits();
    expect(slack.modalText('lan')).toContain(QUESTION);
    expect(await requestsOf(house)).toEqual([]);
    await lan.submits();
    await house.settled();
    expect(slack.modalText('lan')).toBe('');
    expect(await requestsOf(house)).toMatchObject([{ task: { kind: 'video', frames: ['first'] } }]);
    expect(slack.channel('general').replies(message).at(-1)?.fileIds).toHaveLength(1);
    house.text('general');
  });

  it('is asked about below a picture that is to move', async () => {
    await using house = await openSlackHouse();
    const { slack } = house;
    const sam = slack.person('sam');
    await sam.types('/imagine a red boat', { in: 'general' });
    await house.settled();
    await sam.presses('Animate');
    await house.settled();
    expect(slack.channel('general').text('sam')).toContain('This costs $3.75. Shall I make it?');
    await sam.presses('Make it for $3.75');
    await house.settled();
    const [newest] = await requestsOf(house);
    expect(newest).toMatchObject({ task: { kind: 'video', frames: ['first'] }, origin: { how: 'animate' }, prompt: 'a red boat' });
    expect(house.text('general')).toContain('ai-abcd2345.mp4');
    // Below a clip nothing is offered that is for pictures.
    const [root] = slack.channel('general').messages();
    const clip = root === undefined ? undefined : slack.channel('general').replies(root).at(-1);
    expect(JSON.stringify(clip?.blocks)).not.toMatch(/"(Upscale|Zoom out|Remove background|Animate|Variations)"/);
  });

  it('says in the asker’s language that it can no longer be taken', async () => {
    await using house = await openSlackHouse();
    const lan = house.slack.person('lan');
    await lan.types('/video sóng vỗ bờ đá', { in: 'general' });
    const [question] = house.slack.channel('general').messages();
    if (question === undefined) throw new Error('nobody was asked');
    const blocks = structuredClone(question.blocks);
    await lan.presses('Thôi');
    await house.settled();
    await lan.presses(YES, { ...question, blocks });
    await house.settled();
    expect(house.slack.channel('general').text('lan')).not.toContain('Đã bỏ qua');
    expect(await requestsOf(house)).toEqual([]);
    house.text('general');
  });
});

describe('what may turn out to be cheaper', () => {
  const receipt = { kind: 'unconfirmed', id: 'slack-1', priceMicros: 1_200_000, isAtMost: true } as const;

  it.each([
    ['a message', renderPrice(receipt, 'vi')],
    ['a form', priceForm(receipt, 'vi')],
  ])('says so in %s, and in the yes below it', (_, shown) => {
    const text = JSON.stringify(shown);
    expect(text).toContain('Cái này giá tối đa 1,20 US$.');
    expect(text).toContain('"Làm, tối đa 1,20 US$"');
  });
});
