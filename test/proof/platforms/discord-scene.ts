import { openDiscordEmulator } from '#test/emulators/discord/emulator.ts';
import type { ChannelHandle } from '#test/emulators/discord/places.ts';
import type { MessageView } from '#test/emulators/discord/view.ts';
import { keyOf } from '#workers/blobs/key.ts';
import type { Scene, Shown } from './scene.ts';

const CONNECT_MAX_MS = 60_000;

/** A server with so many channels, in which Lan and Max ask. */
export async function openDiscordScene(rooms: number): Promise<Scene> {
  const discord = await openDiscordEmulator();
  discord.limits.lift();
  const people = [discord.person('Lan', 'vi'), discord.person('Max', 'en-US')] as const;
  const guild = discord.guild('Xưởng');
  const channels = Array.from({ length: rooms }, (_, index) => guild.channel(`room-${index + 1}`));
  for (const channel of channels) await people[1].posts(channel, 'good morning');
  const ofBot = (channel: ChannelHandle): readonly MessageView[] =>
    channel.messages().filter(({ isBot, onlyFor }) => isBot && onlyFor === undefined);
  const announced = channels.map(() => new Set<string>());
  discord.onChange(() => {
    for (const [index, channel] of channels.entries())
      for (const { id, pictures } of ofBot(channel)) if (pictures.length === 0) announced[index]?.add(id);
  });
  const channelOf = (room: number): ChannelHandle => channels[room - 1] ?? guild.channel('elsewhere');
  const { gateway } = discord;
  return {
    settings: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl },
    tenant: `discord-${guild.id}`,
    wire: { origin: new URL(discord.apiUrl).origin, leftOut: ['GET '] },
    connected: async () => void (await discord.until(() => gateway.connected() > 0, CONNECT_MAX_MS)),
    async ask(room, way, words, person = 0) {
      const somebody = people[person % 2 === 0 ? 0 : 1];
      if (way === 'command') {
        const { kind, isEphemeral } = await somebody.slash('imagine', { prompt: words }, channelOf(room));
        return { taken: kind === 'message', wasRefused: () => isEphemeral };
      }
      const { replies } = await somebody.posts(channelOf(room), `<@${discord.botId}> ${words}`);
      // A no is a reply that offers nothing.
      return { taken: true, wasRefused: () => replies().some(({ buttons, pictures }) => buttons.length + pictures.length === 0) };
    },
    // The session that goes on is told at once what nobody has said to have heard.
    sendAgain: () => {},
    givenUp: () => 0,
    stir: (turn) => [gateway.drop, gateway.reconnect, () => gateway.invalidate(true)][turn % 3]?.(),
    losable: [
      { way: 'command', call: 'POST /interactions/:interaction/:token/callback' },
      { way: 'command', call: 'PATCH /webhooks/:application/:token/messages/:message' },
      { way: 'command', call: 'POST /channels/:channel/messages' },
      { way: 'message', call: 'POST /channels/:channel/messages' },
      { way: 'message', call: 'PATCH /channels/:channel/messages/:message' },
      { way: 'message', call: 'DELETE /channels/:channel/messages/:message' },
    ],
    lose: (call, hears) => discord.faults.add({ route: call, kind: hears === 'nothing' ? 'drop-after' : 'status-after' }),
    shown: async () => {
      const all = channels.flatMap((channel, index) => ofBot(channel).map((message) => shownAs(message, index + 1)));
      return Promise.all(all);
    },
    announced: (room) => announced[room - 1]?.size ?? 0,
    violations: () => discord.violations,
    story: () => discord.transcript(),
    close: async () => discord.close(),
  };
}

async function shownAs({ pictures, buttons, text }: MessageView, room: number): Promise<Shown> {
  const ids = buttons.flatMap(({ customId }) => (customId === undefined ? [] : [customId]));
  return {
    room,
    request: ids[0]?.split(':').at(-1),
    pictures: (await Promise.all(pictures.map(async ({ url }) => keyOfFile(url)))).join(' '),
    isWaiting: ids.some((id) => id.includes(':cancel:')),
    words: text,
  };
}

async function keyOfFile(url: string): Promise<string> {
  const response = await fetch(url);
  return keyOf({ bytes: new Uint8Array(await response.arrayBuffer()), type: 'image/png' });
}
