import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DiscordRoom } from '#adapters/discord/room.ts';
import { filmed, clipKey, shelf } from './films.ts';
import { newsOf } from './bench.ts';
import { useDiscordBench } from './use-bench.ts';

/** A ledger that takes requests, but is slow to say, or does not say, what was asked before. */
const bench = useDiscordBench();

const UNAVAILABLE = 'Lúc này mình chưa nhận hay tìm lại yêu cầu được';
const idOf = ({ id }: { readonly id: string }): string => `discord-${id}`;
const away = async (): Promise<never> => Promise.reject(new Error('the ledger is away'));
const silent: DiscordRoom['archive'] = { find: away, history: away };

/** A clip that the bot shows: Discord shows no picture of it that could be taken instead. */
async function open(
  archiveOf: (archive: DiscordRoom['archive']) => DiscordRoom['archive'],
  threads: 'all' | ReadonlySet<string> = new Set(),
) {
  const { discord, ledger } = bench;
  const lan = discord.person('Lan', 'vi');
  const art = discord.guild('Studio').channel('art');
  const platform = bench.create({ threads }, { archive: archiveOf(ledger.archive) });
  await bench.listen(platform);
  const id = idOf({ id: (await lan.slash('imagine', { prompt: 'một con mèo' }, art)).interactionId });
  const journal = await ledger.ledger.open(id);
  if (journal === undefined) throw new Error('nobody asked');
  const clips = shelf({ [clipKey('c')]: 2048 }, () => undefined);
  await platform.deliver(journal.request, newsOf(filmed(2048), undefined, clips), journal.page('deliver'));
  await journal.close(filmed(2048));
  const clip = discord.botMessages().find(({ pictures }) => pictures.some(({ contentType }) => contentType === 'video/mp4'));
  if (clip === undefined) throw new Error('there is no clip');
  const repliesTo = async (message: { readonly id: string }) =>
    discord.until(() => {
      const found = discord.botMessages().filter((one) => one.repliesTo === message.id);
      return found.length > 0 ? found : undefined;
    });
  return { discord, lan, art, id, clip, repliesTo, me: `<@${discord.botId}>` };
}

describe('while nobody can say what was asked before', () => {
  it.each([true, false])('words to a clip are no wish without it: the asker is told, and nothing is asked (named: %s)', async (isNamed) => {
    const { lan, art, clip, repliesTo, me } = await open(() => silent);
    const { message } = await lan.posts(art, `${isNamed ? `${me} ` : ''}cho trời mưa`, { replyTo: clip });
    expect(await repliesTo(message)).toMatchObject([{ text: expect.stringContaining(UNAVAILABLE) }]);
    expect(await bench.ledger.archive.find(idOf(message))).toBeUndefined();
  });

  it('words in a thread are none either', async () => {
    const { discord, lan, clip, repliesTo, me } = await open(() => silent, 'all');
    const { message } = await lan.posts(discord.channel(clip.channelId), `${me} cho trời mưa`);
    expect(await repliesTo(message)).toMatchObject([{ text: expect.stringContaining(UNAVAILABLE) }]);
    expect(await bench.ledger.archive.find(idOf(message))).toBeUndefined();
  });

  it('the command on a clip says so, and not that there is no picture', async () => {
    const { lan, clip } = await open(() => silent);
    expect((await lan.usesMenu('Transform image', clip)).message()?.text).toContain(UNAVAILABLE);
  });
});

describe('where it takes a moment to say what was asked before', () => {
  it('words to a clip wait for it: no client waits for the answer to a message', async () => {
    const slow = (archive: DiscordRoom['archive']): DiscordRoom['archive'] => ({
      ...archive,
      find: async (id) => sleep(800).then(async () => archive.find(id)),
    });
    const { lan, art, clip, repliesTo, id } = await open(slow);
    const { message } = await lan.posts(art, 'cho trời mưa', { replyTo: clip });
    await repliesTo(message);
    expect(await bench.request(idOf(message))).toMatchObject({
      images: [{ key: filmed().pictures[0]?.key }],
      origin: { id, how: 'reply' },
    });
  });
});
