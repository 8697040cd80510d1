import { openDiscordEmulator } from '#test/emulators/discord/emulator.ts';
import type { ChannelHandle } from '#test/emulators/discord/places.ts';
import type { Stage } from './stage.ts';
import { COMMANDS, isOne, PEOPLE } from './stage.ts';

/** Channels that a request has for itself, so that its pictures can be told from others. They come back when they are used up. */
const CHANNELS = 400;

/** Discord by its gateway. Its rate limits are off: a channel takes one message a second. */
export async function openDiscordStage(): Promise<Stage> {
  const discord = await openDiscordEmulator({ warm: true });
  discord.limits.lift();
  const guild = discord.guild('Bench');
  const people = Array.from({ length: PEOPLE }, (_, at) => discord.person(`person-${at}`));
  const rooms: ChannelHandle[] = Array.from({ length: CHANNELS }, (_, at) => guild.channel(`room-${at}`));
  const roomOf = (room: number): ChannelHandle | undefined => rooms[room % CHANNELS];
  return {
    settings: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl },
    connections: discord.gateway.connected,
    async ask(person, room, words, wish) {
      const channel = roomOf(room);
      if (channel === undefined) return false;
      const told = await people[person % PEOPLE]?.slash(COMMANDS[wish], { prompt: words }, channel);
      // Only whoever asked sees a no.
      return told !== undefined && told.kind !== 'nothing' && !told.isEphemeral;
    },
    shown: (room, wish) => {
      const posted = (roomOf(room)?.messages() ?? []).filter(({ isBot }) => isBot);
      return posted.filter(({ pictures }) => pictures.some(({ filename = '' }) => isOne(filename, wish))).length;
    },
    onChange: discord.onChange,
    violations: () => discord.violations,
  };
}
