import { z } from 'zod';
import { withinDeadline } from '#src/core/deadline.ts';
import { imageOf, roomOf, tenantOf, type Address } from './address.ts';
import { LOOK_UP_MS, type Wish } from './asking.ts';
import type { Identity } from './client.ts';
import type { SlackOffice } from './office.ts';
import type { MessageArrival } from './parse.ts';

/** What a wish goes on from. */
type Source = Required<Pick<Wish, 'images'>> & Pick<Wish, 'origin'>;

/** Of the three seconds, what looking at the thread itself may take. */
const THREAD_MS = 700;
/** One page is all there is time for. */
const THREAD_MESSAGES = 200;

const fileSchema = z.looseObject({ id: z.string(), mimetype: z.string().default('') });
const messageSchema = z.looseObject({ user: z.string().optional(), files: z.array(fileSchema).default([]) });
const threadSchema = z.looseObject({ messages: z.array(messageSchema) });

/**
 * The last picture in the thread of a post that brings none: the one that people see last, whoever it is of. Whoever may see the room may see it.
 * Where Slack does not tell in time, it is the last one made here. Nothing outside a thread. Never throws.
 */
export async function threadPicture(
  office: SlackOffice,
  identity: Identity,
  arrival: MessageArrival,
  address: Address,
  topic: string,
): Promise<Source | undefined> {
  if (arrival.thread === undefined) return undefined;
  const [made, shown] = await Promise.all([
    lastMade(office, address, topic),
    withinDeadline(lastShown(office, identity, arrival), THREAD_MS),
  ]);
  const picture = shown.kind === 'done' ? shown.value : undefined;
  if (picture === undefined || (picture.isOwn && made !== undefined)) return made;
  return { images: [imageOf(identity.team, picture.file)] };
}

/** By the archive, which knows the request that a picture is of. */
async function lastMade({ archive }: SlackOffice, { team, channel }: Address, topic: string): Promise<Source | undefined> {
  const query = { tenant: tenantOf(team), room: roomOf(team, channel), topic, onlyMade: true, limit: 1 };
  const found = await withinDeadline(archive.history(query), LOOK_UP_MS);
  const [entry] = found.kind === 'done' ? found.value : [];
  const picture = entry?.answer?.kind === 'made' ? entry.answer.pictures[0] : undefined;
  if (entry === undefined || picture === undefined) return undefined;
  return { images: [{ key: picture.key }], origin: { id: entry.request.id, how: 'reply' } };
}

/** By Slack, which knows the pictures of people as well. A deleted file has no type any more. */
async function lastShown(
  { api }: SlackOffice,
  { team, botUserId }: Identity,
  { channel, thread, ts }: MessageArrival,
): Promise<{ readonly file: string; readonly isOwn: boolean } | undefined> {
  const reply = await api.call(team, 'conversations.replies', { channel, ts: thread, latest: ts, limit: THREAD_MESSAGES });
  const { messages } = reply.kind === 'done' ? threadSchema.parse(reply.body) : { messages: [] };
  return messages
    .flatMap(({ user, files }) => files.map(({ id, mimetype }) => ({ file: id, mimetype, isOwn: user === botUserId })))
    .findLast(({ mimetype }) => mimetype.startsWith('image/'));
}
