import { z } from 'zod';
import { Refusal } from '#src/core/failure.ts';
import type { GenerationRequest, Thread } from '#src/core/request.ts';

export const DISCORD = 'discord';

const id = z.string().regex(/^\d{15,20}$/);

/** Where an answer goes. Everything a worker elsewhere needs: it has never seen the message or the command. */
export const addressSchema = z.strictObject({
  applicationId: id,
  guildId: id.optional(),
  channelId: id,
  /** The channel of a thread: where the answer goes when the thread is gone. */
  parentId: id.optional(),
  /** What was asked with a command, a button or a form: its response shows how far it is, for as long as the token works. */
  interaction: z.strictObject({ id, token: z.string().min(1).max(500) }).optional(),
  /** What the answer replies to: the message that asked, or the result that it goes on from. */
  replyTo: id.optional(),
  /** False where only the person has the application: the bot itself is not there. */
  canPost: z.boolean(),
  /** Each answer has a thread of its own. */
  wantsThread: z.boolean().optional(),
  spoiler: z.boolean().optional(),
  /** What a file of the interaction's response may weigh. */
  fileBytes: z.int().positive().optional(),
});
export type Address = z.infer<typeof addressSchema>;

/** Throws Refusal `failed` for an address that this adapter never wrote. */
export function addressOf({ thread }: Pick<GenerationRequest, 'thread'>): Address {
  const parsed = addressSchema.safeParse(thread.address);
  if (thread.platform !== DISCORD || !parsed.success) throw new Refusal('failed');
  return parsed.data;
}

/** Whoever can see a channel, or a thread, can see what was asked in it; in direct messages that is one person. A thread is a conversation. */
export function threadAt(address: Address): Thread {
  const { guildId, channelId, parentId } = address;
  const topic = parentId === undefined ? {} : { topic: channelId };
  return { platform: DISCORD, address, room: `${guildId ?? 'direct'}:${channelId}`, ...topic };
}
