import { describe, expect, it } from 'vitest';
import type { FaultKind } from '#test/emulators/slack/faults.ts';
import { openSlackHouse, type SlackHouse, type SlackHouseOptions } from './house.ts';

const LATER_MS = 25_000;

/** Everything that people can see that carries a picture of ours. */
const pictures = ({ slack }: SlackHouse) =>
  slack.parts.messages
    .all()
    .filter(({ botId, fileIds }) => botId !== undefined && fileIds.some((id) => slack.files.get(id)?.isDeleted === false));
const methods = ({ slack }: SlackHouse, name: string) => slack.calls.filter(({ method }) => method === name);

async function asked(options: SlackHouseOptions = {}, channel = 'general'): Promise<SlackHouse> {
  const house = await openSlackHouse(options);
  house.painter.hold();
  await house.slack.person('lan').types('/imagine con mèo', { in: channel });
  await house.settled();
  return house;
}

/** Lets the painter go, and the product's clock run while it waits. */
async function painted(house: SlackHouse): Promise<void> {
  house.painter.go();
  const clock = setInterval(() => house.skip(2000), 50);
  try {
    await house.settled();
  } finally {
    clearInterval(clock);
  }
}

describe('one picture is seen once, when a call of Slack', () => {
  const troubles: readonly (readonly [method: string, kind: FaultKind])[] = [
    ['files.getUploadURLExternal', 'drop-before'],
    ['files.getUploadURLExternal', 'http-500'],
    ['upload', 'drop-before'],
    ['upload', 'drop-after'],
    ['upload', 'http-500'],
    ['files.completeUploadExternal', 'drop-before'],
    ['files.completeUploadExternal', 'drop-after'],
    ['files.completeUploadExternal', 'http-500-after'],
    ['files.completeUploadExternal', 'http-503-html'],
    ['files.completeUploadExternal', 'malformed'],
    ['files.completeUploadExternal', 'never-shared'],
    ['files.completeUploadExternal', 'rate-limit'],
    ['files.info', 'drop-before'],
    ['files.info', 'rate-limit'],
    ['chat.update', 'drop-after'],
    ['assistant.threads.setStatus', 'http-500'],
  ];
  it.each(troubles)('%s suffers %s', async (method, kind) => {
    await using house = await asked();
    house.slack.fault({ method, kind });
    await painted(house);
    expect(pictures(house)).toHaveLength(1);
    expect([...house.painter.ends.values()]).toEqual(['made']);
    expect(house.text('general')).toContain('Xong rồi');
    expect(house.slack.channel('general').messages()).toHaveLength(1);
  });

  it('takes longer to show it than a job may hold a slot', async () => {
    await using house = await asked({ shareDelayMs: 4000 });
    house.painter.go();
    await house.settled();
    expect(pictures(house)).toHaveLength(1);
    expect(methods(house, 'files.completeUploadExternal')).toHaveLength(1);
    house.text('general');
  });
});

it('completes an upload once: from then on Slack is asked, also by another process', async () => {
  await using house = await asked({ shareDelayMs: 3000 });
  house.slack.fault({ method: 'files.completeUploadExternal', kind: 'drop-after' });
  house.painter.go();
  await house.settled();
  expect([methods(house, 'files.completeUploadExternal').length, methods(house, 'upload').length, pictures(house).length]).toEqual([
    1, 1, 1,
  ]);
  expect(house.slack.violations).toEqual([]);
});

it('sends no second file while Slack does not let go of the first, which may still appear', async () => {
  await using house = await asked();
  house.slack.fault({ method: 'files.completeUploadExternal', kind: 'never-shared' });
  house.slack.fault({ method: 'files.delete', kind: 'refuse', error: 'cant_delete_file' });
  await painted(house);
  expect(methods(house, 'files.getUploadURLExternal')).toHaveLength(1);
  expect(house.text('general')).toContain('Slack không nhận tệp (cant_delete_file)');
});

describe('the bot’s own message', () => {
  it.each(['drop-after', 'http-500-after', 'malformed'] as const)('is found again when its call suffers %s', async (kind) => {
    await using house = await openSlackHouse();
    house.slack.fault({ method: 'chat.postMessage', kind });
    await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    await painted(house);
    expect(house.slack.channel('general').messages()).toHaveLength(1);
    expect(house.text('general')).toMatch(/Xong rồi[^]*↳[^]*ai-abcd2345/);
  });

  it('is found again among what other people write', async () => {
    await using house = await openSlackHouse();
    await house.slack.person('sam').posts('good morning', { in: 'general' });
    house.slack.fault({ method: 'chat.postMessage', kind: 'drop-after' });
    await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    await painted(house);
    expect(house.slack.channel('general').messages()).toHaveLength(2);
    expect(house.text('general')).toMatch(/Xong rồi[^]*↳[^]*ai-abcd2345/);
  });

  it('is not posted twice when it never arrived; the picture then stands by itself', async () => {
    await using house = await openSlackHouse();
    house.slack.fault({ method: 'chat.postMessage', kind: 'drop-before' });
    await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    await painted(house);
    expect(methods(house, 'chat.postMessage')).toHaveLength(1);
    expect(house.slack.channel('general').messages()).toHaveLength(1);
    expect(house.text('general')).toContain('ai-abcd2345');
  });

  it('is found by the worker when the gateway dies before it has written it down', async () => {
    await using house = await openSlackHouse();
    const { page } = house.room.notes;
    const killed = (): Promise<never> => Promise.reject(new Error('killed'));
    Object.assign(house.room.notes, { page: (id: string) => ({ ...page(id), write: killed }) });
    house.painter.hold();
    await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    await house.settled();
    house.skip(LATER_MS);
    await painted(house);
    expect(house.text('general')).toMatch(/Xong rồi[^]*↳[^]*ai-abcd2345/);
  });

  it('waits for Slack’s leave, and posts nothing twice meanwhile', async () => {
    await using house = await openSlackHouse();
    house.slack.fault({ method: 'chat.postMessage', kind: 'rate-limit', retryAfterSeconds: 1, times: 2 });
    await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
    await house.settled();
    await new Promise((resolve) => setTimeout(resolve, 2200));
    await house.settled();
    expect(house.slack.channel('general').messages()).toHaveLength(1);
    expect(house.text('general')).toContain('Xong rồi');
  });
});

it('lets a 429 stop one method of one workspace, and nothing else', async () => {
  await using house = await asked();
  house.slack.fault({ method: 'files.getUploadURLExternal', kind: 'rate-limit', retryAfterSeconds: 3 });
  house.painter.go();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const before = methods(house, 'files.getUploadURLExternal').length;
  const began = performance.now();
  await house.slack.person('sam').types('/imagine a boat', { in: 'studio' });
  await expect.poll(() => house.slack.channel('studio').messages().length).toBe(1);
  expect(performance.now() - began).toBeLessThan(2500);
  expect([before, methods(house, 'files.getUploadURLExternal').length]).toEqual([1, 1]);
  await painted(house);
  expect(pictures(house)).toHaveLength(2);
});

describe('the next best way', () => {
  it('goes into a public channel that it is not in', async () => {
    await using house = await asked({}, 'garden');
    await painted(house);
    expect(house.text('garden')).toMatch(/has joined[^]*Xong rồi[^]*ai-abcd2345/);
  });

  it('sends a direct message from a channel where it cannot be, and says how to invite it', async () => {
    await using house = await asked({}, 'secret');
    expect(house.slack.channel('secret').text('lan')).toMatch(/hãy gõ \/invite @hoami/);
    await painted(house);
    expect(pictures(house)).toHaveLength(1);
    expect(house.slack.direct('lan').text()).toContain('ai-abcd2345');
    house.text('secret');
  });

  it('pays for nothing where it can tell nobody', async () => {
    await using house = await openSlackHouse();
    house.slack.withoutScopes(['im:write', 'channels:join']);
    house.painter.hold();
    for (const channel of ['secret', 'garden']) await house.slack.person('lan').types('/imagine con mèo', { in: channel });
    await house.settled();
    for (const channel of ['secret', 'garden']) expect(house.slack.channel(channel).text('lan')).toContain('Bạn chưa mất gì.');
    await painted(house);
    expect([...house.painter.ends.values()].every((end) => end === 'cancelled' || end === 'undeliverable')).toBe(true);
    expect(pictures(house)).toEqual([]);
  });

  it.each(['thread_not_found', 'cannot_reply_to_message', 'posts'] as const)(
    'when its thread was deleted and Slack says %s',
    async (deletedThread) => {
      await using house = await asked({ unconfirmed: { deletedThread } });
      const [root] = house.slack.channel('general').messages();
      if (root !== undefined) house.slack.person('sam').deletes(root);
      await painted(house);
      expect(pictures(house)).toHaveLength(1);
      expect([...house.painter.ends.values()]).toEqual(['made']);
    },
  );

  it.each([
    ['was archived', (house: SlackHouse) => Object.assign(house.slack.channel('general').channel, { isArchived: true })],
    ['was closed to it', (house: SlackHouse) => Object.assign(house.slack.channel('general').channel, { isReadOnly: true })],
  ])('when the channel %s: a direct message that says from where', async (_, change) => {
    await using house = await asked();
    change(house);
    await painted(house);
    expect(house.slack.direct('lan').text()).toMatch(/Bạn đã yêu cầu ở <#C\w+>[^]*ai-abcd2345/);
    expect(pictures(house)).toHaveLength(1);
  });

  it('when it was removed from a private channel', async () => {
    await using house = await asked({}, 'studio');
    house.slack.person('lan').removesBot('studio');
    await painted(house);
    expect(house.slack.direct('lan').text()).toContain('ai-abcd2345');
  });

  it.each(['file_uploads_disabled', 'storage_limit_reached', 'missing_scope', 'a_new_error_of_slack'])(
    'when Slack does not take files (%s): a sentence with the reason, once',
    async (error) => {
      await using house = await asked();
      house.slack.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error });
      await painted(house);
      expect(house.text('general')).toContain(`Slack không nhận tệp (${error})`);
      expect(house.text('general').match(/không nhận tệp/g)).toHaveLength(1);
    },
  );

  it.each(['token_revoked', 'account_inactive'] as const)(
    'when its token is dead (%s): the request ends, with its reason in the log',
    async (reason) => {
      await using house = await asked();
      house.slack.revokeTokens(undefined, reason);
      await painted(house);
      expect([...house.painter.ends.values()]).toEqual(['undeliverable']);
      expect(house.lines).toContainEqual({ event: 'slack-undeliverable', fields: expect.objectContaining({ error: reason }) });
    },
  );
});

it.each([
  ['lan', 'con mèo', 'missing_scope', 'Slack không cho mình viết ở đây (missing_scope)'],
  ['sam', 'a red boat', 'token_revoked', 'Slack does not let me write here any more (token_revoked)'],
])('tells %s about “%s”, for their eyes only, that nothing can be posted: %s', async (name, words, error, sentence) => {
  await using house = await openSlackHouse();
  const { slack } = house;
  for (const method of ['chat.postMessage', 'chat.postEphemeral']) slack.fault({ method, kind: 'refuse', error, times: 100 });
  await slack.person(name).types(`/imagine ${words}`, { in: 'general' });
  await house.settled();
  const channel = slack.channel('general');
  expect(channel.text(name)).toContain(sentence);
  expect(channel.text(name === 'lan' ? 'sam' : 'lan')).not.toContain(error);
});

it('pays for nothing when its token is dead, also where nobody can be told: a post brings no address to answer to', async () => {
  await using house = await openSlackHouse();
  house.painter.hold();
  house.slack.fault({ method: 'chat.postMessage', kind: 'refuse', error: 'token_revoked', times: 100 });
  house.slack.fault({ method: 'chat.postEphemeral', kind: 'refuse', error: 'token_revoked', times: 100 });
  await house.slack.person('lan').posts('@hoami con mèo', { in: 'general' });
  await house.settled();
  await painted(house);
  expect([...house.painter.ends.values()]).not.toContain('made');
  expect(house.lines).toContainEqual({ event: 'slack-token-dead', fields: expect.objectContaining({ error: 'token_revoked' }) });
});

it('takes away the line that says what is being done when the picture goes elsewhere', async () => {
  await using house = await asked();
  Object.assign(house.slack.channel('general').channel, { isReadOnly: true });
  await painted(house);
  expect(house.slack.direct('lan').text()).toContain('ai-abcd2345');
  expect(house.slack.channel('general').text()).not.toContain('Đang vẽ');
});

it('says no once, in its own message, whatever becomes of the call', async () => {
  await using house = await openSlackHouse();
  house.painter.hold();
  const lan = house.slack.person('lan');
  await lan.posts('@hoami con mèo', {
    in: 'general',
    files: [{ name: 'notes.txt', bytes: Buffer.from('words'), mimetype: 'image/png', download: 'gone' }],
  });
  await house.settled();
  house.slack.fault({ method: 'chat.update', kind: 'drop-after' });
  await painted(house);
  expect([...house.painter.ends.values()]).toEqual(['picture-gone']);
  expect(house.text('general').match(/Mình không mở được ảnh đó nữa/g)).toHaveLength(1);
  // A message that is changed does not end the line that says what is being done.
  expect(house.text('general')).not.toContain('Đang vẽ');
});

it('calls nobody from a prompt, and keeps to Slack’s limits with the longest one', async () => {
  await using house = await openSlackHouse();
  const lan = house.slack.person('lan');
  const prompt = `<!channel> <@U1> & ${'𝔵*_~`<>&'.repeat(350)}`;
  await lan.types(`/imagine ${prompt}`, { in: 'general' });
  await house.settled();
  await lan.presses('Show recipe');
  await lan.presses('Edit prompt');
  await expect.poll(() => house.slack.modalText('lan')).not.toBe('');
  await lan.opensHome();
  await house.settled();
  expect(pictures(house)).toHaveLength(1);
  // The bot is named at its home, and whoever asked.
  const known = [lan.id, house.slack.team().app?.botUserId];
  expect(house.slack.mentions.filter(({ target }) => !known.includes(target))).toEqual([]);
  house.text('general');
});
