import { describe, expect, it } from 'vitest';
import { jsonSchema } from '#src/core/request.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';
import { install, openTown } from './town.ts';

/** Links to clips that Slack does not take: each of them ends, and there is always another one. */
const YES = 'Làm, giá 3,75 US$';
const FIRST = 'https://clips.example/one.mp4?sign=first';
const YEAR_MS = 365 * 24 * 3_600_000;

/** A clip stands in the channel as a link. */
async function linked(house: SlackHouse, person = 'lan', channel = 'general'): Promise<Message> {
  house.shelf.address = FIRST;
  house.slack.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error: 'file_uploads_except_images_disabled', times: 2 });
  await filmed(house, person, channel);
  const message = house.slack.parts.messages.all().findLast(({ blocks }) => JSON.stringify(blocks).includes('sign=first'));
  if (message === undefined) throw new Error('nothing is linked');
  return message;
}

async function filmed(house: SlackHouse, person = 'lan', channel = 'general'): Promise<void> {
  const asker = house.slack.person(person);
  await asker.types('/video sóng vỗ bờ đá --duration 5', { in: channel });
  await asker.presses(YES);
  await house.settled();
}

describe('a link below a clip', () => {
  it('has a successor a year and a restart later, for whoever presses and for nobody else', async () => {
    await using house = await openSlackHouse({ listens: false });
    const stop = await house.listen();
    const message = await linked(house);
    await stop();
    house.skip(YEAR_MS);
    house.slack.clock.advance(YEAR_MS);
    await house.listen();
    house.shelf.address = 'https://clips.example/one.mp4?sign=second&for=b';
    await house.slack.person('sam').presses('Link mới', message);
    await house.settled();
    const { slack } = house;
    expect(slack.channel('general').text('sam')).toContain(
      '7 days at most: <https://clips.example/one.mp4?sign=second&for=b|ai-abcd2345.mp4>',
    );
    expect(slack.channel('general').text('lan')).not.toContain('sign=second');
    expect(house.shelf.linked.at(-1)).toBe(7 * 24 * 3_600_000);
    expect(JSON.stringify(house.lines)).not.toContain('sign=');
    expect(house.text('general')).toContain('sign=first');
  });

  it('has none where the clip was deleted', async () => {
    await using house = await openSlackHouse();
    const message = await linked(house);
    const [entry] = await house.store.archive.history({ tenant: `slack-${house.slack.team().id}`, limit: 1 });
    // By another half of the product, which does not take the message down.
    expect(await house.store.retractions.remove(entry?.request.id ?? '')).toMatchObject({ kind: 'removed' });
    const asked = house.shelf.linked.length;
    await house.slack.person('sam').presses('Link mới', message);
    await house.settled();
    expect(house.slack.channel('general').text('sam')).toContain('cannot find that request any more');
    expect(house.shelf.linked).toHaveLength(asked);
  });

  it('has none for another workspace', async () => {
    await using house = await openTown();
    const { slack } = house;
    await install(house, 'lan', 'nha');
    await install(house, 'tam', 'xom');
    slack.person('lan').invitesBot('nha-chung');
    slack.person('tam').invitesBot('xom-chung');
    await linked(house, 'lan', 'nha-chung');
    const message = await linked(house, 'tam', 'xom-chung');
    const [theirs = '', own = ''] = await Promise.all(
      ['nha', 'xom'].map(async (name) => {
        const [entry] = await house.store.archive.history({ tenant: `slack-${slack.team(name).id}`, limit: 1 });
        return entry?.request.id;
      }),
    );
    Object.assign(message, { blocks: jsonSchema.parse(JSON.parse(JSON.stringify(message.blocks).replaceAll(own, theirs))) });
    const asked = house.shelf.linked.length;
    await slack.person('tam').presses('Link mới', message);
    await house.settled();
    expect(slack.channel('xom-chung', 'xom').text('tam')).toContain('không tìm thấy yêu cầu này');
    expect(house.shelf.linked).toHaveLength(asked);
  });

  it('has none where there are no links any more, and where it is instead is said', async () => {
    await using house = await openSlackHouse();
    await linked(house);
    house.shelf.address = undefined;
    await house.slack.person('lan').presses('Link mới');
    await house.settled();
    expect(house.slack.channel('general').text('lan')).toContain(
      'không tạo được link video. Bạn xem trên trang web của Họa Mi nhé, mã abcd2345',
    );
  });
});

it('the button for a new link is not below a clip that is there itself, or has no link', async () => {
  await using house = await openSlackHouse();
  house.shelf.address = FIRST;
  await filmed(house);
  expect(house.text('general')).toContain('(file ai-abcd2345.mp4');
  expect(house.text('general')).not.toContain('Link mới');
  house.shelf.address = undefined;
  house.slack.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error: 'file_uploads_except_images_disabled', times: 2 });
  await filmed(house);
  expect(house.text('general')).toContain('file_uploads_except_images_disabled');
  expect(house.text('general')).not.toContain('Link mới');
});
