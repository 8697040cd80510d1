import { createHash } from 'node:crypto';
import type { DiscordApi, FileToSend, Reply } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
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

/** The answer to a request among the messages since then: whoever posted it may have been killed before it was noted. */
export async function findAnswer(api: DiscordApi, channelId: string, requestId: string, sinceMs: number): Promise<Posted | undefined> {
  // Clocks differ by seconds.
  let after = idAt(sinceMs - 60_000);
  for (let page = 0; page < DISCORD_LIMITS.searchPages; page += 1) {
    const query = { after, limit: String(PAGE_LENGTH) };
    const reply = await api.bot({ method: 'get', path: `/channels/${channelId}/messages`, query });
    const messages = reply.kind === 'done' ? (pageSchema.safeParse(reply.body).data ?? []) : [];
    const found = messages.find((message) => resultIn(message) === requestId);
    if (found !== undefined || messages.length < PAGE_LENGTH) return found;
    after = messages.reduce((last, { id }) => (BigInt(id) > BigInt(last) ? id : last), after);
  }
  return undefined;
}
