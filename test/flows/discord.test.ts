import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { openDiscordEmulator, type DiscordEmulator } from '#test/emulators/discord/emulator.ts';
import type { Person } from '#test/emulators/discord/people.ts';
import type { ChannelHandle } from '#test/emulators/discord/places.ts';
import type { MessageView } from '#test/emulators/discord/view.ts';
import { PNG } from '#test/contracts/platform.ts';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import sharp from 'sharp';
import { openHouse, type House } from './house.ts';

/** How long a story may take on a machine that is busy with others. */
const PATIENCE_MS = 40_000;
const BUCKET = 'clips-of-the-server';
const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');

function settingsFor(discord: DiscordEmulator): Record<string, string> {
  return { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl };
}

const picturesIn = (channel: ChannelHandle): readonly MessageView[] =>
  channel.messages().filter(({ isBot, pictures }) => isBot && pictures.length > 0);
const boat = async () => ({
  filename: 'boat.png',
  bytes: new Uint8Array(await sharp(PNG).resize(256, 256).png().toBuffer()),
  contentType: 'image/png',
});

describe('Họa Mi in a Discord server, all in one process', { timeout: 120_000 }, () => {
  let discord: DiscordEmulator;
  let house: House;
  beforeAll(async () => {
    discord = await openDiscordEmulator({ warm: true });
    discord.limits.lift();
    const clips = { timeMs: 200, atOnce: 2, scale: 0.125, framesPerSecond: 2 };
    house = await openHouse({ ...settingsFor(discord), S3_BUCKET: BUCKET }, { buckets: [BUCKET], clips });
    const program = house.start('src/main/all.ts', [], { S3_ENDPOINT: house.sandbox.url });
    await program.said('is ready');
    await discord.until(() => discord.gateway.connected() === 1, PATIENCE_MS);
  });
  afterAll(async () => {
    await house.close();
    await discord.close();
    if (discord.violations.length > 0) throw new Error(discord.violations.join('\n'));
  });

  /** Whoever is faster than the worker that closes the request is told to press again, and does. */
  const pressed = async (person: Person, label: string, message: MessageView): Promise<void> => {
    await expect.poll(async () => (await person.presses(label, message)).isEphemeral, { timeout: PATIENCE_MS, interval: 200 }).toBe(false);
  };
  const painted = async (channel: ChannelHandle, count: number): Promise<MessageView> => {
    const results = await discord.until(() => (picturesIn(channel).length >= count ? picturesIn(channel) : undefined), PATIENCE_MS);
    const last = results.at(-1);
    if (last === undefined) throw new Error('nothing was painted');
    return last;
  };

  it('Lan paints, varies, asks for the recipe and deletes, in Vietnamese', async () => {
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Xưởng').channel('tranh');
    const asked = await lan.slash('imagine', { prompt: 'một con mèo mặc áo dài', ratio: '16:9' }, art);
    const first = await painted(art, 1);
    expect(first.pings).toEqual(['Lan']);
    expect(first.text).toContain('Ảnh do AI tạo');
    await discord.until(() => asked.message()?.text.includes('Xong rồi'), PATIENCE_MS);

    await pressed(lan, 'Biến thể', first);
    const varied = await painted(art, 2);
    expect(varied.pictures).toHaveLength(4);
    expect(varied.repliesTo).toBe(first.id);

    const recipe = await lan.presses('Xem công thức', first);
    expect(recipe.message()?.text).toContain('Công thức');

    await lan.posts(art, 'một con mèo bên hoa sen trắng', { replyTo: first });
    const night = await painted(art, 3);
    expect(night.text).toContain('Ảnh do AI tạo');

    const confirm = (await lan.presses('Xoá', first)).message();
    if (confirm === undefined) throw new Error('nobody asked back');
    await lan.presses('Xoá luôn', confirm);
    await discord.until(() => discord.message(first.id)?.isDeleted, PATIENCE_MS);
  });

  it('Max transforms pictures by a mention, a direct message and the menu, in English', async () => {
    const max = discord.person('Max', 'en-US');
    const art = discord.guild('Studio').channel('art');
    await max.posts(art, `<@${discord.botId}> make it night`, { files: [await boat()] });
    const result = await painted(art, 1);
    expect(result.text).toContain('AI-generated');
    expect(result.pings).toEqual(['Max']);

    await max.posts(max.direct(), 'a red boat at sunrise');
    await painted(max.direct(), 1);

    const { message } = await max.posts(art, 'look', { files: [await boat()] });
    await max.usesMenu('Transform image', message);
    await max.submits({ 'What should change?': 'make it winter' });
    await painted(art, 2);
    expect(discord.botMessages().filter(({ text }) => text.includes('Something went wrong'))).toEqual([]);
  });

  it('Lan has a clip made, once its price is agreed to: it plays in the channel, and begins and ends as clips do', async () => {
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Phim').channel('tranh');
    const asked = await lan.slash('video', { prompt: 'con mèo nhảy múa', ratio: '16:9' }, art);
    const question = asked.message();
    if (question === undefined) throw new Error('no price was said');
    await lan.presses('Làm, giá 3,75 US$', question);
    const clip = await discord.until(
      () => art.messages().flatMap(({ pictures }) => pictures.filter(({ contentType }) => contentType === 'video/mp4'))[0],
      2 * PATIENCE_MS,
    );
    const bytes = Buffer.from(await (await fetch(clip.url)).arrayBuffer());
    expect([bytes.subarray(4, 8).toString(), clip.filename]).toEqual(['ftyp', expect.stringMatching(/^ai-[a-z0-9]+\.mp4$/)]);
    expect(bytes.includes('moov')).toBe(true);
  });

  it('Lan says what is to be done with a picture, and has one put into words', async () => {
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Sửa').channel('tranh');
    await lan.slash('edit', { instruction: 'tách nền', image: await boat() }, art);
    expect((await painted(art, 1)).text).toContain('Ảnh đã tách nền');
    const described = await lan.slash('describe', { image: await boat() }, art);
    await discord.until(() => described.message()?.buttons.some(({ label }) => label === 'Vẽ 1'), PATIENCE_MS);
    const shown = described.message();
    if (shown === undefined) throw new Error('nothing was described');
    await pressed(lan, 'Vẽ 1', shown);
    await painted(art, 2);
  });

  it('a no says why and what to do, and the form for other words leads on', async () => {
    const max = discord.person('Max', 'en-US');
    const art = discord.guild('Other').channel('art');
    const asked = await max.slash('imagine', { prompt: 'a boat --ar 7:1' }, art);
    expect(asked.message()?.text).toContain('--ar');
    expect(asked.isEphemeral).toBe(true);
  });
});

describe('a gateway that is killed', { timeout: 120_000 }, () => {
  let discord: DiscordEmulator;
  let house: House;
  beforeEach(async () => {
    discord = await openDiscordEmulator({ warm: true });
    discord.limits.lift();
    house = await openHouse(settingsFor(discord));
  });
  afterEach(async () => {
    await house.close();
    await discord.close();
  });

  it('misses nothing and answers everybody once', async () => {
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Xưởng').channel('tranh');
    const first = house.start('src/main/all.ts');
    await first.said('is ready');
    const ids: string[] = [];
    const write = async (words: string): Promise<void> => void ids.push((await lan.posts(art, `<@${discord.botId}> ${words}`)).message.id);
    for (const words of ['một con mèo', 'một con chó', 'một con trâu']) await write(words);
    first.child.kill('SIGKILL');
    await first.ended;
    for (const words of ['hoa sen trắng', 'chiếc thuyền đỏ']) await write(words);
    house.start('src/main/all.ts');
    const answered = (id: string): readonly MessageView[] => picturesIn(art).filter(({ repliesTo }) => repliesTo === id);
    await discord.until(() => ids.every((id) => answered(id).length > 0), 2 * PATIENCE_MS);
    expect(ids.map((id) => answered(id).length)).toEqual([1, 1, 1, 1, 1]);
    expect(discord.gateway.identifies()).toBe(1);
    expect(discord.violations).toEqual([]);
  });
});

describe.skipIf(redisUrl === undefined || postgresUrl === undefined)('gateway and workers apart', () => {
  let discord: DiscordEmulator;
  let database: FreshDatabase;
  let house: House;
  beforeAll(async () => {
    discord = await openDiscordEmulator({ warm: true });
    discord.limits.lift();
    database = await freshDatabase(postgresUrl ?? '');
    const shared = { DATABASE_URL: database.url, REDIS_URL: `${redisUrl ?? ''}/9`, HOAMI_LOG_LEVEL: 'info' };
    house = await openHouse({ ...shared, ...settingsFor(discord), DISCORD_REQUESTS_PER_SECOND: '20' });
  });
  afterAll(async () => {
    await house.close();
    await database.drop();
    await discord.close();
  });

  it('a worker that is killed while it shows its answer is followed by one that shows nothing twice', async () => {
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Xưởng').channel('tranh');
    const gateway = house.start('src/main/gateway.ts');
    const worker = house.start('src/main/worker.ts');
    await Promise.all([gateway.said('gateway-ready'), worker.said('worker-ready')]);
    discord.faults.add({ route: 'POST /channels/:channel/messages', kind: 'hang-after' });
    await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    await discord.until(() => picturesIn(art).length === 1, PATIENCE_MS);
    worker.child.kill('SIGKILL');
    await worker.ended;
    house.start('src/main/worker.ts');
    await discord.until(() => art.messages().some(({ text }) => text.includes('Xong rồi')), 3 * PATIENCE_MS);
    expect(picturesIn(art)).toHaveLength(1);
    expect(discord.violations).toEqual([]);
  }, 180_000);
});
