import { createHash } from 'node:crypto';
import type { DiscordApi, Reply } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import type { FileToSend } from './multipart.ts';
import { idAt, postedSchema, type Posted } from './payload.ts';
import { resultIn } from './pictures.ts';
import type { MessageBody } from './render.ts';
import { z } from 'zod';

/** A file with what goes beside it: the words for whoever cannot see it, and whether it is covered at first. */
export interface ShownFile extends FileToSend {
  readonly altText: string;
  readonly spoiler: boolean;
}

export interface Letter {
  readonly body: MessageBody;
  readonly files: readonly ShownFile[];
  readonly replyTo?: string | undefined;
  /** What makes the same post the same: Discord answers a second one with the first for some minutes. */
  readonly key: string;
}

/** Discord's numbers for a file, or all of them together, being too large. */
const TOO_HEAVY = [40_005, 50_045];
/** Replying needs a right of its own, and a message that is still there. */
const CANNOT_REPLY = [160_002, 50_035, 10_008];

export const isTooHeavy = (reply: Reply): boolean => reply.kind === 'refused' && (TOO_HEAVY.includes(reply.code) || reply.status === 413);

/** At most 25 characters, the same for the same post, whoever makes it. */
const nonceOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 25);

/** The attachments of a body, in the order of the files. */
export const attachmentsOf = (files: readonly ShownFile[]): object => ({
  attachments: files.map(({ name, altText, spoiler }, index) => ({
    id: String(index),
    filename: name,
    description: altText,
    ...(spoiler ? { is_spoiler: true } : {}),
  })),
});

/** Posts as the bot. A reply that is not possible becomes an ordinary message. */
export async function post(api: DiscordApi, channelId: string, letter: Letter): Promise<Reply> {
  const { body, files, replyTo, key } = letter;
  const reply = await api.bot({
    method: 'post',
    path: `/channels/${channelId}/messages`,
    body: {
      ...body,
      nonce: nonceOf(key),
      enforce_nonce: true,
      ...(files.length === 0 ? {} : attachmentsOf(files)),
      ...(replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
    },
    ...(files.length === 0 ? {} : { files }),
  });
  if (reply.kind === 'refused' && replyTo !== undefined && CANNOT_REPLY.includes(reply.code)) {
    return post(api, channelId, { ...letter, replyTo: undefined });
  }
  return reply;
}

/** What a post became, or undefined when Discord's answer is not one of a post. */
export const postedIn = (reply: Reply): Posted | undefined => (reply.kind === 'done' ? postedSchema.safeParse(reply.body).data : undefined);

const pageSchema = z.array(postedSchema);
const PAGE_LENGTH = 100;

/** Where a post is, that there is none, or that nobody can tell: the messages may not be read, or are too many. */
type Search = { readonly kind: 'found'; readonly message: Posted } | { readonly kind: 'absent' | 'unseen' };

/** The channel is gone, and everything in it. */
const UNKNOWN_CHANNEL = 10_003;

/** Looks for the answer to a request among the messages since then: whoever posted it may have been killed before it was noted. */
export async function findAnswer(
  api: DiscordApi,
  { channelId, isDirect }: { readonly channelId: string; readonly isDirect: boolean },
  requestId: string,
  sinceMs: number,
): Promise<Search> {
  // Clocks differ by seconds.
  let after = idAt(sinceMs - 60_000);
  for (let page = 0; page < DISCORD_LIMITS.searchPages; page += 1) {
    const messages = await messagesAt(api, channelId, { after, limit: String(PAGE_LENGTH) });
    if (!Array.isArray(messages)) return { kind: messages };
    const message = messages.find((one) => resultIn(one) === requestId);
    if (message !== undefined) return { kind: 'found', message };
    if (messages.length === 0 && !isDirect) return { kind: await emptiness(api, channelId, after) };
    if (messages.length < PAGE_LENGTH) return { kind: 'absent' };
    after = messages.reduce((last, { id }) => (BigInt(id) > BigInt(last) ? id : last), after);
  }
  return { kind: 'unseen' };
}

/**
 * Without the right to read what came before, Discord shows a server's channel as empty. What was asked in it is shown in it, unless that was for one
 * person's eyes: then the channel itself says whether anything came since.
 */
async function emptiness(api: DiscordApi, channelId: string, after: string): Promise<'absent' | 'unseen'> {
  const latest = await messagesAt(api, channelId, { limit: '1' });
  if (!Array.isArray(latest)) return latest;
  if (latest.length > 0) return 'absent';
  const reply = await api.bot({ method: 'get', path: `/channels/${channelId}` });
  const channel = reply.kind === 'done' ? lastSchema.safeParse(reply.body).data : undefined;
  if (channel === undefined) return 'unseen';
  return channel.last_message_id === null || BigInt(channel.last_message_id) <= BigInt(after) ? 'absent' : 'unseen';
}

/** The message stays the last one when it is deleted. */
const lastSchema = z.object({
  last_message_id: z
    .string()
    .regex(/^\d{15,20}$/)
    .nullable(),
});

async function messagesAt(
  api: DiscordApi,
  channelId: string,
  query: Readonly<Record<string, string>>,
): Promise<Posted[] | 'absent' | 'unseen'> {
  const reply = await api.bot({ method: 'get', path: `/channels/${channelId}/messages`, query });
  if (reply.kind === 'refused') return reply.code === UNKNOWN_CHANNEL ? 'absent' : 'unseen';
  return pageSchema.safeParse(reply.body).data ?? 'unseen';
}
