import { z } from 'zod';
import type { Answer } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Notes } from '#src/core/notes.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import type { Address } from './address.ts';
import type { Posts } from './posts.ts';
import { doneLine, postView, renderPost, renderRefused } from './render.ts';

const FACT = 'announcement';

const announcementSchema = z.discriminatedUnion('kind', [
  /** It begins the thread. */
  z.strictObject({ kind: z.literal('root'), channel: z.string(), ts: z.string() }),
  /** It stands under somebody's own message, and goes when the answer is there. */
  z.strictObject({ kind: z.literal('receipt'), channel: z.string(), ts: z.string() }),
  /** It could not be posted, and will not be. */
  z.strictObject({ kind: z.literal('none') }),
]);
export type Announcement = z.infer<typeof announcementSchema>;

/** Our own message of a request, which the gateway posts and the worker ends. Undefined while the gateway may still be posting it. */
export async function readAnnouncement(notes: Notes, id: string): Promise<Announcement | undefined> {
  return announcementSchema.safeParse(await notes.page(id).read(FACT)).data;
}

export async function writeAnnouncement(notes: Notes, id: string, announcement: Announcement): Promise<void> {
  await notes.page(id).write(FACT, announcement);
}

/** Brings it in line with the answer; again it changes nothing. Throws TryLater while Slack wants patience. */
export async function endAnnouncement(
  { posts, cards }: { readonly posts: Posts; readonly cards: readonly ModelCard[] },
  announcement: Announcement,
  request: GenerationRequest,
  { team }: Pick<Address, 'team'>,
  answer: Answer,
): Promise<'shown' | 'gone'> {
  if (announcement.kind === 'none') return 'gone';
  const { channel, ts, kind } = announcement;
  const place = { team, channel };
  const view = postView(request, cards, kind === 'root');
  if (answer.kind !== 'refused' && kind === 'receipt') {
    await posts.remove(place, ts);
    return 'gone';
  }
  const message =
    answer.kind === 'refused'
      ? renderRefused(view, answer.code, answer.details)
      : renderPost(view, doneLine(answer, request.language), false);
  const reply = await posts.change(place, ts, message);
  return reply.kind === 'done' ? 'shown' : reply.kind === 'unknown' ? endedUnknown() : 'gone';
}

function endedUnknown(): never {
  throw new TryLater('unreachable', 2000);
}
