import type { Entry } from '#src/core/archive.ts';
import { withinDeadline, type InTime } from '#src/core/deadline.ts';
import type { Ask } from '#src/core/platform.ts';
import type { ImageRef } from '#src/core/request.ts';
import { DISCORD } from './address.ts';
import { DISCORD_LIMITS } from './config.ts';
import type { Scene } from './parse.ts';
import type { DiscordRoom } from './room.ts';

interface FindingRoom {
  readonly archive: Pick<DiscordRoom['archive'], 'find'>;
}

export interface Earlier {
  /** As a person sees them, in order; of a clip, its poster. */
  readonly images: readonly ImageRef[];
  readonly origin: NonNullable<Ask['origin']>;
}

/**
 * The pictures of an earlier request, as they were made, or the one that it put into words. Only where its room is: what somebody asked in one channel is not fetched from another, where
 * other people are, or where what is for adults is not for everybody. That nobody can tell now whether it is theirs is told: words about a picture are no
 * picture without it.
 */
export async function earlierPictures(
  id: string | undefined,
  { tenant, thread }: Pick<Ask, 'tenant' | 'thread'>,
  { archive }: FindingRoom,
  limitMs: number,
): Promise<Earlier | 'ledger-unavailable' | undefined> {
  if (id === undefined) return undefined;
  const found = await withinDeadline(archive.find(id), limitMs);
  if (found.kind !== 'done') return 'ledger-unavailable';
  const entry = found.value;
  if (entry?.answer === undefined || entry.answer.kind === 'refused' || entry.request.tenant !== tenant) return undefined;
  const { answer } = entry;
  const images = answer.kind === 'made' ? answer.pictures.map(({ key }) => ({ key })) : [{ key: answer.key }];
  // A thread of a request's own hangs on the channel where it was asked.
  const isHere = entry.request.thread.room === thread.room || isThreadOf(entry.request.thread.address, thread.address);
  return isHere ? { images, origin: { id, how: 'reply' } } : undefined;
}

/** Looks an earlier request up: once, when it is first asked for, however many ask. */
export type LookUp = () => Promise<InTime<Entry | undefined>>;

export function createLookUp(id: string, { archive }: FindingRoom): LookUp {
  let found: ReturnType<LookUp> | undefined;
  return () => (found ??= withinDeadline(archive.find(id), DISCORD_LIMITS.lookUpMs));
}

/**
 * Whose request a button is about, as seen by whoever pressed it alone with the bot: an answer that came there because its channel was closed is
 * still the server's. Everybody else is who they are. Undefined when that cannot be found out now.
 */
export async function tenantFor({ tenant, requester, address }: Scene, lookUp: LookUp): Promise<string | undefined> {
  if (address.guildId !== undefined) return tenant;
  const found = await lookUp();
  if (found.kind !== 'done') return undefined;
  const request = found.value?.request;
  return request?.thread.platform === DISCORD && request.requester.id === requester.id ? request.tenant : tenant;
}

function isThreadOf(asked: unknown, now: unknown): boolean {
  const channelId = memberOf(asked, 'channelId');
  return channelId !== undefined && channelId === memberOf(now, 'parentId');
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
