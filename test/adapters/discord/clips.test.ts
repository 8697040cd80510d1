import { describe, expect, it } from 'vitest';
import { TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import { createPage } from '#test/contracts/platform.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { made } from '#test/ledger/asked.ts';
import { newsOf } from './bench.ts';
import { useDiscordBench } from './use-bench.ts';
import { clipKey, filmed, shelf, type FakeShelf } from './films.ts';

/** Clips on their way into a channel in which Lan asked for one. */
const bench = useDiscordBench({}, [rayCard]);

const MEBIBYTE = 1024 * 1024;
const POST = 'POST /channels/:channel/messages';
const MINUTE_MS = 60_000;

async function asked() {
  const { discord } = bench;
  const lan = discord.person('Lan', 'vi');
  const guild = discord.guild('Studio');
  const art = guild.channel('art');
  await bench.listen();
  const reaction = await lan.slash('video', { prompt: 'con mèo nhảy múa' }, art);
  const told = reaction.message();
  if (told === undefined) throw new Error('nothing was said');
  await lan.presses(told.buttons[0]?.label ?? '', told);
  const request = await bench.request(`discord-${reaction.interactionId}`);
  const page = createPage();
  const deliver = (clips: FakeShelf, answer = filmed()): Promise<void> =>
    bench.create().deliver(request, newsOf(answer, undefined, clips), page);
  const clipsShown = () => discord.botMessages().filter(({ pictures }) => pictures.some(({ contentType }) => contentType === 'video/mp4'));
  return { discord, lan, guild, art, reaction, request, page, deliver, clipsShown };
}

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

const light = (): FakeShelf => shelf({ [clipKey('c')]: 2 * MEBIBYTE }, () => undefined);
const heavy = (bytes = 40 * MEBIBYTE, link?: string): FakeShelf =>
  shelf(
    { [clipKey('c')]: bytes, [clipKey('d')]: 9 * MEBIBYTE, [clipKey('e')]: 5 * MEBIBYTE },
    (most) => (most >= 9 * MEBIBYTE ? clipKey('d') : most >= 5 * MEBIBYTE ? clipKey('e') : undefined),
    link,
  );

describe('a clip', () => {
  it('plays in the channel under its own name, with words for whoever cannot see it and everything about it', async () => {
    const { deliver, clipsShown, reaction } = await asked();
    await deliver(light());
    const [shown] = clipsShown();
    expect(shown?.pictures).toMatchObject([{ filename: 'ai-abcd2345.mp4', contentType: 'video/mp4', description: 'Một con mèo' }]);
    for (const part of ['a cat in an ao dai', 'Test Ray', '5 giây', '960×540', '3,75 US$', 'abcd2345']) expect(shown?.text).toContain(part);
    expect(shown?.text).not.toContain('Seed');
    expect(shown?.pings).toEqual(['Lan']);
    expect(shown?.buttons.map(({ label }) => label)).toEqual(['Vẽ lại', 'Sửa mô tả', 'Dùng lời của mình', 'Xem công thức', 'Xoá']);
    expect(reaction.message()?.text).toContain('Xong rồi: https://discord.com/channels/');
  });

  it('is read only as it is sent, and its length is told before', async () => {
    const { deliver, clipsShown } = await asked();
    const clips = light();
    await deliver(clips);
    // One byte of it is looked at to see that it is there.
    expect([clips.bytesRead(), clips.opened(), clipsShown().length]).toEqual([2 * MEBIBYTE + 1, 2, 1]);
  });

  it.each(['drop-after', 'hang-after', 'status-after', 'malformed'] as const)(
    'is shown once when Discord did it and its answer is lost: %s',
    async (kind) => {
      const { discord, deliver, clipsShown } = await asked();
      discord.faults.add({ route: POST, kind: kind === 'hang-after' ? 'drop-after' : kind, status: 502 });
      const clips = light();
      await expect(deliver(clips)).rejects.toBeInstanceOf(Error);
      discord.clock.advance(30 * MINUTE_MS);
      await insist(() => deliver(clips));
      expect(clipsShown()).toHaveLength(1);
    },
  );

  it.each([0, 1, 2, 3].flatMap((note) => [[note, 'before'] as const, [note, 'after'] as const]))(
    'is shown once when its worker dies at its note %i, %s it is written',
    async (note, when) => {
      const { discord, request, page, clipsShown } = await asked();
      const clips = light();
      let notes = 0;
      const dying: Page = {
        ...page,
        write: async (name, fact) => {
          const isLast = notes++ === note;
          if (isLast && when === 'before') throw new Error('killed');
          await page.write(name, fact);
          if (isLast) throw new Error('killed');
        },
      };
      const deliver = (at: Page): Promise<void> => bench.create().deliver(request, newsOf(filmed(), undefined, clips), at);
      await deliver(dying).catch(() => undefined);
      discord.clock.advance(30 * MINUTE_MS);
      await insist(() => deliver(page));
      expect(clipsShown()).toHaveLength(1);
    },
  );

  it('is read from its beginning when a short limit has to be waited out', async () => {
    const { discord, deliver, clipsShown } = await asked();
    discord.limits.strike({ route: POST, scope: 'user', retryAfterMs: 1000 });
    await deliver(light());
    expect(clipsShown()).toHaveLength(1);
  });

  it('that cannot be had any more is its poster and words, without a link that leads nowhere', async () => {
    const { discord, deliver, clipsShown } = await asked();
    await deliver(shelf({}, () => undefined, 'https://clips.example/gone.mp4'));
    expect(clipsShown()).toEqual([]);
    const shown = discord.botMessages().at(-1);
    expect(shown?.content).not.toContain('clips.example');
    expect(JSON.stringify(shown)).toContain('.png');
  });

  it('can be replied to: what is asked then is about its first picture', async () => {
    const { discord, lan, art, request, deliver, clipsShown } = await asked();
    await deliver(light());
    const journal = await bench.ledger.ledger.open(request.id);
    await journal?.close(filmed());
    const [shown] = clipsShown();
    if (shown === undefined) throw new Error('there is no clip');
    const { message } = await lan.posts(art, 'bỏ cái mũ đi', { replyTo: shown });
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    expect(await bench.request(`discord-${message.id}`)).toMatchObject({ images: [{ key: made().pictures[0]?.key }] });
  });
});

describe('a clip that is too heavy', () => {
  it('is posted lighter, and that is said', async () => {
    const { deliver, clipsShown } = await asked();
    const clips = heavy();
    await deliver(clips, filmed(40 * MEBIBYTE));
    expect(clips.asked).toEqual([10 * MEBIBYTE]);
    expect(clipsShown()[0]?.text).toContain('Video đã được nén nhẹ hơn');
  });

  it('may weigh more where the server is boosted', async () => {
    const { guild, deliver, clipsShown } = await asked();
    guild.set({ premiumTier: 2 });
    const clips = heavy(20 * MEBIBYTE);
    await deliver(clips, filmed(20 * MEBIBYTE));
    expect([clips.asked, clipsShown().length]).toEqual([[24 * MEBIBYTE], 1]);
    expect(clipsShown()[0]?.text).not.toContain('nén nhẹ');
  });

  it('for Discord all the same is made lighter still', async () => {
    const { discord, deliver, clipsShown } = await asked();
    discord.settings.fileBytesMax = 8 * MEBIBYTE;
    const clips = heavy();
    await deliver(clips, filmed(40 * MEBIBYTE));
    expect(clips.asked).toEqual([10 * MEBIBYTE, 6 * MEBIBYTE]);
    expect(clipsShown()).toHaveLength(1);
  });

  it('and cannot be made lighter is linked below its poster', async () => {
    const { art, deliver, clipsShown } = await asked();
    const link = `https://bucket.s3.us-west-2.amazonaws.com/clip.mp4?X-Amz-Signature=${'a'.repeat(400)}`;
    await deliver(
      shelf({ [clipKey('c')]: 40 * MEBIBYTE }, () => undefined, link),
      filmed(40 * MEBIBYTE),
    );
    const [shown] = art.messages().filter(({ pictures }) => pictures.length > 0);
    expect(clipsShown()).toEqual([]);
    expect(shown).toMatchObject({ pictures: [{ contentType: 'image/png' }] });
    expect(shown?.text).toContain(`<${link}>`);
  });

  it.each([undefined, `https://bucket.example/${'a'.repeat(3000)}`])(
    'and has no link that fits is told of, and where it can be seen',
    async (link) => {
      const { art, deliver } = await asked();
      await deliver(
        shelf({ [clipKey('c')]: 40 * MEBIBYTE }, () => undefined, link),
        filmed(40 * MEBIBYTE),
      );
      const [shown] = art.messages().filter(({ pictures }) => pictures.length > 0);
      expect(shown?.text).toContain('Bạn xem trên trang web của Họa Mi, mã abcd2345');
      expect(shown?.buttons.some(({ label }) => label === 'Vẽ lại')).toBe(true);
    },
  );

  it('is linked where there is no shelf at all to read it from', async () => {
    const { art, request } = await asked();
    await bench.create().deliver(request, newsOf(filmed()), createPage());
    expect(art.messages().at(-1)?.text).toContain('mã abcd2345');
  });
});
