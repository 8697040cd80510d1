import { describe, expect, it } from 'vitest';
import type { Ledger } from '#src/core/ledger.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const picture = { name: 'boat.png', bytes: Buffer.from(PNG) };
const requestsOf = async ({ store, slack }: SlackHouse) => {
  const entries = await store.archive.history({ tenant: `slack-${slack.team().id}`, limit: 100 });
  return entries.map(({ request }) => request);
};
/** A ledger whose commits wait for `release`, or fail for so many times. */
function slowLedger(): { readonly wrap: (ledger: Ledger) => Ledger; readonly release: () => void; failing: number } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const control = {
    failing: 0,
    release: () => resolve(),
    wrap: (ledger: Ledger): Ledger => ({
      ...ledger,
      accept: async (...values) => {
        await promise;
        if (control.failing > 0) {
          control.failing -= 1;
          throw new Error('the database is away');
        }
        return ledger.accept(...values);
      },
    }),
  };
  return control;
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  it('acknowledges a command and an event when they are in the ledger, and not before', async () => {
    const slow = slowLedger();
    await using house = await openSlackHouse({ mode, ledger: slow.wrap });
    const lan = house.slack.person('lan');
    const told: string[] = [];
    const command = lan.types('/imagine con mèo', { in: 'general' }).then(({ acknowledged }) => told.push(`command ${acknowledged}`));
    const post = lan.posts('@hoami con mèo', { in: 'general', lost: 'message' });
    const event = post.then(({ deliveries }) => told.push(`event ${deliveries.every(({ acknowledged }) => acknowledged)}`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).toEqual([]);
    slow.release();
    await Promise.all([command, event]);
    expect(told.toSorted()).toEqual(['command true', 'event true']);
    expect(await requestsOf(house)).toHaveLength(2);
    await house.settled();
  });

  it('lets Slack send an event again when the ledger is away, and takes it then', async () => {
    const slow = slowLedger();
    slow.release();
    slow.failing = 1;
    await using house = await openSlackHouse({ mode, ledger: slow.wrap });
    const lan = house.slack.person('lan');
    const { deliveries } = await lan.posts('@hoami con mèo', { in: 'general', lost: 'message' });
    expect(deliveries).toMatchObject([{ acknowledged: false }]);
    await expect.poll(async () => (await requestsOf(house)).length).toBe(1);
    await house.settled();
    expect(house.text('general')).toContain('(file ai-abcd2345.png');
  });

  it('tells whoever typed a command that the ledger is away: nobody sends a command again', async () => {
    const slow = slowLedger();
    slow.release();
    slow.failing = 1;
    await using house = await openSlackHouse({ mode, ledger: slow.wrap });
    const told = await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    expect(told).toMatchObject({ acknowledged: true, shown: expect.stringContaining('Lúc này mình chưa nhận hay tìm lại yêu cầu được') });
    expect(await requestsOf(house)).toEqual([]);
  });
});

it('makes one request of the two events of one post, and of every redelivery', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  slack.loseAcknowledgements(2);
  const { message } = await slack.person('lan').posts('@hoami con mèo', { in: 'general' });
  slack.clock.advance(400_000);
  await house.settled();
  expect(await requestsOf(house)).toHaveLength(1);
  expect(slack.channel('general').replies(message)).toHaveLength(1);
});

it.each(['message', 'app_mention'] as const)('hears its name when Slack has lost the %s event', async (lost) => {
  await using house = await openSlackHouse();
  await house.slack.person('lan').posts('@hoami một con mèo &amp; <b>', { in: 'general', lost });
  await house.settled();
  expect(await requestsOf(house)).toMatchObject([{ prompt: 'một con mèo &amp; <b>', thread: { platform: 'slack' } }]);
});

it('takes a command with the words as they were typed', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  await lan.types('/imagine <!channel> & "một con mèo" &lt; —ar 16:9', { in: 'general' });
  await house.settled();
  expect(await requestsOf(house)).toMatchObject([{ prompt: '<!channel> & "một con mèo" &lt;', options: { aspectRatio: '16:9' } }]);
  expect(house.text('general')).toContain('<!channel> & "một con mèo"');
  expect(house.slack.mentions.map(({ target }) => target)).not.toContain('<!channel>');
});

it('hears everything in its own conversation, and goes on from the picture in the thread', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  const { message } = await lan.posts('một con mèo', { in: '@bot' });
  await house.settled();
  await lan.posts('đội mũ', { in: '@bot', thread: message });
  await lan.posts('vẽ lại ảnh này', { in: '@bot', files: [picture] });
  await house.settled();
  const requests = await requestsOf(house);
  expect(requests.map(({ task }) => task.kind).toSorted()).toEqual(['imagine', 'instruct', 'instruct']);
  expect(requests.map(({ origin }) => origin?.how).filter((how) => how !== undefined)).toEqual(['reply']);
});

describe('how somebody speaks', () => {
  it('is asked of Slack only where the words do not tell', async () => {
    await using house = await openSlackHouse({ mode: 'socket' });
    const lan = house.slack.person('lan');
    const asked = (): number => house.slack.calls.filter(({ method }) => method === 'users.info').length;
    await lan.types('/imagine một con mèo ngồi bên cửa sổ', { in: 'general' });
    await lan.types('/imagine a red boat at sunrise', { in: 'general' });
    await house.settled();
    expect(asked()).toBe(0);
    await lan.types('/imagine sao', { in: 'general' });
    await house.settled();
    expect(asked()).toBe(1);
  });
});

describe('its name in a thread with a picture of a person’s', () => {
  const troubles = [
    ['at once', undefined, 'instruct'],
    ['too late', { kind: 'slow', delayMs: 2500 }, 'imagine'],
    ['nothing', { kind: 'refuse', error: 'missing_scope' }, 'imagine'],
  ] as const;

  it.each(troubles)('means that picture, where Slack tells of it: %s', async (_, trouble, kind) => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const { slack } = house;
    const { message } = await slack.person('sam').posts('my dog', { in: 'general', files: [picture] });
    if (trouble !== undefined) slack.fault({ method: 'conversations.replies', times: 2, ...trouble });
    const { deliveries } = await slack.person('lan').posts('@hoami đội mũ cho nó', { in: 'general', thread: message });
    expect(deliveries.every(({ acknowledged }) => acknowledged)).toBe(true);
    await house.settled();
    const [file] = message.fileIds;
    const images = kind === 'instruct' ? [{ platform: 'slack', source: { file } }] : [];
    expect(await requestsOf(house)).toMatchObject([{ prompt: 'đội mũ cho nó', task: { kind }, images }]);
    house.text('general');
  });

  it('means the one that stands last, its own or a person’s', async () => {
    await using house = await openSlackHouse({ processingDelayMs: 0 });
    const lan = house.slack.person('lan');
    const { message } = await lan.posts('@hoami con mèo', { in: 'general' });
    await house.settled();
    await lan.posts('còn đây là con chó', { in: 'general', thread: message, files: [picture] });
    await house.settled();
    await lan.posts('@hoami đội mũ', { in: 'general', thread: message });
    await house.settled();
    await lan.posts('@hoami đeo kính', { in: 'general', thread: message });
    await house.settled();
    const requests = await requestsOf(house);
    const [glasses, hat] = ['đeo kính', 'đội mũ'].map((words) => requests.find(({ prompt }) => prompt === words));
    expect(hat).toMatchObject({ task: { kind: 'instruct' }, images: [{ platform: 'slack' }] });
    expect(glasses).toMatchObject({ images: [{ key: expect.any(String) }], origin: { id: hat?.id, how: 'reply' } });
    house.text('general');
  });
});

it('does not join in when people talk to each other', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  const [lan, sam] = [slack.person('lan'), slack.person('sam')];
  const { message } = await sam.posts('look at this', { in: 'general', files: [picture] });
  await lan.posts('nice', { in: 'general', thread: message, files: [picture] });
  await lan.types('/imagine con mèo', { in: 'general' });
  await house.settled();
  const [, own] = slack.channel('general').messages();
  await sam.posts('how lovely', { in: 'general', thread: own ?? message });
  sam.edits(message, '@hoami look at that');
  sam.deletes(message);
  await house.settled();
  expect(await requestsOf(house)).toHaveLength(1);
});

it.each([
  ['', 'Bạn muốn vẽ gì?'],
  ['con mèo --ar 7:2', '--ar không nhận “7:2”'],
  ['--seed 3', 'Bạn muốn vẽ gì?'],
])('answers /imagine %s at once, for the asker alone', async (words, sentence) => {
  await using house = await openSlackHouse();
  const told = await house.slack.person('lan').types(`/imagine ${words}`, { in: 'general' });
  expect(told).toMatchObject({ acknowledged: true, shown: expect.stringContaining(sentence) });
  expect(house.slack.channel('general').text('sam')).toBe('#general');
});

it('tells in the thread, for the asker alone, why a post cannot be painted', async () => {
  await using house = await openSlackHouse();
  await house.slack.person('sam').posts('@hoami', { in: 'general' });
  await house.settled();
  expect(house.slack.channel('general').text('sam')).toContain('What should I paint?');
  expect(house.slack.channel('general').text('lan')).not.toContain('What should I paint?');
});

it('stops what somebody asked for in a message that they take back', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  house.painter.hold();
  const { message } = await lan.posts('@hoami con mèo', { in: 'general' });
  await house.settled();
  lan.deletes(message);
  await house.settled();
  house.painter.go();
  await house.settled();
  expect([...house.painter.ends.values()]).toEqual(['cancelled']);
});

it('keeps taking requests while Slack refreshes and drops its connections', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  await house.slack.sockets.opened(2);
  house.slack.sockets.warn();
  house.slack.sockets.refresh();
  await lan.posts('@hoami con mèo', { in: 'general' });
  house.slack.sockets.drop();
  await house.slack.sockets.opened(2);
  house.slack.clock.advance(400_000);
  await expect.poll(async () => (await requestsOf(house)).length, { timeout: 15_000 }).toBe(1);
  expect(await lan.types('/imagine con chó', { in: 'general' })).toMatchObject({ acknowledged: true });
  await house.settled();
});
