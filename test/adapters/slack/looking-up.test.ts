import { describe, expect, it } from 'vitest';
import type { SlackRoom } from '#adapters/slack/office.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse } from './house.ts';

/** What is too slow to be looked up is not unknown: whoever presses may try again. */
type Archive = SlackRoom['archive'];
const never = async (): Promise<never> => Promise.withResolvers<never>().promise;

describe('a request that takes too long to be looked up', () => {
  it.each([
    ['Vẽ 1', '/describe'],
    ['Xem công thức', '/imagine'],
    ['Sửa mô tả', '/imagine'],
  ])('is told as an outage: %s', async (label, command) => {
    let isAway = false;
    const archive = (plain: Archive): Archive => ({ ...plain, find: async (id) => (isAway ? never() : plain.find(id)) });
    await using house = await openSlackHouse({ processingDelayMs: 0, archive });
    const { slack } = house;
    const lan = slack.person('lan');
    if (command === '/imagine') await lan.types('/imagine một con mèo', { in: 'general' });
    else await lan.posts('@hoami mô tả ảnh', { in: 'general', files: [{ name: 'boat.png', bytes: Buffer.from(PNG) }] });
    await house.settled();
    const message = slack.parts.messages.all().findLast(({ blocks }) => JSON.stringify(blocks).includes(label));
    if (message === undefined) throw new Error(`there is no ${label} to press`);
    isAway = true;
    await lan.presses(label, message);
    await house.settled();
    await expect
      .poll(() => slack.channel('general').text('lan'), { timeout: 5000 })
      .toContain('Lúc này mình chưa nhận hay tìm lại yêu cầu được');
    expect(slack.channel('general').text('lan')).not.toContain('không tìm thấy yêu cầu');
  });
});
