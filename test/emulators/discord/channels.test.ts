import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest, type Got } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { textOf } from './json.ts';
import type { Person } from './people.ts';
import type { ChannelHandle } from './places.ts';

let discord: DiscordEmulator;
let art: ChannelHandle;
let lan: Person;
beforeEach(async () => {
  discord = await openDiscordEmulator();
  discord.limits.lift();
  art = discord.guild('Studio').channel('art');
  lan = discord.person('Lan');
});
afterEach(() => discord.close());

const call = (method: string, path: string, body?: unknown): Promise<Got> => callRest(discord, method, path, { body });
const say = (channel: { readonly id: string }, content = 'x'): Promise<Got> =>
  call('POST', `/channels/${channel.id}/messages`, { content });

describe('a thread', () => {
  const open = async (): Promise<{ readonly messageId: string; readonly got: Got }> => {
    const { message } = await lan.posts(art, 'hello');
    return {
      messageId: message.id,
      got: await call('POST', `/channels/${art.id}/messages/${message.id}/threads`, { name: 'A cat', auto_archive_duration: 60 }),
    };
  };

  it('is opened on a message once, and bears its id', async () => {
    const { messageId, got } = await open();
    expect([got.status, got.body]).toMatchObject([
      201,
      { id: messageId, type: 11, name: 'A cat', parent_id: art.id, thread_metadata: { archived: false, locked: false } },
    ]);
    expect((await call('POST', `/channels/${art.id}/messages/${messageId}/threads`, { name: 'Again' })).body['code']).toBe(160004);
    expect(art.messages()[0]).toMatchObject({ threadId: messageId, raw: { thread: { name: 'A cat' } } });
    expect((await say({ id: messageId })).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('needs its permissions, its kind of channel and a name', async () => {
    const { message } = await lan.posts(lan.direct(), 'hello');
    expect((await call('POST', `/channels/${message.channelId}/messages/${message.id}/threads`, { name: 'x' })).body['code']).toBe(50024);
    art.denyBot('CREATE_PUBLIC_THREADS');
    expect((await open()).got.body['code']).toBe(50013);
    art.allowBot('CREATE_PUBLIC_THREADS');
    expect((await call('POST', `/channels/${art.id}/threads`, { name: 'x'.repeat(101), type: 11 })).status).toBe(400);
    expect((await call('POST', `/channels/${art.id}/threads`, { name: 'x', type: 11, auto_archive_duration: 61 })).status).toBe(400);
    expect(discord.violations).toHaveLength(2);
  });

  it('is private unless told otherwise, and seen by its members alone', async () => {
    expect((await call('POST', `/channels/${art.id}/threads`, { name: 'x' })).body['code']).toBe(50013);
    art.allowBot('CREATE_PRIVATE_THREADS');
    const { body } = await call('POST', `/channels/${art.id}/threads`, { name: 'x' });
    const thread = discord.channel(textOf(body['id']));
    await expect(lan.posts(thread, 'hello')).rejects.toThrow('not theirs');
    await call('PUT', `/channels/${thread.id}/thread-members/${lan.id}`);
    await lan.posts(thread, 'hello');
  });

  it('opens again when somebody writes, but not when it is locked', async () => {
    const thread = discord.channel((await open()).messageId);
    const { body } = await say(thread);
    thread.set({ archived: true });
    expect((await call('PATCH', `/channels/${thread.id}/messages/${textOf(body['id'])}`, { content: 'y' })).body['code']).toBe(50083);
    expect((await say(thread)).status).toBe(200);
    thread.set({ archived: true, locked: true });
    expect((await say(thread)).body['code']).toBe(160005);
    art.denyBot('SEND_MESSAGES_IN_THREADS');
    thread.set({ locked: false });
    expect((await say(thread)).body['code']).toBe(50013);
    expect(discord.violations).toEqual([]);
  });

  it('is archived by whoever opened it', async () => {
    const thread = discord.channel((await open()).messageId);
    expect((await call('PATCH', `/channels/${thread.id}`, { archived: true })).body).toMatchObject({ thread_metadata: { archived: true } });
    expect((await call('PATCH', `/channels/${thread.id}`, { locked: true })).body['code']).toBe(50013);
  });

  it('goes with its channel', async () => {
    const { messageId } = await open();
    art.delete();
    expect((await say({ id: messageId })).body['code']).toBe(10003);
  });
});

describe('a direct channel', () => {
  it('is the same each time, and closed when the person closed it', async () => {
    const open = (): Promise<Got> => call('POST', '/users/@me/channels', { recipient_id: lan.id });
    const { body } = await open();
    expect([body, (await open()).body['id']]).toMatchObject([{ type: 1, recipients: [{ id: lan.id }] }, body['id']]);
    expect((await say({ id: textOf(body['id']) })).status).toBe(200);
    lan.set({ dmsOpen: false });
    expect(await say({ id: textOf(body['id']) })).toMatchObject({ status: 403, body: { code: 50007 } });
    expect((await call('POST', '/users/@me/channels', { recipient_id: '123' })).body['code']).toBe(50033);
    expect(discord.violations).toEqual([]);
  });

  it('holds messages that only their author may delete', async () => {
    const { message } = await lan.posts(lan.direct(), 'hello');
    expect((await call('DELETE', `/channels/${message.channelId}/messages/${message.id}`)).body['code']).toBe(50003);
  });
});

describe('what can be read', () => {
  it('is servers, channels, members and users that are there', async () => {
    const guild = `/guilds/${art.guildId ?? ''}`;
    expect((await call('GET', guild)).body).toMatchObject({ name: 'Studio', premium_tier: 0 });
    expect((await call('GET', `${guild}/channels`)).list).toMatchObject([{ id: art.id }]);
    expect((await call('GET', `${guild}/roles`)).list).toMatchObject([{ name: '@everyone' }]);
    expect((await call('GET', `${guild}/members/${lan.id}`)).body).toMatchObject({ user: { id: lan.id }, roles: [] });
    expect((await call('GET', `/users/${lan.id}`)).body).toMatchObject({ global_name: 'Lan' });
    expect((await call('GET', '/users/@me')).body).toMatchObject({ id: discord.botId, bot: true });
    expect((await call('GET', '/users/@me/guilds')).list).toMatchObject([{ name: 'Studio' }]);
    expect((await call('GET', `/channels/${art.id}`)).body).toMatchObject({ name: 'art', nsfw: false });
    discord.guild('Studio').removeMember(lan.id);
    expect([
      (await call('GET', `${guild}/members/${lan.id}`)).body['code'],
      (await call('GET', '/guilds/1')).body['code'],
      (await call('GET', '/users/1')).body['code'],
    ]).toEqual([10007, 10004, 10013]);
    expect(discord.violations).toEqual([]);
  });

  it('is typing and reactions, where they are allowed', async () => {
    const { message } = await lan.posts(art, 'hello');
    const star = `/channels/${art.id}/messages/${message.id}/reactions/${encodeURIComponent('⭐')}/@me`;
    expect([(await call('POST', `/channels/${art.id}/typing`)).status, (await call('PUT', star)).status]).toEqual([204, 204]);
    expect(art.messages()[0]?.reactions).toEqual(['⭐']);
    expect([(await call('DELETE', star)).status, art.messages()[0]?.reactions]).toEqual([204, []]);
    art.denyBot('ADD_REACTIONS', 'SEND_MESSAGES');
    expect([(await call('POST', `/channels/${art.id}/typing`)).body['code'], (await call('PUT', star)).body['code']]).toEqual([
      50013, 50013,
    ]);
    expect(discord.transcript()).toContain('is typing');
  });
});

describe('people', () => {
  it('may do only what their client lets them', async () => {
    const { message } = await lan.posts(art, 'mine');
    const an = discord.person('An');
    await expect(an.edits(message, 'yours')).rejects.toThrow('somebody else’s');
    expect(() => an.deletes(message)).toThrow('somebody else’s');
    art.set({ slowmodeSeconds: 60 });
    await an.posts(art, 'one');
    await expect(an.posts(art, 'two')).rejects.toThrow('slow mode');
    discord.clock.advance(60_001);
    await an.posts(art, 'two');
    art.denyEveryone('SEND_MESSAGES');
    await expect(an.posts(art, 'three')).rejects.toThrow('may not write');
    art.denyEveryone('VIEW_CHANNEL');
    await expect(an.posts(art, 'four')).rejects.toThrow('not theirs to see');
  });

  it('are told of in a story and seen in a view that is plain JSON and says when it changed', async () => {
    let changes = 0;
    const stop = discord.onChange(() => (changes += 1));
    const { message } = await lan.posts(art, 'hello', {
      files: [{ filename: 'x.png', contentType: 'image/png', bytes: Buffer.from('x') }],
    });
    await lan.posts(lan.direct(), 'between us');
    await lan.edits(message, 'hello you');
    lan.deletes(message);
    expect(discord.transcript()).toBe(
      [
        'Studio #art',
        '  Lan: hello\n    <x.png>',
        '',
        'direct: Họa Mi and Lan',
        '  Lan: between us',
        '',
        'Studio #art',
        '  Lan edits: hello you\n    <x.png>',
        '  Lan deletes Lan’s message: hello you\n    <x.png>',
      ].join('\n'),
    );
    const before = changes;
    stop();
    await lan.posts(art, 'unseen');
    const view = discord.view();
    expect(JSON.parse(JSON.stringify(view))).toMatchObject({
      channels: [{ name: 'art', kind: 'text', guild: 'Studio', messages: [{ text: 'unseen', author: 'Lan' }] }, { kind: 'direct' }],
      people: [{ name: 'Lan' }],
    });
    expect([before > 3, changes]).toEqual([true, before]);
  });

  it('wait for what does not come with the story at hand', async () => {
    await lan.posts(art, 'hello');
    await expect(discord.until(() => undefined, 30)).rejects.toThrow('Lan: hello');
  });
});

describe('the servers of the bot', () => {
  it('come by pages, in the order of their ids, with what its roles allow', async () => {
    discord.guild('Closed').setEveryone(['VIEW_CHANNEL']);
    discord.guild('Elsewhere', { bot: false });
    const first = await call('GET', '/users/@me/guilds?limit=1');
    expect(first.list).toMatchObject([{ name: 'Studio' }]);
    const [{ id = '' } = {}] = first.list.filter((one) => typeof one === 'object' && one !== null && 'id' in one);
    const rest = await call('GET', `/users/@me/guilds?limit=200&after=${textOf(id)}`);
    expect(rest.list).toMatchObject([{ name: 'Closed', permissions: String(1n << 10n), owner: false }]);
    expect((await call('GET', '/users/@me/guilds?limit=500')).status).toBe(400);
    expect(discord.violations).toHaveLength(1);
  });
});
