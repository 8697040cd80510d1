import { describe, expect, it } from 'vitest';
import { renderReceipt } from '#adapters/discord/render.ts';
import type { VideoTask } from '#src/core/request.ts';
import { PNG } from '#test/contracts/platform.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { made, REFUSED } from '#test/ledger/asked.ts';
import { useDiscordBench } from './use-bench.ts';
import { filmed } from './films.ts';

/** What is dear: nothing is asked for before whoever asked has seen the price. */
const bench = useDiscordBench({}, [rayCard]);

const MINUTE_MS = 60_000;
const YES = 'Làm, giá 3,75 US$';
const NO = 'Thôi';
const boat = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };

function cast() {
  const { discord } = bench;
  const [lan, max] = [discord.person('Lan', 'vi'), discord.person('Max', 'en-GB')];
  return { discord, lan, max, art: discord.guild('Studio').channel('art') };
}

const history = async (guildId = ''): Promise<number> =>
  (await bench.ledger.archive.history({ tenant: `discord-${guildId}`, limit: 10 })).length;

async function priced() {
  const scene = cast();
  const stop = await bench.listen();
  const reaction = await scene.lan.slash('video', { prompt: 'con mèo nhảy múa' }, scene.art);
  const question = reaction.message();
  if (question === undefined) throw new Error('no price was said');
  return { ...scene, stop, reaction, question, id: `discord-${reaction.interactionId}` };
}

/** A picture by the bot that is replied to with words about a clip is no clip; `Animate` below it is. */
async function painted() {
  const scene = cast();
  await bench.listen();
  const reaction = await scene.lan.slash('imagine', { prompt: 'một con mèo' }, scene.art);
  await bench.deliver(`discord-${reaction.interactionId}`);
  const [result] = scene.art.messages().filter(({ pictures }) => pictures.length > 0);
  if (result === undefined) throw new Error('nothing was painted');
  return { ...scene, result };
}

describe('the price of a command', () => {
  it('is told to whoever asked, with a yes that says it and a no, and nothing is asked for', async () => {
    const { reaction, question, art } = await priced();
    expect(reaction.isEphemeral).toBe(true);
    expect(question.text).toContain('con mèo nhảy múa');
    expect(question.text).toContain('Cái này giá 3,75 US$.');
    expect(question.buttons.map(({ label }) => label)).toEqual([YES, NO]);
    expect(await history(art.guildId)).toBe(0);
  });

  it('that is agreed to takes it, in place of the question, and the answer comes where it was asked', async () => {
    const { lan, art, question, id } = await priced();
    const yes = await lan.presses(YES, question);
    expect(yes.kind).toBe('updated');
    expect(yes.message()).toMatchObject({ buttons: [{ label: 'Huỷ' }], onlyFor: 'Lan' });
    expect(await bench.request(id)).toMatchObject({ task: { kind: 'video' }, requester: { id: lan.id } });
    await bench.deliver(id, filmed(1000, { clip: undefined }));
    expect(art.messages().filter(({ pictures, pings }) => pictures.length > 0 && pings.includes('Lan'))).toHaveLength(1);
    expect(yes.message()?.text).toContain('Xong rồi: https://discord.com/channels/');
  });

  it('is agreed to once, however often the button is pressed or the press is told of', async () => {
    const { discord, lan, art, question } = await priced();
    const [one, other] = await Promise.all([lan.presses(YES, question), lan.presses(YES, question)]);
    expect([one.kind, other.kind]).toEqual(['updated', 'updated']);
    discord.gateway.repeat('INTERACTION_CREATE');
    await discord.until(() => discord.calls().filter(({ route }) => route?.includes('/callback')).length >= 4);
    expect(await history(art.guildId)).toBe(1);
  });

  it('is agreed to after a restart, and long after the token of the question has expired', async () => {
    const { discord, lan, art, stop, question, id } = await priced();
    await stop();
    discord.clock.advance(40 * MINUTE_MS);
    await bench.listen();
    const yes = await lan.presses(YES, question);
    expect(yes.kind).toBe('updated');
    await bench.deliver(id);
    expect(yes.message()?.text).toContain('Xong rồi');
    expect(art.messages().filter(({ pictures }) => pictures.length > 0)).toHaveLength(1);
  });

  it('is gone after a day, which is said in its place', async () => {
    const { discord, lan, art, question } = await priced();
    discord.clock.advance(25 * 60 * MINUTE_MS);
    const yes = await lan.presses(YES, question);
    expect(yes.message()).toMatchObject({ buttons: [], text: expect.stringContaining('Lâu quá rồi') });
    expect(await history(art.guildId)).toBe(0);
  });

  it('that is turned down costs nothing, and cannot be agreed to any more', async () => {
    const { lan, art, question } = await priced();
    const no = await lan.presses(NO, question);
    expect(no.message()).toMatchObject({ buttons: [], text: 'Đã bỏ qua, bạn không mất gì cả.' });
    expect(await history(art.guildId)).toBe(0);
    expect((await bench.ledger.cabinet.list('confirmations')).length).toBe(0);
  });

  it('stays to be agreed to when the ledger is away for a moment', async () => {
    const { lan, discord, question, stop, id } = await priced();
    await stop();
    const away = { receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, language: 'vi' } as const;
    discord.clock.advance(6000);
    const stopAgain = await bench.listen(bench.create(), { ...bench.desk, confirm: async () => away });
    const first = await lan.presses(YES, question);
    expect(first).toMatchObject({ kind: 'message', isEphemeral: true });
    await stopAgain();
    discord.clock.advance(6000);
    await bench.listen();
    await lan.presses(YES, question);
    expect((await bench.request(id)).prompt).toBe('con mèo nhảy múa');
  });

  it('where only the person has the application, puts the clip for everybody where they agreed', async () => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    lan.set({ installedApp: true });
    const art = discord.guild('Elsewhere', { bot: false }).channel('art');
    await bench.listen();
    const reaction = await lan.slash('video', { prompt: 'con mèo nhảy múa' }, art);
    const question = reaction.message();
    if (question === undefined) throw new Error('no price was said');
    const yes = await lan.presses(YES, question);
    expect(yes).toMatchObject({ kind: 'message', isEphemeral: false });
    await bench.deliver(`discord-${reaction.interactionId}`);
    expect(yes.message()?.pictures).toHaveLength(1);
  });
});

describe('the price of what a message asks', () => {
  async function asked() {
    const scene = cast();
    const task = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: ['first'] } satisfies VideoTask;
    // Words alone are understood in the worker: what they mean is said for them here.
    await bench.listen(bench.create(), { ...bench.desk, ask: async (ask) => bench.desk.ask({ ...ask, task }) });
    const { message, replies } = await scene.lan.posts(scene.art, `<@${scene.discord.botId}> cho nó nhảy`, { files: [boat] });
    const question = await scene.discord.until(() => replies()[0]);
    return { ...scene, message, replies, question, id: `discord-${message.id}` };
  }

  it('is a reply with the buttons, which only whoever asked can press', async () => {
    const { max, question, art } = await asked();
    expect(question.buttons.map(({ label }) => label)).toEqual([YES, NO]);
    for (const label of [YES, NO]) {
      const press = await max.presses(label, question);
      expect(press).toMatchObject({ kind: 'message', isEphemeral: true });
      expect(press.message()?.text).toMatch(/asked|theirs|only/i);
    }
    expect(await history(art.guildId)).toBe(0);
  });

  it('that is agreed to becomes its receipt, which goes when the answer is there', async () => {
    const { lan, replies, question, id } = await asked();
    await lan.presses(YES, question);
    expect(replies()).toMatchObject([{ buttons: [{ label: 'Huỷ' }] }]);
    await bench.deliver(id);
    expect(replies()).toMatchObject([{ pictures: [{}] }]);
  });

  it('that is turned down is put away', async () => {
    const { lan, replies, question } = await asked();
    await lan.presses(NO, question);
    expect(replies()).toMatchObject([{ buttons: [], text: 'Đã bỏ qua, bạn không mất gì cả.' }]);
  });

  it('is said once, however often Discord tells of the message, also when it was agreed to', async () => {
    const { discord, lan, max, question, replies, art } = await asked();
    await lan.presses(YES, question);
    discord.clock.advance(10 * MINUTE_MS);
    discord.gateway.repeat('MESSAGE_CREATE');
    const later = await max.posts(art, `<@${discord.botId}> a red boat`, { files: [boat] });
    await discord.until(() => later.replies().length > 0);
    expect(replies()).toHaveLength(1);
  });
});

describe('Animate below a picture', () => {
  it('asks for the price first, in the language of whoever pressed, and makes a clip of that picture then', async () => {
    const { max, result } = await painted();
    const press = await max.presses('Cho chuyển động', result);
    expect(press).toMatchObject({ kind: 'message', isEphemeral: true });
    const question = press.message();
    if (question === undefined) throw new Error('no price was said');
    await max.presses(question.buttons[0]?.label ?? '', question);
    expect(await bench.request(`discord-${press.interactionId}`)).toMatchObject({
      task: { kind: 'video', frames: ['first'] },
      images: [{ key: made().pictures[0]?.key }],
      requester: { id: max.id },
      thread: { address: { replyTo: result.id } },
    });
  });

  it.each([
    ['Phóng to', { kind: 'upscale' }],
    ['Mở rộng', { kind: 'outpaint', zoom: 1.5 }],
    ['Tách nền', { kind: 'remove-background' }],
  ] as const)('and its neighbours go on from the picture at once: %s', async (label, task) => {
    const { discord, lan, result } = await painted();
    discord.clock.advance(400 * 24 * 60 * MINUTE_MS);
    const press = await lan.presses(label, result);
    expect(await bench.request(`discord-${press.interactionId}`)).toMatchObject({ task, images: [{ key: made().pictures[0]?.key }] });
    await bench.deliver(`discord-${press.interactionId}`, REFUSED);
  });
});

describe('the price of what may turn out to be cheaper', () => {
  it('says so, and the yes below it does', () => {
    const receipt = { kind: 'unconfirmed', id: 'discord-1', priceMicros: 1_200_000, isAtMost: true } as const;
    const text = JSON.stringify(renderReceipt({ receipt, language: 'vi' }, 'cho đẹp hơn'));
    expect(text).toContain('Cái này giá tối đa 1,20 US$.');
    expect(text).toContain('"Làm, tối đa 1,20 US$"');
  });
});
