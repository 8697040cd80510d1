import { describe, expect, it } from 'vitest';
import type { DiscordConfig } from '#adapters/discord/config.ts';
import type { Answer } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import { createPage, PNG } from '#test/contracts/platform.ts';
import { made, REFUSED } from '#test/ledger/asked.ts';
import { newsOf, type DiscordBench } from './bench.ts';
import { useDiscordBench } from './use-bench.ts';

/** What a worker meets when it brings an answer to a channel in which Lan asked. */
const bench = useDiscordBench();

const MINUTE_MS = 60_000;
const POST = 'POST /channels/:channel/messages';
const PATCH_RESPONSE = 'PATCH /webhooks/:application/:token/messages/:message';

async function asked(config: Partial<DiscordConfig> = {}) {
  const { discord } = bench;
  const lan = discord.person('Lan', 'vi');
  const guild = discord.guild('Studio');
  const art = guild.channel('art');
  const stop = await bench.listen(bench.create(config));
  const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
  const request = await bench.request(`discord-${reaction.interactionId}`);
  const page = createPage();
  const deliver = (answer: Answer = made(), media?: Media): Promise<void> =>
    bench.create(config).deliver(request, newsOf(answer, media), page);
  const pictures = () => discord.botMessages().filter((message) => message.pictures.length > 0);
  return { discord, lan, guild, art, stop, reaction, request, page, deliver, pictures };
}

/** Delivers until it is done, as the queue does. */
async function insist(deliver: () => Promise<void>, times = 6): Promise<void> {
  for (let time = 1; ; time += 1) {
    try {
      return await deliver();
    } catch (error) {
      if (!(error instanceof TryLater) || time >= times) throw error;
      bench.discord.clock.advance(error.waitMs);
    }
  }
}

describe('an answer is shown once', () => {
  it.each(['drop-after', 'hang-after', 'status-after', 'malformed'] as const)(
    'when Discord did it and its answer is lost: %s',
    async (kind) => {
      const { discord, deliver, pictures } = await asked();
      discord.faults.add({ route: POST, kind: kind === 'hang-after' ? 'drop-after' : kind, status: 502 });
      await expect(deliver()).rejects.toBeInstanceOf(Error);
      await insist(deliver);
      expect(pictures()).toHaveLength(1);
    },
  );

  it('also long after Discord has forgotten the nonce, and with many messages since', async () => {
    const { discord, lan, art, deliver, pictures } = await asked();
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await expect(deliver()).rejects.toMatchObject({ reason: 'unreachable' });
    discord.clock.advance(30 * MINUTE_MS);
    for (let number = 0; number < 120; number += 1) await lan.posts(art, `chuyện ${number}`);
    await insist(deliver);
    expect(pictures()).toHaveLength(1);
  });

  it('also where the bot may not look for what it posted', async () => {
    const { discord, art, deliver, pictures } = await asked();
    art.denyBot('READ_MESSAGE_HISTORY');
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await insist(deliver);
    expect(pictures()).toHaveLength(1);
  });

  it.each<[string, (discord: DiscordBench['discord']) => void]>([
    ['which Discord shows as empty', (): void => {}],
    ['which Discord refuses', (discord) => discord.faults.add({ route: 'GET /channels/:channel/messages', kind: 'problem', code: 50_013 })],
  ])('also where the bot may not look, long after Discord has forgotten the nonce: a channel %s', async (_, refuse) => {
    const { discord, art, deliver, pictures } = await asked();
    art.denyBot('READ_MESSAGE_HISTORY');
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await expect(deliver()).rejects.toBeInstanceOf(TryLater);
    discord.clock.advance(30 * MINUTE_MS);
    refuse(discord);
    await insist(deliver);
    expect(pictures()).toHaveLength(1);
    expect(bench.logged.join('\n')).toContain('discord-shown-unseen');
  });

  it('and not left out where the bot may not look and the first try was turned away', async () => {
    const { discord, art, deliver, pictures } = await asked();
    art.denyBot('READ_MESSAGE_HISTORY');
    discord.limits.strike({ route: POST, scope: 'user', retryAfterMs: 8000 });
    await expect(deliver()).rejects.toMatchObject({ reason: 'overloaded' });
    discord.clock.advance(30 * MINUTE_MS);
    await insist(deliver);
    expect(pictures()).toHaveLength(1);
  });

  it('also when it was deleted before anybody noted it', async () => {
    const { discord, guild, lan, deliver, pictures } = await asked();
    guild.giveRole(lan.id, 'moderator', ['MANAGE_MESSAGES']);
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await expect(deliver()).rejects.toBeInstanceOf(TryLater);
    const [result] = pictures();
    if (result === undefined) throw new Error('nothing was posted');
    lan.deletes(result);
    await insist(deliver);
    expect(pictures()).toEqual([]);
  });

  it('by two workers of which one has lost the job', async () => {
    const { request, page, deliver, pictures } = await asked();
    await deliver();
    page.supersede();
    await bench
      .create()
      .deliver(request, newsOf(made()), page)
      .catch(() => undefined);
    expect(pictures()).toHaveLength(1);
  });

  it('never by a follow-up', async () => {
    const { discord, deliver } = await asked();
    await deliver();
    expect(discord.calls().filter(({ route }) => route === 'POST /webhooks/:application/:token')).toEqual([]);
  });
});

describe('the response to the command', () => {
  it('shows how far it is, with few edits, and points to the answer at the end', async () => {
    const { discord, request, reaction, deliver } = await asked();
    const progress = createPage();
    for (const stage of ['started', 'enhanced', 'painting'] as const)
      await bench.create().deliver(request, { kind: 'progress', stage }, progress);
    expect(reaction.message()?.text).toContain('Đang vẽ');
    expect(reaction.message()?.buttons).toMatchObject([{ label: 'Huỷ' }]);
    expect(discord.calls().filter(({ route }) => route === PATCH_RESPONSE)).toHaveLength(1);
    await deliver();
    expect(reaction.message()?.text).toContain('Xong rồi: https://discord.com/channels/');
  });

  it('that cannot be edited holds nothing up', async () => {
    const { discord, request, deliver, pictures } = await asked();
    discord.faults.add({ route: PATCH_RESPONSE, kind: 'status', status: 503 });
    await bench.create().deliver(request, { kind: 'progress', stage: 'painting' }, createPage());
    await deliver();
    expect(pictures()).toHaveLength(1);
  });

  it('is waited for by a worker that is faster than the gateway', async () => {
    const { discord, request, deliver } = await asked();
    discord.faults.add({ route: PATCH_RESPONSE, kind: 'problem', code: 10_015 });
    await expect(deliver(REFUSED)).rejects.toMatchObject({ reason: 'not-ready' });
    await insist(() => deliver(REFUSED));
    expect(request.id).toContain('discord-');
  });

  it.each([
    ['its token has expired', (): void => bench.discord.clock.advance(20 * MINUTE_MS)],
    ['its token is about to expire', (): void => bench.discord.clock.advance(14.5 * MINUTE_MS)],
  ])('is left alone when %s, and a no is a message then', async (_, wait) => {
    const { discord, art, deliver } = await asked();
    wait();
    await insist(() => deliver(REFUSED));
    expect(discord.calls().some(({ route }) => route === PATCH_RESPONSE)).toBe(false);
    expect(art.messages().at(-1)).toMatchObject({ pings: ['Lan'], buttons: [{ label: 'Sửa mô tả' }] });
  });

  it('is not missed when the clock of this machine is behind and the token has expired all the same', async () => {
    const { discord, request, page, art } = await asked();
    const at = discord.clock.now();
    discord.clock.advance(20 * MINUTE_MS);
    await bench.create({}, { now: () => at + 11_000 }).deliver(request, newsOf(REFUSED), page);
    expect(art.messages().at(-1)?.text).toContain('Bộ lọc an toàn');
  });

  it('with a token that is no good leaves the bot’s own token alone', async () => {
    const { discord, request, page, pictures } = await asked();
    const at = discord.clock.now();
    discord.clock.advance(20 * MINUTE_MS);
    const platform = bench.create({}, { now: () => at + 11_000 });
    await platform.deliver(request, { kind: 'progress', stage: 'painting' }, createPage());
    expect(discord.calls().at(-1)).toMatchObject({ route: PATCH_RESPONSE, status: 401, authorised: false });
    await platform.deliver(request, newsOf(made()), page);
    expect(pictures()).toHaveLength(1);
  });
});

describe('the next best way', () => {
  type Scene = Awaited<ReturnType<typeof asked>>;
  it.each<[string, (scene: Scene) => void]>([
    ['the bot may not write there any more', ({ art }) => art.denyBot('SEND_MESSAGES')],
    ['the bot may not see it any more', ({ art }) => art.denyBot('VIEW_CHANNEL')],
    ['the bot may not attach files', ({ art }) => art.denyBot('ATTACH_FILES')],
    ['the bot was thrown out', ({ guild }) => guild.kickBot()],
  ])('is the response while its token works: %s', async (_, change) => {
    const scene = await asked();
    change(scene);
    await insist(scene.deliver);
    expect(scene.reaction.message()?.pictures).toHaveLength(1);
  });

  it.each([
    ['the channel is gone', 'channel'],
    ['the server is gone', 'guild'],
  ] as const)('is a direct message: %s', async (_, what) => {
    const { discord, lan, art, guild, deliver } = await asked();
    if (what === 'channel') art.delete();
    else guild.delete();
    discord.clock.advance(20 * MINUTE_MS);
    await insist(deliver);
    expect(lan.direct().messages()).toMatchObject([{ pictures: [{ filename: 'ai-abcd2345-1.png' }] }]);
  });

  it('is a direct message whose buttons work for its asker', async () => {
    const { discord, lan, art, request } = await asked();
    art.delete();
    discord.clock.advance(20 * MINUTE_MS);
    await bench.deliver(request.id);
    const [result] = lan.direct().messages();
    if (result === undefined) throw new Error('nothing came');
    const press = await lan.presses('Vẽ lại', result);
    expect(await bench.request(`discord-${press.interactionId}`)).toMatchObject({
      origin: { id: request.id, how: 'again' },
      tenant: request.tenant,
    });
    await lan.presses('Sửa mô tả', result);
    const form = await lan.submits({ 'Mô tả': 'một con chó' });
    expect(await bench.request(`discord-${form.interactionId}`)).toMatchObject({ prompt: 'một con chó', tenant: request.tenant });
  });

  it('is an end with a reason when the person takes no direct messages either', async () => {
    const { discord, lan, art, deliver } = await asked();
    lan.set({ dmsOpen: false });
    art.delete();
    discord.clock.advance(20 * MINUTE_MS);
    await expect(insist(deliver)).rejects.toMatchObject({ name: 'Refusal', code: 'failed' });
    expect(bench.logged.join('\n')).toContain('discord-undeliverable');
  });

  it('is a message by itself when the one that asked is deleted', async () => {
    const { discord, lan, art } = await asked();
    const { message } = await lan.posts(art, `<@${discord.botId}> một con chó`);
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    lan.deletes(message);
    await bench.deliver(`discord-${message.id}`);
    expect(art.messages().at(-1)).toMatchObject({ pings: ['Lan'], pictures: [{}] });
  });

  it('is a message by itself where the bot may not read what was written before', async () => {
    const { discord, lan, art } = await asked();
    const { message } = await lan.posts(art, `<@${discord.botId}> một con chó`);
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    art.denyBot('READ_MESSAGE_HISTORY');
    await bench.deliver(`discord-${message.id}`);
    expect(art.messages().at(-1)).toMatchObject({ pings: ['Lan'], pictures: [{}] });
  });
});

describe('where only the person has the application', () => {
  async function elsewhere() {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    const max = discord.person('Max');
    lan.set({ installedApp: true });
    await bench.listen();
    const group = discord.group('friends', [lan, max]);
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, group);
    return { discord, lan, group, reaction, id: `discord-${reaction.interactionId}` };
  }

  it('the answer goes into the response, and the person knows where else it may come', async () => {
    const { reaction, id } = await elsewhere();
    expect(reaction.message()?.text).toContain('tin nhắn riêng');
    await bench.deliver(id);
    expect(reaction.message()).toMatchObject({ pictures: [{ filename: 'ai-abcd2345-1.png' }] });
    expect(reaction.message()?.buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(['Vẽ lại', 'Phóng to', 'Xoá']));
  });

  it('the answer goes there at once, also in a server that the bot is not in', async () => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    lan.set({ installedApp: true });
    await bench.listen();
    const strange = discord.guild('Elsewhere', { bot: false }).channel('art');
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, strange);
    await bench.deliver(`discord-${reaction.interactionId}`);
    expect(reaction.message()?.pictures).toHaveLength(1);
    expect(discord.calls().some(({ route }) => route === POST)).toBe(false);
  });

  it('the answer is deleted by its asker alone, with its words, however late', async () => {
    const { discord, lan, group, reaction, id } = await elsewhere();
    await bench.deliver(id);
    const shown = () => {
      const message = reaction.message();
      if (message === undefined) throw new Error('nothing is shown');
      return message;
    };
    discord.clock.advance(20 * MINUTE_MS);
    await lan.presses('Xoá', shown());
    await discord.person('Max').presses('Xoá luôn', shown());
    expect(shown().pictures).toHaveLength(1);
    await lan.presses('Giữ lại', shown());
    expect(shown().buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(['Vẽ lại', 'Phóng to', 'Xoá']));
    await lan.presses('Xoá', shown());
    await lan.presses('Xoá luôn', shown());
    expect(shown()).toMatchObject({ text: 'Đã xoá.', pictures: [], buttons: [] });
    expect(group.messages().filter(({ onlyFor }) => onlyFor === undefined)).toHaveLength(1);
    expect(await bench.ledger.archive.find(id)).toMatchObject({ answer: { kind: 'refused', code: 'removed' } });
  });

  it('the answer comes directly when the response can no longer be changed', async () => {
    const { discord, lan, id } = await elsewhere();
    discord.clock.advance(20 * MINUTE_MS);
    await bench.deliver(id);
    expect(lan.direct().messages()).toMatchObject([{ pictures: [{}] }]);
  });
});

describe('a thread for every request', () => {
  it('hangs on the response, and holds the answer', async () => {
    const { discord, reaction, deliver, pictures } = await asked({ threads: 'all' });
    await deliver();
    const [result] = pictures();
    expect(result?.channelId).toBe(reaction.message()?.threadId);
    expect(discord.view().channels.find(({ kind }) => kind === 'thread')).toMatchObject({ name: 'Mèo' });
  });

  it('is opened once, and its answer is once in it', async () => {
    const { discord, deliver, pictures } = await asked({ threads: 'all' });
    discord.faults.add({ route: 'POST /channels/:channel/messages/:message/threads', kind: 'drop-after' });
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await insist(deliver);
    const threads = discord.view().channels.filter(({ kind }) => kind === 'thread');
    expect(pictures().map(({ channelId }) => channelId)).toEqual(threads.map(({ id }) => id));
  });

  it('is done without where the bot may not open one', async () => {
    const { art, deliver } = await asked({ threads: 'all' });
    art.denyBot('CREATE_PUBLIC_THREADS');
    await deliver();
    expect(art.messages().at(-1)?.pictures).toHaveLength(1);
  });

  it('that is gone leaves the answer in its channel', async () => {
    const { discord, art, deliver } = await asked({ threads: 'all' });
    discord.faults.add({ route: POST, kind: 'status', status: 503 });
    await expect(deliver()).rejects.toBeInstanceOf(TryLater);
    const thread = discord.view().channels.find(({ kind }) => kind === 'thread');
    discord.channel(thread?.id ?? '').delete();
    await insist(deliver);
    expect(art.messages().at(-1)?.pictures).toHaveLength(1);
  });
});

describe('pictures', () => {
  const heavy: Media = { bytes: new Uint8Array(11 * 1024 * 1024), type: 'image/png' };

  it('that are too heavy are made lighter, and it is said so', async () => {
    const { request, page, art } = await asked();
    const limits: number[] = [];
    const lighten = (media: Media, bytesMax: number): Promise<Media> => {
      limits.push(bytesMax);
      return Promise.resolve(media.bytes.length <= bytesMax ? media : { bytes: PNG, type: 'image/jpeg' });
    };
    await bench.create({}, { lighten }).deliver(request, newsOf(made(), heavy), page);
    expect(limits).toEqual([10 * 1024 * 1024]);
    const result = art.messages().at(-1);
    expect(result?.pictures).toMatchObject([{ filename: 'ai-abcd2345-1.jpg' }]);
    expect(result?.text).toContain('Mình đã nén ảnh cho vừa Discord');
  });

  it('are left as they are in a server whose boosts allow more', async () => {
    const { guild, request, page, pictures } = await asked();
    guild.set({ premiumTier: 2 });
    await bench.create().deliver(request, newsOf(made(), heavy), page);
    expect(pictures()).toMatchObject([{ pictures: [{ filename: 'ai-abcd2345-1.png' }] }]);
  });

  it('are made lighter again when Discord finds them too heavy all the same', async () => {
    const { discord, request, page, art } = await asked();
    discord.settings.fileBytesMax = 5 * 1024 * 1024;
    const lighten = (media: Media, bytesMax: number): Promise<Media> =>
      Promise.resolve(media.bytes.length <= bytesMax ? media : { bytes: new Uint8Array(bytesMax), type: 'image/jpeg' });
    await bench.create({}, { lighten }).deliver(request, newsOf(made(), heavy), page);
    expect(art.messages().at(-1)).toMatchObject({ pings: ['Lan'], pictures: [{}] });
  });

  it('are covered when that was wished', async () => {
    const { lan, art, pictures } = await asked();
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo', spoiler: true }, art);
    await bench.deliver(`discord-${reaction.interactionId}`);
    const [covered] = pictures().slice(-1);
    expect(covered?.pictures).toMatchObject([{ isSpoiler: true }]);
    if (covered === undefined) throw new Error('nothing was painted');
    // Whatever is made from a covered picture is covered as well.
    const again = await lan.presses('Vẽ lại', covered);
    await bench.deliver(`discord-${again.interactionId}`);
    expect(pictures().at(-1)).toMatchObject({ repliesTo: covered.id, pictures: [{ isSpoiler: true }] });
    const { message } = await lan.posts(art, 'ban đêm', { replyTo: covered });
    await expect.poll(() => bench.ledger.archive.find(`discord-${message.id}`), { timeout: 10_000 }).toBeDefined();
    await bench.deliver(`discord-${message.id}`);
    expect(pictures().at(-1)).toMatchObject({ repliesTo: message.id, pictures: [{ isSpoiler: true }] });
  });
});

describe('limits and outages', () => {
  it.each(['user', 'shared', 'global'] as const)('give the job back to the queue for as long as Discord says: %s', async (scope) => {
    const { discord, deliver, pictures } = await asked();
    discord.limits.strike({ route: POST, scope, retryAfterMs: 8000 });
    await expect(deliver()).rejects.toMatchObject({ name: 'TryLater', reason: 'overloaded' });
    expect(discord.calls().filter(({ route }) => route === POST)).toHaveLength(1);
    expect(pictures()).toEqual([]);
  });

  it('that all bots share there count for nobody, however often they strike', async () => {
    const { discord, request, page, pictures } = await asked();
    discord.limits.strike({ route: POST, scope: 'shared', retryAfterMs: 1000, times: 3 });
    await insist(() => bench.create().deliver(request, newsOf(made()), page));
    expect([discord.limits.invalidCount(), pictures().length]).toEqual([0, 1]);
  });

  it('of a token that is no longer good are asked about once, then not for a while, and it goes on when it is good again', async () => {
    const { discord, request, page, pictures, art } = await asked();
    discord.resetToken();
    const platform = bench.create({ token: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123' });
    for (let time = 0; time < 5; time += 1) {
      await expect(platform.deliver(request, newsOf(made()), page)).rejects.toMatchObject({ reason: 'unreachable' });
    }
    expect(discord.calls().filter(({ status }) => status === 401)).toHaveLength(1);
    await bench.create({ token: discord.token }).deliver(request, newsOf(made()), page);
    expect(pictures()).toHaveLength(1);
    expect(art.messages()).toHaveLength(2);
  });

  it('leave no token, no link and no words of a person in the log', async () => {
    const { discord, reaction, deliver } = await asked();
    discord.faults.add({ route: POST, kind: 'status', status: 500 });
    discord.faults.add({ route: PATCH_RESPONSE, kind: 'problem', code: 10_008 });
    await expect(deliver()).rejects.toBeInstanceOf(TryLater);
    await insist(deliver);
    const all = bench.logged.join('\n');
    for (const secret of [discord.token, reaction.token, 'một con mèo', 'hm=']) expect(all).not.toContain(secret);
  });
});
