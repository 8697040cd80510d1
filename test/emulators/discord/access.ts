import type { Backend } from './backend.ts';
import { isId } from './ids.ts';
import { bitsOf, permissionsIn, type Permission } from './permissions.ts';
import { invalidForm, problem } from './problems.ts';
import type { Channel, Guild, Message } from './world.ts';

/** An id out of a path. Anything that cannot be one is the caller's mistake. */
export function idFrom(text: string | undefined, name: string): string {
  if (text === undefined || !isId(text))
    throw invalidForm([{ path: [name], code: 'NUMBER_TYPE_COERCE', message: `Value "${text ?? ''}" is not snowflake.` }]);
  return text;
}

/** A channel that the bot can see. Throws 10003, or 50001 where it is not let in. */
export function channelFor({ world }: Backend, id: string | undefined): Channel {
  const channel = world.channels.get(idFrom(id, 'channel_id'));
  if (channel === undefined) throw problem(10003);
  if ((permissionsIn(world, channel, world.bot.id) & bitsOf(['VIEW_CHANNEL'])) === 0n) throw problem(50001);
  return channel;
}

/** Throws 50013 when the bot lacks one of the permissions. */
export function demand({ world }: Backend, channel: Channel, permissions: readonly Permission[]): void {
  const bits = permissionsIn(world, channel, world.bot.id);
  if (permissions.some((permission) => (bits & bitsOf([permission])) === 0n)) throw problem(50013);
}

/** A message of the channel that a bot can see. Messages for one person's eyes are unknown here. */
export function messageFor({ world }: Backend, channel: Channel, id: string | undefined): Message {
  const message = world.messages.get(idFrom(id, 'message_id'));
  const isHere = message !== undefined && message.channelId === channel.id && !message.deleted && message.ephemeralFor === undefined;
  if (!isHere) throw problem(10008);
  return message;
}

/** A guild that the bot is in. Throws 10004, as Discord does to strangers. */
export function guildFor({ world }: Backend, id: string | undefined): Guild {
  const guild = world.guilds.get(idFrom(id, 'guild_id'));
  if (guild?.members.has(world.bot.id) !== true) throw problem(10004);
  return guild;
}
