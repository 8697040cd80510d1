import type { Message, World } from './world.ts';

/**
 * Whether the application may read what a message says. Without the privileged intent: its own messages, direct ones, and those that mention it
 * (Discord, "Message Content Intent"). The rule holds for each message by itself, a replied-to one included.
 */
export function isReadable(world: World, message: Message, hasIntent: boolean): boolean {
  if (hasIntent || message.authorId === world.bot.id) return true;
  const isDirect = world.channels.get(message.channelId)?.type === 1;
  return isDirect || message.mentionIds.includes(world.bot.id);
}
