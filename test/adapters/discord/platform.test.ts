import { describePlatform, type PlatformBench, type Said } from '#test/contracts/platform.ts';
import { openDiscordBench } from './bench.ts';

/** A channel in which Lan uses the command, and whoever works for her. */
async function openChannel(): Promise<PlatformBench> {
  const bench = await openDiscordBench();
  const { discord } = bench;
  discord.limits.lift();
  const lan = discord.person('Lan', 'vi');
  const art = discord.guild('Studio').channel('art');
  const heard = new Map<string, string>();
  return {
    create: () => bench.create(),
    say: async ({ key, text, picture }: Said) => {
      // What a person does in Discord once has one id, however often it is delivered.
      const before = heard.get(key);
      if (before !== undefined) return before;
      const file = picture === undefined ? {} : { image: { filename: 'boat.png', bytes: picture, contentType: 'image/png' } };
      const reaction = await lan.slash('imagine', { prompt: text, ...file }, art);
      if (reaction.kind !== 'message') throw new Error('the application did not respond');
      const said = reaction.message()?.text ?? '';
      heard.set(key, said);
      return said;
    },
    seen: async (_, answer) => {
      const text = answer.kind === 'made' ? answer.code : 'Bộ lọc an toàn';
      return art.messages().filter((message) => message.text.includes(text)).length;
    },
    close: bench.close,
  };
}

describePlatform('discord', openChannel);
