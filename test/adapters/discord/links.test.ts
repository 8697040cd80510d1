import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '#src/core/request.ts';
import { createPage } from '#test/contracts/platform.ts';
import type { ChannelHandle } from '#test/emulators/discord/places.ts';
import type { MessageView } from '#test/emulators/discord/view.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { newsOf } from './bench.ts';
import { useDiscordBench } from './use-bench.ts';
import { clipKey, filmed, shelf } from './films.ts';

/** Links to clips that Discord finds too heavy: each of them ends, and there is always another one. */
const bench = useDiscordBench({}, [rayCard]);

const MEBIBYTE = 1024 * 1024;
const YEAR_MS = 365 * 24 * 3_600_000;
const FIRST = 'https://bucket.example/clip.mp4?sign=first';

/** Every link that a store signs is another one. */
function store() {
  const signed: (readonly [key: string, validMs: number])[] = [];
  const link = async (key: string, validMs: number): Promise<string> => {
    signed.push([key, validMs]);
    return `https://bucket.example/clip.mp4?sign=${signed.length}`;
  };
  return { signed, clips: { link } };
}

async function ask(guildName: string, channel: string): Promise<{ readonly art: ChannelHandle; readonly request: GenerationRequest }> {
  const lan = bench.discord.person('Lan', 'vi');
  const art = bench.discord.guild(guildName).channel(channel);
  const reaction = await lan.slash('video', { prompt: 'con mèo nhảy múa' }, art);
  const told = reaction.message();
  if (told === undefined) throw new Error('nothing was said');
  await lan.presses(told.buttons[0]?.label ?? '', told);
  return { art, request: await bench.request(`discord-${reaction.interactionId}`) };
}

/** Shows the clip in a channel, as a link or as itself, and returns the message. */
async function show(request: GenerationRequest, art: ChannelHandle, link?: string, sizeBytes = 40 * MEBIBYTE): Promise<MessageView> {
  const clips = shelf({ [clipKey('c')]: sizeBytes }, () => undefined, link);
  await bench.create().deliver(request, newsOf(filmed(sizeBytes), undefined, clips), createPage());
  const shown = art.messages().findLast(({ pictures }) => pictures.length > 0);
  if (shown === undefined) throw new Error('nothing is shown');
  return shown;
}

const end = async (id: string): Promise<void> => (await bench.ledger.ledger.open(id))?.close(filmed(40 * MEBIBYTE));
const has = ({ buttons }: MessageView): boolean => buttons.some(({ label }) => label === 'Link mới');

describe('a link below a clip', () => {
  it('has a successor a year and a restart later, for whoever presses and for nobody else', async () => {
    const { discord } = bench;
    const stop = await bench.listen();
    const { art, request } = await ask('Studio', 'art');
    const shown = await show(request, art, FIRST);
    await end(request.id);
    expect(shown.text).toContain(`<${FIRST}>`);
    await stop();
    discord.clock.advance(YEAR_MS);
    const { clips, signed } = store();
    await bench.listen(bench.create({}, { clips }));
    const before = art.messages().filter(({ onlyFor }) => onlyFor === undefined).length;
    const [first, second] = [
      await discord.person('Max', 'en-GB').presses('Link mới', shown),
      await discord.person('Lan', 'vi').presses('Link mới', shown),
    ];
    expect([first, second].map(({ kind, isEphemeral }) => [kind, isEphemeral])).toEqual([
      ['message', true],
      ['message', true],
    ]);
    expect(first.message()?.text).toContain('7 days at most: <https://bucket.example/clip.mp4?sign=1>');
    expect(second.message()?.text).toContain('nhiều nhất 7 ngày: <https://bucket.example/clip.mp4?sign=2>');
    expect(signed[0]).toEqual([clipKey('c'), 7 * 24 * 3_600_000]);
    expect(art.messages().filter(({ onlyFor }) => onlyFor === undefined)).toHaveLength(before);
    expect(bench.logged.join('\n')).not.toContain('sign=');
  });

  it('has none where the clip was deleted', async () => {
    const { clips, signed } = store();
    await bench.listen(bench.create({}, { clips }));
    const { art, request } = await ask('Studio', 'art');
    const shown = await show(request, art, FIRST);
    await end(request.id);
    const { tenant, requester } = request;
    await bench.desk.remove(request.id, { tenant, requesterId: requester.id, isAdmin: false });
    const pressed = await bench.discord.person('Max', 'en-GB').presses('Link mới', shown);
    expect([pressed.isEphemeral, pressed.message()?.text]).toEqual([true, expect.stringContaining('cannot find that request any more')]);
    expect(signed).toEqual([]);
  });

  it('has none for another server', async () => {
    const { clips, signed } = store();
    await bench.listen(bench.create({}, { clips }));
    const [here, there] = [await ask('Studio', 'art'), await ask('Elsewhere', 'talk')];
    await end(here.request.id);
    const forged = await show({ ...there.request, id: here.request.id }, there.art, FIRST);
    const pressed = await bench.discord.person('Lan', 'vi').presses('Link mới', forged);
    expect(pressed.message()?.text).toContain('không tìm thấy yêu cầu này');
    expect(signed).toEqual([]);
  });

  it.each<[name: string, link: () => Promise<string | undefined>, says: string]>([
    ['there are no links any more', async () => undefined, 'không tạo được link video. Bạn xem trên trang web của Họa Mi nhé, mã abcd2345'],
    ['the link is longer than a message', async () => `https://bucket.example/${'a'.repeat(3000)}`, 'mã abcd2345'],
    ['nothing can be signed', async () => Promise.reject(new Error('no credentials')), 'Chỗ lưu video chưa dùng được'],
    ['nobody answers', async () => new Promise(() => {}), 'thử lại sau ít phút'],
  ])('says so where %s', async (_name, link, says) => {
    await bench.listen(bench.create({}, { clips: { link } }));
    const { art, request } = await ask('Studio', 'art');
    const shown = await show(request, art, FIRST);
    await end(request.id);
    expect((await bench.discord.person('Lan', 'vi').presses('Link mới', shown)).message()?.text).toContain(says);
  });
});

describe('the button for a new link', () => {
  it('stands only where the clip is a link', async () => {
    await bench.listen();
    const { art, request } = await ask('Studio', 'art');
    expect(has(await show(request, art, FIRST))).toBe(true);
    expect(has(await show({ ...request, id: `${request.id}b` }, art, undefined))).toBe(false);
    expect(has(await show({ ...request, id: `${request.id}c` }, art, FIRST, 2 * MEBIBYTE))).toBe(false);
  });

  it.each([
    [FIRST, true],
    [undefined, false],
  ])('is there as before when a clip, linked as %s, is kept after all', async (link, isThere) => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    lan.set({ installedApp: true });
    await bench.listen();
    const strange = discord.guild('Elsewhere', { bot: false }).channel('art');
    const reaction = await lan.slash('video', { prompt: 'con mèo nhảy múa' }, strange);
    const told = reaction.message();
    if (told === undefined) throw new Error('nothing was said');
    const agreed = await lan.presses(told.buttons[0]?.label ?? '', told);
    const request = await bench.request(`discord-${reaction.interactionId}`);
    const clips = shelf({ [clipKey('c')]: 40 * MEBIBYTE }, () => undefined, link);
    await bench.create().deliver(request, newsOf(filmed(40 * MEBIBYTE), undefined, clips), createPage());
    await end(request.id);
    const shown = (): MessageView => {
      const message = agreed.message();
      if (message === undefined) throw new Error('nothing is shown');
      return message;
    };
    expect(has(shown())).toBe(isThere);
    await lan.presses('Xoá', shown());
    await lan.presses('Giữ lại', shown());
    expect(has(shown())).toBe(isThere);
  });
});
