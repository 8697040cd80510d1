import { z } from 'zod';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Ask } from '#src/core/platform.ts';
import type { ImageRef } from '#src/core/request.ts';
import { addressOf, threadAt } from './address.ts';
import { DISCORD_LIMITS } from './config.ts';
import { imageRef, THREADS } from './parse.ts';
import { messageSchema, type Message } from './payload.ts';
import { picturesOf, resultIn } from './pictures.ts';
import { earlierPictures } from './results.ts';
import type { MentionRoom } from './mentions.ts';

/** What a wish goes on from. */
interface ThreadPicture extends Pick<Ask, 'thread' | 'origin'> {
  readonly images: readonly ImageRef[];
}

interface ThreadRoom extends Pick<MentionRoom, 'archive' | 'botId'> {
  readonly api: Pick<MentionRoom['api'], 'bot'>;
}

/** What asking Discord may take: nobody has heard yet that their words have arrived. */
const THREAD_MS = 3000;
/** One page is all that is looked through. */
const THREAD_MESSAGES = 50;

const channelSchema = z.object({ type: z.int(), parent_id: z.string().nullish() });
const pageSchema = z.array(z.unknown());

/**
 * The last picture in the thread of a message that brings none: the one that people see last, whoever it is of. Where Discord does not show the
 * thread, it is the last one asked for in it. Undefined outside a thread, and where nobody can tell whether it is one: what was asked is asked all the
 * same. Inside one it is told when the ledger, which is asked last, does not say. Never rejects.
 */
export async function threadPicture(message: Message, ask: Ask, room: ThreadRoom): Promise<ThreadPicture | Unavailable | undefined> {
  const thread = await inTime(threadOf(message, ask, room), THREAD_MS);
  if (thread === undefined) return undefined;
  const here = { ...ask, thread };
  const source = (await inTime(lastShown(message, here, room), THREAD_MS)) ?? (await lastMade(here, room));
  return source === undefined || source === 'ledger-unavailable' ? source : { ...source, thread };
}

async function inTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value | undefined> {
  const done = await withinDeadline(work, limitMs);
  return done.kind === 'done' ? done.value : undefined;
}

async function threadOf({ channel_id: channelId }: Message, ask: Ask, { api }: ThreadRoom): Promise<Ask['thread'] | undefined> {
  const reply = await api.bot({ method: 'get', path: `/channels/${channelId}` });
  const channel = reply.kind === 'done' ? channelSchema.safeParse(reply.body).data : undefined;
  if (channel === undefined || !THREADS.includes(channel.type) || typeof channel.parent_id !== 'string') return undefined;
  // A thread has no threads.
  const { wantsThread: _, ...address } = addressOf(ask);
  return threadAt({ ...address, parentId: channel.parent_id });
}

type Source = Omit<ThreadPicture, 'thread'>;
type Unavailable = 'ledger-unavailable';

/** By Discord, which shows the bot's own pictures, and those of people where their messages may be read. */
async function lastShown(message: Message, ask: Ask, room: ThreadRoom): Promise<Source | Unavailable | undefined> {
  const query = { before: message.id, limit: String(THREAD_MESSAGES) };
  const reply = await room.api.bot({ method: 'get', path: `/channels/${message.channel_id}/messages`, query });
  const page = reply.kind === 'done' ? (pageSchema.safeParse(reply.body).data ?? []) : [];
  const messages = page.flatMap((one) => messageSchema.safeParse(one).data ?? []);
  // The newest comes first.
  const shown = messages.find((one) => picturesOf(one).length > 0 || (one.author.id === room.botId && one.attachments.length > 0));
  if (shown === undefined) return undefined;
  const earlier =
    shown.author.id === room.botId ? await earlierPictures(resultIn(shown), ask, room, DISCORD_LIMITS.messageLookUpMs) : undefined;
  if (earlier !== undefined) return earlier;
  const where = { id: shown.id, channelId: shown.channel_id };
  const images = picturesOf(shown).map((picture) => imageRef(picture, where));
  return images.length === 0 ? undefined : { images };
}

/** By the ledger, which knows what was asked in the thread itself. */
async function lastMade({ tenant, thread }: Ask, { archive }: ThreadRoom): Promise<Source | Unavailable | undefined> {
  const { room } = thread;
  if (room === undefined) return undefined;
  const found = await withinDeadline(archive.history({ tenant, room, onlyMade: true, limit: 1 }), DISCORD_LIMITS.messageLookUpMs);
  if (found.kind !== 'done') return 'ledger-unavailable';
  const [entry] = found.value;
  if (entry?.answer?.kind !== 'made') return undefined;
  return { images: entry.answer.pictures.map(({ key }) => ({ key })), origin: { id: entry.request.id, how: 'reply' } };
}
