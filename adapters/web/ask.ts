import { randomUUID } from 'node:crypto';
import type { Receipt } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import { Refusal } from '#src/core/failure.ts';
import type { AskFunction } from '#src/core/platform.ts';
import { PROMPT_LENGTH_MAX, type ImageRef } from '#src/core/request.ts';
import { keepUpload } from '#src/core/uploads.ts';
import { GENERAL, type Channels } from './channels.ts';
import { WEB_LIMITS } from './config.ts';
import type { PostedPicture } from './form.ts';
import type { WebRoom } from './house.ts';
import type { Looking } from './looking.ts';
import { buildAsk, uploadRef, uploadsOf, WEB, type Asker, type Form, type Place } from './parse.ts';
import { renderTold, type ToldView } from './render-told.ts';
import type { Unconfirmed } from './unconfirmed.ts';

export interface Post extends Form {
  readonly pictures: readonly PostedPicture[];
}

type Keeping = Pick<WebRoom, 'blobs' | 'archive' | 'log'>;

/** What taking a post needs. */
export interface Counter extends Keeping {
  readonly channels: Channels;
  readonly looking: Looking;
  readonly unconfirmed: Pick<Unconfirmed, 'note'>;
  readonly ask: AskFunction;
}

/** One post, from the form to the receipt. Pictures are durable before anybody is asked to paint. Undefined: there is no such channel or thread. */
export async function takePost(post: Post, asker: Asker, counter: Counter): Promise<ToldView | undefined> {
  const { id = `${WEB}-${randomUUID()}`, text, pictures, reply } = post;
  try {
    const place = await inTime(placeOf(post, asker, counter));
    if (place === undefined) return undefined;
    const length = text.length;
    if (length > WEB_LIMITS.textLength) throw new Refusal('prompt-too-long', { limit: PROMPT_LENGTH_MAX, length });
    // What is sent along is to be changed, whatever else is replied to.
    const isShown = reply !== undefined && !pictures.some(({ part }) => part === 'picture');
    const shown = isShown ? [await inTime(pictureOf(post, asker, counter))] : [];
    const ask = buildAsk({ ...post, id }, [...shown.map(() => 'picture' as const), ...pictures.map(({ part }) => part)], place, asker);
    const uploads = await keepPictures(id, pictures, counter);
    const told = await counter.ask({ ...ask, images: [...shown, ...uploads.map(uploadRef)] });
    if (told.receipt.kind === 'unconfirmed') await counter.unconfirmed.note(id, asker.person.id, uploads);
    else await letGo(uploads, id, told.receipt, counter);
    return renderTold(id, told);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return renderTold(id, { receipt: { kind: 'refused', code: error.code, details: error.details }, language: asker.language });
  }
}

/** For somebody who waits for a receipt. Throws Refusal `ledger-unavailable` when it takes longer than they should, or cannot be found out. */
async function inTime<Value>(looking: Promise<Value>): Promise<Value> {
  const looked = await withinDeadline(looking, WEB_LIMITS.lookUpMs);
  if (looked.kind === 'done') return looked.value;
  if (looked.kind === 'failed' && looked.error instanceof Refusal) throw looked.error;
  throw new Refusal('ledger-unavailable', {}, looked.kind === 'failed' ? looked.error : undefined);
}

/** A thread is in the room of the request that began it. */
async function placeOf({ channel, topic }: Form, { person }: Asker, { channels, looking }: Counter): Promise<Place | undefined> {
  if (topic !== undefined) return placeOfThread(await looking.find(topic, person), topic);
  const found = await channels.find(person, channel ?? GENERAL);
  return found === undefined ? undefined : { room: found.room, topic: undefined };
}

/** Where an earlier request is gone on from: its own thread, or the one it began. Nowhere, when it was asked in no room. */
export function placeOfThread(entry: Entry | undefined, topic = entry?.request.id): Place | undefined {
  const room = entry?.request.thread.room;
  return room === undefined ? undefined : { room, topic: entry?.request.thread.topic ?? topic };
}

/** The picture of an earlier result that somebody wants changed; of a clip, the picture that stands for it. Throws Refusal `picture-gone`. */
async function pictureOf({ reply = '', which = 0 }: Form, { person }: Asker, { looking }: Counter): Promise<ImageRef> {
  const answer = (await looking.find(reply, person))?.answer;
  const key = answer?.kind === 'made' ? answer.pictures[which]?.key : answer?.kind === 'described' ? answer.key : undefined;
  if (key === undefined) throw new Refusal('picture-gone');
  return { key };
}

/**
 * Keeps every picture or none. What kind of file each is, the worker finds out.
 * Throws Refusal `picture-empty`, `picture-too-heavy`, `storage-full`, `storage-rejected`.
 */
async function keepPictures(id: string, pictures: readonly PostedPicture[], { blobs }: Keeping): Promise<readonly string[]> {
  for (const { bytes } of pictures) {
    if (bytes.length === 0) throw new Refusal('picture-empty');
    if (bytes.length > WEB_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
  }
  return Promise.all(pictures.map(async ({ bytes }) => keepUpload(id, { bytes }, blobs)));
}

/** Removes uploads that no open request refers to: it was refused, or its id had been asked before and that has an answer or other pictures. */
async function letGo(uploads: readonly string[], id: string, receipt: Receipt, { blobs, archive, log }: Keeping): Promise<void> {
  if (uploads.length === 0 || (receipt.kind === 'accepted' && !receipt.repeated)) return;
  // Whether it was committed after all is not known.
  if (receipt.kind === 'refused' && receipt.code === 'ledger-unavailable') return;
  const work = async (): Promise<void> => {
    const entry = await archive.find(id);
    const needed = entry === undefined || entry.answer !== undefined ? [] : uploadsOf(entry.request);
    for (const upload of uploads) if (!needed.includes(upload)) await blobs.remove(upload);
  };
  const removed = await withinDeadline(work(), WEB_LIMITS.letGoMs);
  // The person has an answer, and is told it whatever became of the pictures.
  if (removed.kind !== 'done')
    log.warn('upload-left', { id, uploads: uploads.length }, removed.kind === 'failed' ? removed.error : undefined);
}
