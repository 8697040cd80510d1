import { describe, expect, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import { made, REFUSED } from '#test/ledger/asked.ts';
import { useDiscordBench } from './use-bench.ts';

/** A server with a channel, in which Lan speaks Vietnamese and Max English, and the bot listens. */
const bench = useDiscordBench();

const picture = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };
const idOf = (interactionId: string): string => `discord-${interactionId}`;

function cast() {
  const { discord } = bench;
  const [lan, max] = [discord.person('Lan', 'vi'), discord.person('Max', 'en-GB')];
  return { discord, lan, max, art: discord.guild('Studio').channel('art') };
}

/** `/imagine`, painted. */
async function painted(words = 'một con mèo') {
  const scene = cast();
  await bench.listen();
  const reaction = await scene.lan.slash('imagine', { prompt: words }, scene.art);
  const id = idOf(reaction.interactionId);
  await bench.deliver(id);
  const result = scene.art.messages().find(({ pictures }) => pictures.length > 0);
  if (result === undefined) throw new Error('nothing was painted');
  return { ...scene, reaction, id, result };
}

describe('the command /imagine', () => {
  it('takes what was chosen in its fields, commits it, and says the place in line with a way out of it', async () => {
    const { lan, art } = cast();
    await bench.listen();
    const values = { prompt: 'con mèo', ratio: '16:9', count: 2, seed: 7, negative: 'chó', model: 'core', enhance: 'raw' };
    const reaction = await lan.slash('imagine', values, art);
    const request = await bench.request(idOf(reaction.interactionId));
    expect(request).toMatchObject({
      prompt: 'con mèo',
      language: 'vi',
      modelId: 'core',
      options: { aspectRatio: '16:9', count: 2, seed: 7, negativePrompt: 'chó', model: 'core', enhance: 'raw' },
      thread: { platform: 'discord', room: `${art.guildId}:${art.id}` },
      requester: { id: lan.id, name: 'Lan' },
      tenant: `discord-${art.guildId}`,
    });
    expect(reaction.message()).toMatchObject({ onlyFor: undefined, buttons: [{ label: 'Huỷ' }] });
    expect(reaction.message()?.text).toContain('đến lượt bạn ngay');
  });

  it('takes a picture to change', async () => {
    const { max, art } = cast();
    await bench.listen();
    const reaction = await max.slash('imagine', { prompt: 'a red boat', image: picture, strength: 0.4 }, art);
    const request = await bench.request(idOf(reaction.interactionId));
    expect(request.task).toEqual({ kind: 'transform', strength: 0.4 });
    const [image] = request.images;
    if (image === undefined || !('platform' in image)) throw new Error('no picture');
    expect((await bench.create().download(image, AbortSignal.timeout(5000))).bytes).toEqual(PNG);
  });

  it('tells a no to whoever asked and nobody else, in their language', async () => {
    const { max, art } = cast();
    await bench.listen();
    const reaction = await max.slash('imagine', { prompt: 'a boat', model: 'midjourney' }, art);
    expect(reaction).toMatchObject({ kind: 'message', isEphemeral: true });
    expect(reaction.message()?.text).toContain('There is no model called “midjourney”');
    expect(art.messages().filter(({ onlyFor }) => onlyFor === undefined)).toEqual([]);
  });

  it('offers the models that can do it, by what was typed, with their price in the language of the person', async () => {
    const { lan, art } = cast();
    await bench.listen();
    const all = await lan.types('imagine', { prompt: 'x', model: '' }, 'model', art);
    expect(all.choices).toContainEqual({ name: 'Stable Image Core · 0,04 US$', value: 'core' });
    const some = await lan.types('imagine', { prompt: 'x', model: 'ULTRA' }, 'model', art);
    expect(some.choices.map(({ value }) => value)).toEqual(['ultra']);
    const able = await lan.types('imagine', { prompt: 'x', image: picture, model: '' }, 'model', art);
    expect(able.choices.map(({ value }) => value)).not.toContain('core');
  });

  it('neutralises markdown and mentions in what people write', async () => {
    const { discord, max, art } = cast();
    await bench.listen();
    const nasty = `**bold** @everyone <@${max.id}> [link](https://evil.example) ||hidden|| \`code\` # head`;
    const reaction = await max.slash('imagine', { prompt: nasty }, art);
    await bench.deliver(idOf(reaction.interactionId), made({ title: nasty, prompt: nasty }));
    for (const message of discord.botMessages()) {
      expect(message.content).not.toMatch(/(?<!\\)(?:\*\*bold|\|\||\[link|`code|# head)/);
      expect(message.pings.filter((name) => name !== 'Max')).toEqual([]);
    }
    const bodies = JSON.stringify(discord.calls().map(({ body }) => body));
    expect(bodies.split('"allowed_mentions":').length).toBe(bodies.split('"content":').length);
    expect(bodies.split('"allowed_mentions":{"parse":[]').length).toBe(bodies.split('"content":').length);
  });

  it('asks once, however often Discord tells of it and however many listen', { timeout: 60_000 }, async () => {
    const { discord, lan, art } = cast();
    await bench.listen();
    discord.clock.advance(6000);
    await bench.listen();
    await discord.until(() => discord.gateway.connected() === 2);
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    discord.gateway.repeat('INTERACTION_CREATE');
    await discord.until(() => discord.calls().filter(({ route }) => route?.includes('/callback')).length >= 3);
    expect(reaction.kind).toBe('message');
    expect(await bench.ledger.archive.history({ tenant: `discord-${art.guildId}`, limit: 10 })).toHaveLength(1);
    expect(art.messages()).toHaveLength(1);
  });

  it('is acknowledged when it is committed, and not before', async () => {
    const { discord, lan, art } = cast();
    const committed = Promise.withResolvers<void>();
    const slow = {
      ...bench.desk,
      ask: async (...asks: Parameters<typeof bench.desk.ask>) => committed.promise.then(() => bench.desk.ask(...asks)),
    };
    await bench.listen(bench.create(), slow);
    const asking = lan.slash('imagine', { prompt: 'một con mèo' }, art);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(discord.calls().some(({ route }) => route?.includes('/callback') === true)).toBe(false);
    committed.resolve();
    expect((await asking).kind).toBe('message');
  });

  it('that comes when the person has already read that nothing happened is answered all the same', async () => {
    const { discord, lan, art } = cast();
    const late = {
      ...bench.desk,
      ask: async (...asks: Parameters<typeof bench.desk.ask>) => {
        discord.clock.advance(5000);
        return bench.desk.ask(...asks);
      },
    };
    await bench.listen(bench.create(), late);
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    expect(reaction.kind).toBe('nothing');
    await expect.poll(() => bench.ledger.archive.find(idOf(reaction.interactionId))).toBeDefined();
    discord.clock.advance(15_000);
    await bench.deliver(idOf(reaction.interactionId));
    expect(art.messages()).toMatchObject([{ pings: ['Lan'], pictures: [{}] }]);
  });

  it('says so in time when the ledger is away', async () => {
    const { lan, art } = cast();
    const away = {
      ...bench.desk,
      ask: async () => ({ receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, language: 'vi' }) as const,
    };
    await bench.listen(bench.create(), away);
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    expect(reaction.isEphemeral).toBe(true);
    expect(reaction.message()?.text).toContain('Lúc này mình chưa nhận hay tìm lại yêu cầu được');
  });
});

describe('a result', () => {
  it('is a message of the bot’s own that notifies its asker, with everything about it and all its buttons', async () => {
    const { id, result, reaction } = await painted();
    expect(result.pings).toEqual(['Lan']);
    expect(result.raw).toMatchObject({ type: 0 });
    expect(result.pictures[0]).toMatchObject({ description: 'Một con mèo', filename: 'ai-abcd2345-1.png' });
    const parts = [
      'Mèo',
      'a cat in an ao dai',
      'Stable Diffusion 3.5 Large',
      'Seed 42',
      '1344×768',
      '0,08 US$',
      'Ảnh thử nghiệm',
      'abcd2345',
    ];
    for (const part of parts) expect(result.text).toContain(part);
    // Where a model makes clips there is one more.
    expect(result.buttons.map(({ label }) => label).filter((label) => label !== 'Cho chuyển động')).toEqual([
      'Vẽ lại',
      'Biến thể',
      'Sửa mô tả',
      'Dùng lời của mình',
      'Phóng to',
      'Mở rộng',
      'Tách nền',
      'Xem công thức',
      'Xoá',
    ]);
    expect(result.buttons.every(({ customId: button }) => (button ?? '').endsWith(id) && (button ?? '').length <= 100)).toBe(true);
    expect(reaction.message()?.text).toContain(`/${result.channelId}/${result.id}`);
    expect(reaction.message()?.buttons).toEqual([]);
  });

  it.each([
    ['Vẽ lại', 'again'],
    ['Biến thể', 'variations'],
    ['Dùng lời của mình', 'own-words'],
  ])('can be asked for once more, by whoever sees it: %s', async (label, how) => {
    const { max, id, result } = await painted();
    const press = await max.presses(label, result);
    expect((await bench.request(idOf(press.interactionId))).origin).toEqual({ id, how });
    await bench.deliver(idOf(press.interactionId));
    const next = bench.discord.botMessages().findLast(({ pictures }) => pictures.length > 0);
    expect(next?.repliesTo).toBe(result.id);
    expect(next?.pings).toContain('Max');
  });

  it('can be edited: the form holds the words with their flags', async () => {
    const { lan, id, result } = await painted('một con mèo --ar 16:9 --seed 7');
    const form = await lan.presses('Sửa mô tả', result);
    expect(form.modal?.fields[0]).toMatchObject({ value: 'một con mèo --ar 16:9 --seed 7' });
    const sent = await lan.submits({ 'Mô tả': 'một con chó --ar 1:1' });
    expect(await bench.request(idOf(sent.interactionId))).toMatchObject({ prompt: 'một con chó', origin: { id, how: 'edit' } });
  });

  it('shows its recipe to whoever wants to see it', async () => {
    const { max, result } = await painted();
    const shown = await max.presses('Xem công thức', result);
    expect(shown.isEphemeral).toBe(true);
    expect(shown.message()?.text).toContain('abcd2345');
  });

  it('is deleted by its asker, after asking back, and by nobody else', async () => {
    const { discord, lan, max, art, id, result } = await painted();
    const refused = await max.presses('Xoá', result);
    expect(refused.message()?.text).toContain('Only the person who asked');
    const asked = await lan.presses('Xoá', result);
    const confirm = asked.message();
    if (confirm === undefined) throw new Error('nobody asked back');
    await lan.presses('Xoá luôn', confirm);
    await discord.until(() => discord.message(result.id)?.isDeleted === true);
    expect((await bench.ledger.archive.find(id))?.answer).toMatchObject({ kind: 'refused', code: 'removed' });
    for (const { text } of art.messages()) expect(text).not.toContain('một con mèo');
  });

  it('is deleted by a moderator', async () => {
    const { discord, max, result } = await painted();
    discord.guild('Studio').giveRole(max.id, 'moderator', ['MANAGE_MESSAGES']);
    const asked = await max.presses('Xoá', result);
    const confirm = asked.message();
    if (confirm === undefined) throw new Error('nobody asked back');
    await max.presses('Delete it', confirm);
    await expect.poll(() => discord.message(result.id)?.isDeleted).toBe(true);
  });

  it('is not said to be gone where Discord does not let its message be taken away', async () => {
    const { discord, lan, result } = await painted();
    const asked = await lan.presses('Xoá', result);
    const confirm = asked.message();
    if (confirm === undefined) throw new Error('nobody asked back');
    discord.faults.add({ route: 'DELETE /channels/:channel/messages/:message', kind: 'problem', code: 50_013 });
    const pressed = await lan.presses('Xoá luôn', confirm);
    await expect.poll(() => pressed.message()?.text).toContain('chưa gỡ được');
  });

  it('keeps its buttons when everything was started anew', async () => {
    const { discord, lan, result } = await painted();
    const stop = await bench.listen();
    await stop();
    discord.clock.advance(6000);
    await bench.listen();
    const press = await lan.presses('Vẽ lại', result);
    expect(press.message()?.text).toContain('đến lượt bạn ngay');
  });
});

describe('a request that waits', () => {
  it('is cancelled by its asker, and by nobody else', async () => {
    const { lan, max, art } = cast();
    await bench.listen();
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    const receipt = reaction.message();
    if (receipt === undefined) throw new Error('no receipt');
    expect((await max.presses('Huỷ', receipt)).message()?.text).toContain('Only the person who asked');
    await lan.presses('Huỷ', receipt);
    expect(reaction.message()?.text).toContain('Đang huỷ');
    const journal = await bench.ledger.ledger.open(idOf(reaction.interactionId));
    expect(await journal?.isCancelled()).toBe(true);
  });

  it('ends with a no where it was asked, with a way to change the words', async () => {
    const { lan, art } = cast();
    await bench.listen();
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    await bench.deliver(idOf(reaction.interactionId), REFUSED);
    expect(reaction.message()?.text).toContain('Bộ lọc an toàn');
    expect(reaction.message()?.buttons.map(({ label }) => label)).toEqual(['Sửa mô tả']);
    expect(art.messages()).toHaveLength(1);
  });
});
