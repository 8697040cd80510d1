import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordConfig } from '#adapters/discord/config.ts';
import { messageSchema } from '#adapters/discord/payload.ts';
import { earlierPictures } from '#adapters/discord/results.ts';
import { threadPicture } from '#adapters/discord/thread-pictures.ts';
import { PNG } from '#test/contracts/platform.ts';
import type { FaultRule } from '#test/emulators/discord/faults.ts';
import { made } from '#test/ledger/asked.ts';
import { openDiscordBench, type DiscordBench } from './bench.ts';

/** A server with a channel, in which people write messages, and the bot listens. */
let bench: DiscordBench;
beforeEach(async () => {
  bench = await openDiscordBench();
  bench.discord.limits.lift();
});
afterEach(async () => {
  await bench.close();
});

const boat = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };
const idOf = ({ id }: { readonly id: string }): string => `discord-${id}`;

async function open(config: Partial<DiscordConfig> = {}) {
  const { discord } = bench;
  const [lan, max] = [discord.person('Lan', 'vi'), discord.person('Max', 'en-US')];
  const art = discord.guild('Studio').channel('art');
  await bench.listen(bench.create(config));
  const requestOf = async (message: { readonly id: string }) => {
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    return bench.request(idOf(message));
  };
  const isQuiet = async (): Promise<boolean> => {
    const before = discord.botMessages().length;
    // A mention that comes later is answered later.
    const { message } = await lan.posts(lan.direct(), 'một con vịt');
    await requestOf(message);
    return discord.botMessages().length === before + 1;
  };
  return { discord, lan, max, art, me: `<@${discord.botId}>`, requestOf, isQuiet };
}

describe('a message to the bot', () => {
  it('with its name in a channel is a request, answered in a reply that notifies the asker, and the receipt goes', async () => {
    const { lan, art, me, requestOf } = await open();
    const { message, replies } = await lan.posts(art, `${me} một con mèo mặc áo dài --ar 16:9`);
    expect(await requestOf(message)).toMatchObject({ prompt: 'một con mèo mặc áo dài', options: { aspectRatio: '16:9' }, language: 'vi' });
    expect(replies()).toMatchObject([{ buttons: [{ label: 'Huỷ' }], pings: [] }]);
    await bench.deliver(idOf(message));
    expect(replies()).toMatchObject([{ pictures: [{ description: 'Một con mèo' }], pings: ['Lan'] }]);
  });

  it('has one receipt, which goes, also when Discord’s word that it was posted is lost', async () => {
    const { discord, lan, art, me, requestOf } = await open();
    discord.faults.add({ route: 'POST /channels/:channel/messages', kind: 'drop-after' });
    const { message, replies } = await lan.posts(art, `${me} một con mèo`);
    await requestOf(message);
    await bench.deliver(idOf(message));
    expect(replies()).toMatchObject([{ pictures: [{ description: 'Một con mèo' }] }]);
  });

  it('alone with it needs no name', async () => {
    const { lan, requestOf } = await open();
    const { message } = await lan.posts(lan.direct(), 'một con mèo');
    expect(await requestOf(message)).toMatchObject({ prompt: 'một con mèo', tenant: `discord-direct-${lan.id}` });
  });

  it('with a picture changes the picture', async () => {
    const { max, art, me, requestOf } = await open();
    const { message } = await max.posts(art, `${me} make it night`, { files: [boat] });
    expect(await requestOf(message)).toMatchObject({ prompt: 'make it night', task: { kind: 'instruct' } });
  });

  it('that forwards a picture has words nowhere, and is told so', async () => {
    const { discord, lan, art } = await open();
    const { message } = await lan.posts(art, 'xem này', { files: [boat] });
    const forward = await lan.posts(lan.direct(), '', { forward: message });
    const [reply] = await discord.until(() => (forward.replies().length > 0 ? forward.replies() : undefined));
    expect(reply?.text).toContain('What should I change in the picture?');
  });

  it('without any words is told what to do, in its own language as far as that shows', async () => {
    const { discord, lan, art, me } = await open();
    const { replies } = await lan.posts(art, `${me} --seed ba`);
    await discord.until(() => replies().length > 0);
    expect(replies()[0]?.text).toContain('--seed');
  });

  it('from another bot, or that is not meant for it, is nobody’s business', async () => {
    const { max, art, isQuiet } = await open();
    await max.posts(art, 'một con mèo');
    expect(await isQuiet()).toBe(true);
  });
});

describe('a reply', () => {
  /** A result by the bot, from `/imagine`. */
  async function result() {
    const scene = await open();
    const reaction = await scene.lan.slash('imagine', { prompt: 'một con mèo' }, scene.art);
    await bench.deliver(`discord-${reaction.interactionId}`);
    const [message] = scene.art.messages().filter(({ pictures }) => pictures.length > 0);
    if (message === undefined) throw new Error('nothing was painted');
    return { ...scene, result: message, origin: `discord-${reaction.interactionId}` };
  }

  it('to a result of the bot’s changes that result, as it was made, without its name and without the privileged intent', async () => {
    const { max, art, result: painted, requestOf, origin } = await result();
    const { message } = await max.posts(art, 'make it night', { replyTo: painted });
    expect(await requestOf(message)).toMatchObject({
      prompt: 'make it night',
      task: { kind: 'instruct' },
      images: [{ key: made().pictures[0]?.key }],
      origin: { id: origin, how: 'reply' },
    });
  });

  it('is not needed in a thread: words there are about the picture that it shows last', async () => {
    const { discord, lan, art, me, requestOf } = await open({ threads: 'all' });
    const { message } = await lan.posts(art, `${me} một con mèo`);
    await requestOf(message);
    await bench.deliver(idOf(message), undefined, bench.create({ threads: 'all' }));
    const thread = discord.channel(discord.botMessages().find(({ pictures }) => pictures.length > 0)?.channelId ?? '');
    const { message: said } = await lan.posts(thread, `${me} bỏ cái mũ đi`);
    const request = await requestOf(said);
    expect(request).toMatchObject({
      task: { kind: 'erase' },
      images: [{ key: made().pictures[0]?.key }],
      origin: { id: idOf(message) },
    });
    expect(request.thread).toMatchObject({ topic: thread.id, address: { channelId: thread.id, parentId: art.id } });
    expect(request.thread.address).not.toHaveProperty('wantsThread');
    await requestOf((await lan.posts(thread, `${me} cho trời tối đi`, { files: [boat] })).message);
    const { message: later } = await lan.posts(thread, `${me} cho thêm mây`);
    expect((await requestOf(later)).images).toMatchObject([{ platform: 'discord' }]);
  });

  it.each<Omit<FaultRule, 'route'>>([
    { kind: 'problem', code: 50_001 },
    { kind: 'status', status: 503 },
  ])('is not needed in a thread that Discord does not show: the last picture asked for there is meant (%o)', async (fault) => {
    const { discord, lan, art, me, requestOf } = await open({ threads: 'all' });
    const { message } = await lan.posts(art, `${me} một con mèo`);
    await requestOf(message);
    await bench.deliver(idOf(message), undefined, bench.create({ threads: 'all' }));
    const thread = discord.channel(discord.botMessages().find(({ pictures }) => pictures.length > 0)?.channelId ?? '');
    const second = await lan.posts(thread, `${me} bỏ cái mũ đi`);
    await requestOf(second.message);
    await bench.deliver(idOf(second.message), made({ code: 'zzzz2345' }));
    discord.faults.add({ route: 'GET /channels/:channel/messages', ...fault });
    const third = await lan.posts(thread, `${me} cho thêm mây`);
    expect(await requestOf(third.message)).toMatchObject({ origin: { id: idOf(second.message), how: 'reply' } });
  });

  it.each([
    [0, 'a channel of a category', false],
    [11, 'a thread', true],
  ])('goes without saying in threads alone (type %i, %s)', async (type, _name, isThread) => {
    const { discord, art, origin } = await result();
    const { tenant, thread, requester } = await bench.request(origin);
    const message = messageSchema.parse({ id: art.id, channel_id: art.id, author: { id: art.id, username: 'lan' } });
    const ask = { id: 'discord-1', text: 'cho thêm mây', options: {}, images: [], tenant, thread, requester, locale: undefined };
    const api = {
      bot: async ({ path }: { readonly path: string }) =>
        ({ kind: 'done', body: path.endsWith('/messages') ? [] : { type, parent_id: art.guildId } }) as const,
    };
    const found = await threadPicture(message, ask, { api, archive: bench.ledger.archive, botId: discord.botId });
    expect(typeof found === 'object' ? found.origin?.id : found).toBe(isThread ? origin : undefined);
  });

  it('is needed in a channel, and in a thread where nobody can tell what it is', async () => {
    const { discord, art, max, me, requestOf, origin } = await result();
    const { message } = await max.posts(art, `${me} make it night`);
    expect(await requestOf(message)).toMatchObject({ task: { kind: 'imagine' }, images: [] });
    discord.faults.add({ route: 'GET /channels/:channel', kind: 'status', status: 503 });
    const again = await max.posts(art, `${me} make it night`);
    expect(await requestOf(again.message)).toMatchObject({ task: { kind: 'imagine' }, images: [] });
    expect(origin).not.toBe(idOf(message));
  });

  it('to a result in a thread of its own changes it too', async () => {
    const { discord, lan, art, requestOf } = await open({ threads: 'all' });
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    await bench.deliver(`discord-${reaction.interactionId}`);
    const painted = discord.botMessages().find(({ pictures }) => pictures.length > 0);
    if (painted === undefined || painted.channelId === art.id) throw new Error('no thread');
    const { message } = await lan.posts(discord.channel(painted.channelId), 'một con mèo đen', { replyTo: painted });
    expect(await requestOf(message)).toMatchObject({ prompt: 'một con mèo đen', task: { kind: 'instruct' } });
  });

  it('to a result without the ping cannot be read, and says how it can', async () => {
    const { discord, max, art, result: painted } = await result();
    const { replies } = await max.posts(art, 'make it night', { replyTo: painted, silently: true });
    await discord.until(() => replies().length > 0);
    expect(replies()[0]?.text).toContain('Transform image');
  });

  it('to a response that is no picture is no order', async () => {
    const { lan, art, result: painted, isQuiet } = await result();
    const [response] = art.messages();
    if (response === undefined || response.id === painted.id) throw new Error('no response');
    await lan.posts(art, 'cảm ơn nhé', { replyTo: response });
    expect(await isQuiet()).toBe(true);
  });

  it('with the bot’s name to somebody’s picture changes it where Discord shows it', async () => {
    const { discord, lan, max } = await open();
    // Alone with the bot everything can be read.
    const direct = max.direct();
    const shown = await max.posts(direct, 'look', { files: [boat] });
    await discord.until(() => shown.replies().length > 0);
    const { message } = await max.posts(direct, 'make it night', { replyTo: shown.message });
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    expect(await bench.request(idOf(message))).toMatchObject({ task: { kind: 'instruct' } });
    expect(lan.name).toBe('Lan');
  });

  it('with the bot’s name to a picture that Discord hides says how it can be done', async () => {
    const { discord, lan, max, art, me } = await open();
    const shown = await max.posts(art, 'look', { files: [boat] });
    const { replies } = await lan.posts(art, `${me} đổi thành ban đêm`, { replyTo: shown.message });
    await discord.until(() => replies().length > 0);
    expect(replies()[0]?.text).toContain('Ứng dụng › Sửa ảnh này');
  });

  it('with the privileged intent changes it anywhere', async () => {
    await bench.close();
    bench = await openDiscordBench({ messageContent: true });
    bench.discord.limits.lift();
    const { lan, max, art, me, requestOf } = await open({ messageContent: true });
    const shown = await max.posts(art, 'look', { files: [boat] });
    const { message } = await lan.posts(art, `${me} đổi thành ban đêm`, { replyTo: shown.message });
    expect(await requestOf(message)).toMatchObject({ task: { kind: 'instruct' } });
  });
});

describe('the command on a message', () => {
  it('changes its picture in any channel: a form asks for words, strength, ratio and model', async () => {
    const { lan, max, art } = await open();
    const { message } = await max.posts(art, 'look', { files: [boat] });
    const form = await lan.usesMenu('Transform image', message);
    expect(form.modal).toMatchObject({ title: 'Sửa ảnh này' });
    expect(form.modal?.fields.map(({ label }) => label)).toEqual(['Bạn muốn sửa gì?', 'Sửa ít hay nhiều', 'Tỉ lệ', 'Mô hình']);
    const sent = await lan.submits({ 'Bạn muốn sửa gì?': 'đổi thành ban đêm', 'Sửa ít hay nhiều': ['0.35'] });
    const request = await bench.request(`discord-${sent.interactionId}`);
    expect(request).toMatchObject({ prompt: 'đổi thành ban đêm', task: { kind: 'transform', strength: 0.35 } });
    const [image] = request.images;
    if (image === undefined || !('platform' in image)) throw new Error('no picture');
    expect((await bench.create().download(image, AbortSignal.timeout(5000))).bytes).toEqual(PNG);
  });

  it('without a picture says so', async () => {
    const { lan, max, art } = await open();
    const { message } = await max.posts(art, 'words only');
    const reaction = await lan.usesMenu('Transform image', message);
    expect(reaction.message()?.text).toContain('không có ảnh nào');
  });
});

describe('where pictures are for adults', () => {
  it('people are answered in age-restricted channels and alone with the bot, and told so elsewhere', async () => {
    const { discord, lan, art, me, requestOf } = await open({ ageRestricted: true });
    const { replies } = await lan.posts(art, `${me} một con mèo`);
    await discord.until(() => replies().length > 0);
    expect(replies()[0]?.text).toContain('giới hạn độ tuổi');
    await expect(lan.slash('imagine', { prompt: 'một con mèo' }, art)).rejects.toThrow('no command');
    art.set({ nsfw: true });
    expect(await requestOf((await lan.posts(art, `${me} một con mèo`)).message)).toMatchObject({ prompt: 'một con mèo' });
  });

  it('what was asked in one channel is fetched from no other, and from no other server', async () => {
    const { lan, art } = await open();
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    const id = `discord-${reaction.interactionId}`;
    await bench.deliver(id);
    const { tenant, thread } = await bench.request(id);
    const from = (place: Partial<typeof thread>, server = tenant) =>
      earlierPictures(id, { tenant: server, thread: { ...thread, ...place } }, bench.ledger, 3000);
    expect(await from({})).toMatchObject({ images: [{ key: made().pictures[0]?.key }] });
    expect(await from({ room: `${art.guildId}:1`, address: null })).toBeUndefined();
    expect(await from({}, 'discord-1')).toBeUndefined();
  });
});
