import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { objectsOf, textOf, type JsonObject } from './json.ts';
import { openListener, openReady, PLAIN_INTENTS, type Listener } from './listener.ts';
import type { Person } from './people.ts';
import type { ChannelHandle } from './places.ts';
import { shardOf } from './ids.ts';

let discord: DiscordEmulator;
let art: ChannelHandle;
let lan: Person;

beforeEach(async () => {
  discord = await openDiscordEmulator();
  discord.gateway.settings.maxConcurrency = 1;
  art = discord.guild('Studio').channel('art');
  lan = discord.person('Lan');
});
afterEach(() => discord.close());

const heardBy = (listener: Listener): readonly string[] => listener.events('MESSAGE_CREATE').map(({ content }) => textOf(content));
const mention = (words: string): string => `<@${discord.botId}> ${words}`;

describe('the start of a session', () => {
  it('is told where to connect', async () => {
    const { body } = await callRest(discord, 'GET', '/gateway/bot');
    expect(body).toMatchObject({
      url: expect.stringMatching(/^ws:/),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, max_concurrency: 1 },
    });
  });

  it('says hello, who the bot is, and then each server with its channels', async () => {
    const listener = await openReady(discord);
    const [ready] = listener.events('READY');
    expect(ready).toMatchObject({
      v: 10,
      user: { id: discord.botId, bot: true },
      guilds: [{ id: art.guildId, unavailable: true }],
      resume_gateway_url: expect.stringMatching(/^ws:/),
      application: { id: discord.applicationId },
    });
    expect(await listener.event('GUILD_CREATE')).toMatchObject({
      id: art.guildId,
      channels: [{ id: art.id, name: 'art' }],
      members: [{ user: { id: discord.botId } }],
    });
    expect(listener.frames.map(({ s }) => s)).toEqual([undefined, 1, 2]);
  });

  it('answers heartbeats', async () => {
    const listener = await openListener(discord);
    listener.send({ op: 1, d: null });
    await listener.frame(({ op }) => op === 11);
    expect(discord.violations).toEqual([]);
  });

  it('gives up on whoever sends none', async () => {
    discord.gateway.settings.heartbeatMs = 30;
    const listener = await openReady(discord);
    expect([await listener.closed, discord.violations]).toEqual([4009, [expect.stringContaining('no heartbeat')]]);
  });

  const WRONG: readonly (readonly [what: string, code: number, isBlamed: boolean, act: (listener: Listener) => void])[] = [
    ['a wrong token', 4004, false, (listener) => listener.identify({ token: 'another' })],
    ['intents that are none', 4013, true, (listener) => listener.identify({ intents: 1 << 30 })],
    ['an intent that was not switched on', 4014, false, (listener) => listener.identify({ intents: PLAIN_INTENTS | (1 << 15) })],
    ['a shard that is none', 4010, true, (listener) => listener.identify({ shard: [1, 1] })],
    [
      'no intents at all',
      4002,
      true,
      (listener) => listener.send({ op: 2, d: { token: discord.token, properties: { os: '', browser: '', device: '' } } }),
    ],
    ['a field that is not published', 4002, true, (listener) => listener.identify({ guild_subscriptions: true })],
    ['anything before it', 4003, true, (listener) => listener.send({ op: 3, d: {} })],
    ['an opcode that nobody knows', 4003, true, (listener) => listener.send({ op: 77, d: {} })],
    ['what is no JSON', 4002, true, (listener) => listener.send('{')],
  ];

  it.each(WRONG)('is closed on %s', async (_, code, isBlamed, act) => {
    const listener = await openListener(discord);
    act(listener);
    expect([await listener.closed, discord.violations.length]).toEqual([code, isBlamed ? 1 : 0]);
  });

  it('happens once in a connection and once in five seconds', async () => {
    const first = await openReady(discord);
    const second = await openListener(discord);
    second.identify();
    expect(await second.frame(({ op }) => op === 9)).toMatchObject({ d: false });
    discord.clock.advance(5001);
    second.identify();
    await second.event('READY');
    first.identify();
    expect([await first.closed, discord.gateway.identifies()]).toEqual([4005, 2]);
  });

  it('is refused by a gateway that is closed', async () => {
    discord.gateway.setOpen(false);
    await expect(openListener(discord)).rejects.toThrow('socket hang up');
  });

  it('takes 120 messages a minute', async () => {
    const listener = await openReady(discord);
    for (let n = 0; n < 120; n += 1) listener.send({ op: 1, d: null });
    expect(await listener.closed).toBe(4008);
  });

  it('speaks one compressed stream to whoever asks for it', async () => {
    const listener = await openListener(discord, 'v=10&encoding=json&compress=zlib-stream');
    listener.identify();
    await listener.event('READY');
    await lan.posts(art, mention('hello'));
    expect(await listener.event('MESSAGE_CREATE')).toMatchObject({ content: mention('hello') });
    expect(discord.violations).toEqual([]);
  });
});

describe('a session that lost its connection', () => {
  it('is told everything it missed, in order, and then that this was all', async () => {
    const listener = await openReady(discord);
    await lan.posts(art, mention('one'));
    await listener.event('MESSAGE_CREATE');
    const seq = listener.seq();
    discord.gateway.drop();
    await listener.closed;
    await lan.posts(art, mention('two'));
    await lan.posts(art, mention('three'));
    const again = await openListener(discord);
    again.resume(listener.sessionId, seq);
    await again.event('RESUMED');
    await lan.posts(art, mention('four'));
    await again.frame(() => heardBy(again).length === 3);
    expect(heardBy(again)).toEqual([mention('two'), mention('three'), mention('four')]);
    expect(again.frames.flatMap(({ s }) => (typeof s === 'number' ? [s] : []))).toEqual([seq + 1, seq + 2, seq + 3, seq + 4]);
    expect([discord.gateway.identifies(), discord.gateway.resumes(), discord.violations]).toEqual([1, 1, []]);
  });

  const LOST: readonly (readonly [what: string, act: (listener: Listener & { readonly sessionId: string }) => Promise<void>])[] = [
    [
      'stayed away for too long',
      async (listener) => {
        discord.gateway.drop();
        await listener.closed;
        await discord.until(() => discord.gateway.connected() === 0);
        discord.clock.advance(181_000);
      },
    ],
    [
      'said goodbye properly',
      async (listener) => {
        listener.close(1000);
        await discord.until(() => discord.gateway.connected() === 0);
      },
    ],
    ['was declared invalid', () => Promise.resolve(discord.gateway.invalidate(false))],
    [
      'missed more than is kept',
      async () => {
        discord.gateway.settings.replayMax = 2;
        for (let n = 0; n < 4; n += 1) await lan.posts(art, mention(`${n}`));
      },
    ],
  ];

  it.each(LOST)('has to begin anew when it %s', async (_, act) => {
    const listener = await openReady(discord);
    const seq = listener.seq();
    await act(listener);
    const again = await openListener(discord);
    again.resume(listener.sessionId, seq);
    expect(await again.frame(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it('may be resumed when it was only asked to come back', async () => {
    const listener = await openReady(discord);
    discord.gateway.reconnect();
    await listener.frame(({ op }) => op === 7);
    await lan.posts(art, mention('meanwhile'));
    listener.close();
    await listener.closed;
    const again = await openListener(discord);
    again.resume(listener.sessionId, listener.seq());
    await again.event('RESUMED');
    expect([heardBy(listener), heardBy(again)]).toEqual([[], [mention('meanwhile')]]);
  });

  it('cannot know what was never told', async () => {
    const listener = await openReady(discord);
    const again = await openListener(discord);
    again.resume(listener.sessionId, listener.seq() + 100);
    expect(await again.closed).toBe(4007);
  });

  it('is taken over by whoever resumes it', async () => {
    const listener = await openReady(discord);
    const again = await openListener(discord);
    again.resume(listener.sessionId, listener.seq());
    await again.event('RESUMED');
    expect(await listener.closed).toBe(4009);
  });

  it('finds the interactions it missed among the rest, or does not, as is set', async () => {
    await callRest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, { body: [{ name: 'ping', description: 'x' }] });
    for (const [replays, expected] of [
      [true, 1],
      [false, 0],
    ] as const) {
      discord.settings.replaysInteractions = replays;
      discord.clock.advance(6000);
      const listener = await openReady(discord);
      const seq = listener.seq();
      discord.gateway.drop();
      await discord.until(() => discord.gateway.connected() === 0);
      const reaction = lan.slash('ping', {}, art);
      discord.clock.advance(3001);
      expect((await reaction).kind).toBe('nothing');
      const again = await openListener(discord);
      again.resume(listener.sessionId, seq);
      await again.event('RESUMED');
      expect(again.events('INTERACTION_CREATE')).toHaveLength(expected);
      again.close(1000);
      await discord.until(() => discord.gateway.connected() === 0);
    }
  });
});

describe('what a session hears', () => {
  it('is told to every session of the same shard', async () => {
    const first = await openReady(discord);
    discord.clock.advance(5001);
    const second = await openReady(discord);
    await lan.posts(art, mention('both'));
    expect([await first.event('MESSAGE_CREATE'), await second.event('MESSAGE_CREATE')]).toMatchObject([
      { content: mention('both') },
      { content: mention('both') },
    ]);
  });

  it('comes once more when Discord repeats itself', async () => {
    const listener = await openReady(discord);
    await lan.posts(art, mention('again'));
    discord.gateway.repeat('MESSAGE_CREATE');
    await listener.frame(() => heardBy(listener).length === 2);
    const [one, two] = listener.events('MESSAGE_CREATE');
    expect(one?.['id']).toBe(two?.['id']);
  });

  it('is content only where the intent, a mention, a direct message or the bot’s own words allow it', async () => {
    const image = { filename: 'x.png', contentType: 'image/png', bytes: Buffer.from('x') };
    const listener = await openReady(discord);
    const { message } = await lan.posts(art, 'a secret', { files: [image] });
    await lan.posts(art, mention('look'), { replyTo: message, files: [image] });
    await lan.posts(lan.direct(), 'between us');
    await callRest(discord, 'POST', `/channels/${art.id}/messages`, { body: { content: 'mine' } });
    await listener.frame(() => heardBy(listener).length === 4);
    expect(heardBy(listener)).toEqual(['', mention('look'), 'between us', 'mine']);
    const [secret, look] = listener.events('MESSAGE_CREATE');
    expect([objectsOf(secret?.['attachments']).length, objectsOf(look?.['attachments']).length]).toEqual([0, 1]);
    expect(look).toMatchObject({
      referenced_message: { id: message.id, content: '', attachments: [] },
      guild_id: art.guildId,
      member: { roles: [] },
    });
    discord.settings.messageContent = true;
    discord.clock.advance(5001);
    const privileged = await openReady(discord, { intents: PLAIN_INTENTS | (1 << 15) });
    await lan.posts(art, 'no secret');
    await privileged.frame(() => heardBy(privileged).includes('no secret'));
    await listener.frame(() => heardBy(listener).length === 5);
    expect(heardBy(listener).at(-1)).toBe('');
  });

  it('is a forward whose content follows the same rule', async () => {
    const listener = await openReady(discord);
    const { message } = await lan.posts(art, 'a secret');
    await lan.posts(art, '', { forward: message });
    await lan.posts(lan.direct(), '', { forward: message });
    await listener.frame(() => heardBy(listener).length === 3);
    expect(listener.events('MESSAGE_CREATE').slice(1)).toMatchObject([
      { message_reference: { type: 1 }, message_snapshots: [] },
      { message_snapshots: [{ message: { content: 'a secret' } }] },
    ]);
  });

  it('is what its intents ask for and the bot may see', async () => {
    const listener = await openReady(discord, { intents: 1 << 9 });
    const hidden = discord.guild('Studio').channel('hidden');
    hidden.denyBot('VIEW_CHANNEL');
    await lan.posts(hidden, mention('hidden'));
    await lan.posts(lan.direct(), 'directly');
    await lan.posts(art, mention('seen'));
    await listener.frame(() => heardBy(listener).length > 0);
    expect([heardBy(listener), listener.events('GUILD_CREATE')]).toEqual([[mention('seen')], []]);
  });

  it('is edits, deletions and reactions too', async () => {
    const listener = await openReady(discord);
    const { message } = await lan.posts(art, mention('hello'));
    await lan.edits(message, mention('hello you'));
    lan.reacts(message, '⭐');
    lan.deletes(message);
    expect(await listener.event('MESSAGE_DELETE')).toEqual({ id: message.id, channel_id: art.id, guild_id: art.guildId });
    expect(await listener.event('MESSAGE_UPDATE')).toMatchObject({ id: message.id, content: mention('hello you') });
    expect(await listener.event('MESSAGE_REACTION_ADD')).toMatchObject({ message_id: message.id, emoji: { name: '⭐' }, user_id: lan.id });
  });

  it('is what becomes of servers and channels', async () => {
    const listener = await openReady(discord);
    art.set({ nsfw: true });
    discord.guild('Second').channel('talk').delete();
    discord.guild('Studio').kickBot();
    await listener.event('GUILD_DELETE');
    const names = listener.frames.flatMap(({ t }) => (typeof t === 'string' ? [t] : []));
    expect(names).toEqual(['READY', 'GUILD_CREATE', 'CHANNEL_UPDATE', 'GUILD_CREATE', 'CHANNEL_CREATE', 'CHANNEL_DELETE', 'GUILD_DELETE']);
  });

  it('is divided among shards, and what is direct goes to the first', async () => {
    discord.gateway.settings.maxConcurrency = 2;
    const own = shardOf(textOf(art.guildId), 2);
    const shards: readonly ((Listener & JsonObject) | Listener)[] = [
      await openReady(discord, { shard: [0, 2] }),
      await openReady(discord, { shard: [1, 2] }),
    ];
    await lan.posts(art, mention('in the server'));
    await lan.posts(lan.direct(), 'directly');
    await shards[0]?.frame(({ d }) => JSON.stringify(d).includes('directly'));
    await shards[own]?.frame(({ d }) => JSON.stringify(d).includes('in the server'));
    const heard = shards.map(heardBy);
    expect(heard[0]).toContain('directly');
    expect(heard[1]).not.toContain('directly');
    expect([heard[own], heard[1 - own]].map((words) => words?.includes(mention('in the server')))).toEqual([true, false]);
  });
});
