import { afterEach, describe, expect, it } from 'vitest';
import type { DescribedAnswer } from '#src/core/answer.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openDiscordBench, type DiscordBench } from './bench.ts';

/** What becomes of a picture that was put into words: it is somebody's, as a picture that was painted is. */
let bench: DiscordBench;
const open = async (confirmAboveMicros?: number): Promise<void> => {
  bench = await openDiscordBench({}, [], confirmAboveMicros === undefined ? {} : { confirmAboveMicros });
  bench.discord.limits.lift();
};
afterEach(async () => {
  await bench.close();
});

const image = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };
const DESCRIBED: DescribedAnswer = {
  kind: 'described',
  title: 'Thuyền trên biển',
  altText: 'Một chiếc thuyền đỏ trên biển',
  prompts: ['a red boat', 'thuyền đỏ, tranh lụa', 'a boat, ink', 'a boat at night'],
  key: `${'b'.repeat(64)}.png`,
  costMicros: 900,
  sandbox: false,
};

/** `alone`: the bot itself is not there, only the person has the application. */
async function described({ alone = false, sandbox = false } = {}) {
  await open();
  const { discord } = bench;
  const [lan, max] = [discord.person('Lan', 'vi'), discord.person('Max', 'en-GB')];
  const guild = discord.guild('Studio', alone ? { bot: false } : {});
  const art = guild.channel('art');
  if (alone) lan.set({ installedApp: true });
  await bench.listen();
  const reaction = await lan.slash('describe', { image }, art);
  const id = `discord-${reaction.interactionId}`;
  await bench.deliver(id, { ...DESCRIBED, sandbox });
  const shown = () => {
    const message = reaction.message();
    if (message === undefined) throw new Error('nothing was described');
    return message;
  };
  return { discord, guild, lan, max, art, id, shown };
}

const isRemoved = async (id: string): Promise<boolean> => {
  const answer = (await bench.ledger.archive.find(id))?.answer;
  return answer?.kind === 'refused' && answer.code === 'removed';
};

describe('a picture in words', () => {
  it('is deleted by its asker, after asking back, and by nobody else', async () => {
    const { discord, lan, max, id, shown } = await described();
    expect(shown().buttons.map(({ label }) => label)).toEqual(['Vẽ 1', 'Vẽ 2', 'Vẽ 3', 'Vẽ 4', 'Xoá']);
    const no = await max.presses('Xoá', shown());
    expect([no.isEphemeral, no.message()?.buttons]).toEqual([true, []]);
    const question = (await lan.presses('Xoá', shown())).message();
    if (question === undefined) throw new Error('nothing was asked back');
    const message = shown();
    await lan.presses('Xoá luôn', question);
    await discord.until(() => discord.message(message.id)?.isDeleted === true);
    expect(await isRemoved(id)).toBe(true);
  });

  it.each([
    [false, 'Lời do AI viết'],
    [true, 'Lời thử nghiệm: chưa dùng mô hình nào'],
  ])('says whose words these are: of the sandbox %s', async (sandbox, words) => {
    const { shown } = await described({ sandbox });
    expect(shown().text).toContain(words);
  });

  it('is deleted by a moderator', async () => {
    const { discord, guild, max, id, shown } = await described();
    guild.giveRole(max.id, 'moderator', ['MANAGE_MESSAGES']);
    const message = shown();
    const question = (await max.presses('Xoá', message)).message();
    if (question === undefined) throw new Error('nothing was asked back');
    await max.presses('Delete it', question);
    await discord.until(() => discord.message(message.id)?.isDeleted === true);
    expect(await isRemoved(id)).toBe(true);
  });

  it('is deleted where the bot itself is not, and has its buttons back when it is kept', async () => {
    const { lan, id, shown } = await described({ alone: true });
    await lan.presses('Xoá', shown());
    expect(shown()).toMatchObject({ text: expect.stringContaining('thuyền đỏ'), buttons: [{ label: 'Xoá luôn' }, { label: 'Giữ lại' }] });
    await lan.presses('Giữ lại', shown());
    expect(shown().buttons.map(({ label }) => label)).toEqual(['Vẽ 1', 'Vẽ 2', 'Vẽ 3', 'Vẽ 4', 'Xoá']);
    await lan.presses('Xoá', shown());
    await lan.presses('Xoá luôn', shown());
    expect(shown()).toMatchObject({ text: 'Đã xoá.', buttons: [] });
    expect(await isRemoved(id)).toBe(true);
  });
});

describe('a prompt of a picture in words', () => {
  it('that is dear is painted for whom it was described, who agreed to its price where their channel had been', async () => {
    await open(0);
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Studio').channel('art');
    await bench.listen();
    const asked = await lan.slash('describe', { image }, art);
    // The answer comes alone with the bot, and is still the server's.
    discord.clock.advance(20 * 60_000);
    art.delete();
    await bench.deliver(`discord-${asked.interactionId}`, DESCRIBED);
    const shown = lan.direct().messages().at(-1);
    if (shown === undefined) throw new Error('nothing came directly');
    const painted = await lan.presses('Vẽ 2', shown);
    const question = painted.message();
    if (question === undefined) throw new Error('no price was said');
    await lan.presses(question.buttons[0]?.label ?? '', question);
    const { tenant } = await bench.request(`discord-${asked.interactionId}`);
    expect(await bench.request(`discord-${painted.interactionId}`)).toMatchObject({ tenant, prompt: 'thuyền đỏ, tranh lụa' });
  });
});

describe('an answer that only its asker sees', () => {
  it('is asked about, and deleted, in its own place', async () => {
    await open(0);
    const { discord } = bench;
    const [lan, art] = [discord.person('Lan', 'vi'), discord.guild('Studio').channel('art')];
    await bench.listen();
    const asked = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    const question = asked.message();
    if (question === undefined) throw new Error('no price was said');
    const yes = await lan.presses(question.buttons[0]?.label ?? '', question);
    // By then the bot may not write there any more, and what is left is the response that only she sees.
    discord.faults.add({ route: 'POST /channels/:channel/messages', kind: 'problem', code: 50_013 });
    await bench.deliver(`discord-${asked.interactionId}`);
    for (const label of ['Xoá', 'Xoá luôn']) {
      const shown = yes.message();
      if (shown !== undefined) await lan.presses(label, shown);
    }
    expect(yes.message()).toMatchObject({ text: 'Đã xoá.', buttons: [], pictures: [], onlyFor: 'Lan' });
    expect(await isRemoved(`discord-${asked.interactionId}`)).toBe(true);
  });
});
