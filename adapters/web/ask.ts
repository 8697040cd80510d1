import { randomUUID } from 'node:crypto';
import type { Receipt } from '#src/core/answer.ts';
import { parseCommand } from '#src/core/command.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import { Refusal } from '#src/core/failure.ts';
import type { AskFunction } from '#src/core/platform.ts';
import { PROMPT_LENGTH_MAX } from '#src/core/request.ts';
import { keepUpload } from '#src/core/uploads.ts';
import type { WebRoom } from './client.ts';
import { WEB_LIMITS } from './config.ts';
import { buildAsk, uploadsOf, WEB, type Asker } from './parse.ts';
import { renderTold, type ToldView } from './render.ts';

export interface Post {
  readonly id: string | undefined;
  readonly text: string;
  readonly picture: Uint8Array | undefined;
}

type Keeping = Pick<WebRoom, 'blobs' | 'archive' | 'log'>;

/** One post, from the form to the receipt. The picture is durable before anybody is asked to paint. */
export async function takePost(
  { id = `${WEB}-${randomUUID()}`, text, picture }: Post,
  asker: Asker,
  desk: Keeping,
  ask: AskFunction,
): Promise<ToldView> {
  try {
    const length = text.length;
    if (length > WEB_LIMITS.textLength) throw new Refusal('prompt-too-long', { limit: PROMPT_LENGTH_MAX, length });
    // Words that will be refused need no picture, and leave none behind.
    const upload = picture === undefined || !isCommand(text) ? undefined : await keepPicture(id, picture, desk);
    const told = await ask(buildAsk(id, text, upload === undefined ? [] : [upload], asker));
    if (upload !== undefined) await letGo(upload, id, told.receipt, desk);
    return renderTold(id, told);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return renderTold(id, { receipt: { kind: 'refused', code: error.code, details: error.details }, language: asker.language });
  }
}

function isCommand(text: string): boolean {
  try {
    return parseCommand(text).prompt !== '';
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** What kind of file it is, the worker finds out. Throws Refusal `picture-empty`, `picture-too-heavy`, `storage-full`, `storage-rejected`. */
async function keepPicture(id: string, bytes: Uint8Array, { blobs }: Keeping): Promise<string> {
  if (bytes.length === 0) throw new Refusal('picture-empty');
  if (bytes.length > WEB_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
  return keepUpload(id, { bytes }, blobs);
}

/** Removes an upload that no open request refers to: it was refused, or its id had been asked before and that has an answer or another picture. */
async function letGo(upload: string, id: string, receipt: Receipt, { blobs, archive, log }: Keeping): Promise<void> {
  if (receipt.kind === 'accepted' && !receipt.repeated) return;
  // Whether it was committed after all is not known.
  if (receipt.kind === 'refused' && receipt.code === 'ledger-unavailable') return;
  const work = async (): Promise<void> => {
    const entry = await archive.find(id);
    if (entry?.answer === undefined && entry !== undefined && uploadsOf(entry.request).includes(upload)) return;
    await blobs.remove(upload);
  };
  const removed = await withinDeadline(work(), WEB_LIMITS.letGoMs);
  // The person has an answer, and is told it whatever became of the picture.
  if (removed.kind !== 'done') log.warn('upload-left', { id, upload }, removed.kind === 'failed' ? removed.error : undefined);
}
