import { withinDeadline } from '#src/core/deadline.ts';
import type { Ask } from '#src/core/platform.ts';
import type { ImageRef } from '#src/core/request.ts';
import type { DiscordRoom } from './room.ts';

/** Part of the three seconds that a person's client waits. */
const LOOK_UP_MS = 800;

export interface Earlier {
  readonly image: ImageRef;
  readonly origin: NonNullable<Ask['origin']>;
}

/**
 * The picture of an earlier request, as it was made. Only where its room is: what somebody asked in one channel is not fetched from another, where
 * other people are, or where what is for adults is not for everybody.
 */
export async function earlierPicture(
  id: string | undefined,
  { tenant, thread }: Pick<Ask, 'tenant' | 'thread'>,
  { archive }: Pick<DiscordRoom, 'archive'>,
): Promise<Earlier | undefined> {
  if (id === undefined) return undefined;
  const found = await withinDeadline(archive.find(id), LOOK_UP_MS);
  const entry = found.kind === 'done' ? found.value : undefined;
  if (entry?.answer?.kind !== 'made' || entry.request.tenant !== tenant) return undefined;
  const [picture] = entry.answer.pictures;
  // A thread of a request's own hangs on the channel where it was asked.
  const isHere = entry.request.thread.room === thread.room || isThreadOf(entry.request.thread.address, thread.address);
  return picture === undefined || !isHere ? undefined : { image: { key: picture.key }, origin: { id, how: 'reply' } };
}

function isThreadOf(asked: unknown, now: unknown): boolean {
  const channelId = memberOf(asked, 'channelId');
  return channelId !== undefined && channelId === memberOf(now, 'parentId');
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
