import { z } from 'zod';
import type { MadeAnswer } from '#src/core/answer.ts';
import type { Block } from './blocks.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import type { Log } from '#src/core/log.ts';
import { FILE_EXTENSIONS, type Media } from '#src/core/media.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackApi } from './api.ts';
import type { Reply } from './client.ts';
import { TEXT_LIMITS } from './config.ts';
import type { Place } from './posts.ts';
import { cutText } from './text.ts';
import type { Wire } from './wire.ts';

export interface Uploading {
  readonly api: SlackApi;
  readonly wire: Wire;
  readonly log: Log;
  readonly now: () => number;
}

/** One file on its way: its bytes are opened when they are wanted. */
export interface Piece {
  readonly filename: string;
  open(): Promise<{ readonly sizeBytes: number; readonly bytes: Uint8Array | AsyncIterable<Uint8Array> }>;
}

/** What is to be shown in one message, and the notes of the step that shows it. */
export interface Parcel {
  readonly id: string;
  /** What is to be seen, for whoever does not see it. */
  readonly title: string;
  readonly pieces: readonly Piece[];
  readonly blocks: readonly Block[];
  readonly page: Page;
  /** How long Slack may take until the files appear. */
  readonly sharingMs: number;
}

export type Uploaded = { readonly kind: 'shown'; readonly ts: string } | { readonly kind: 'refused'; readonly error: string };

const filesSchema = z.strictObject({ ids: z.array(z.string()).min(1) });
const completingSchema = z.strictObject({ at: z.number(), isTaken: z.boolean() });
const askedSchema = z.object({ upload_url: z.string(), file_id: z.string() });
const share = z.record(z.string(), z.array(z.looseObject({ ts: z.string() }))).optional();
const infoSchema = z.object({ file: z.looseObject({ shares: z.object({ public: share, private: share }).optional() }) });

const FILE_GONE = ['file_not_found', 'file_deleted'];
const AWAY_WAIT_MS = 2000;
/** When Slack is asked whether the files have appeared: soon at first, then the job leaves its slot. */
const LOOKS_MS = [0, 150, 300, 600, 1200];
const LOOK_AGAIN_MS = [0];

/** The pictures of an answer as files. */
export function picturePieces({ pictures, code }: MadeAnswer, open: (key: string) => Promise<Media>): readonly Piece[] {
  return pictures.map(({ key, type }, index) => ({
    filename: `ai-${code}${pictures.length === 1 ? '' : `-${index + 1}`}.${FILE_EXTENSIONS[type]}`,
    open: async () => {
      const { bytes } = await open(key);
      return { sizeBytes: bytes.length, bytes };
    },
  }));
}

/** What a file is called where it is read aloud. */
export const titleOf = ({ altText, title }: MadeAnswer): string => (altText === '' ? title : altText);

/**
 * Shows the files in one message, once. Slack gives no key for that, but a file has an id before anybody can see it: it is on the page before
 * the call that shows it, and after that call Slack is asked about the file and never told to show it again. Files that do not appear in time are
 * deleted, so that they never will, and sent anew. Throws TryLater.
 */
export async function uploadFiles(parcel: Parcel, place: Place, desk: Uploading): Promise<Uploaded> {
  const { page } = parcel;
  const kept = filesSchema.safeParse(await page.read('files')).data;
  const files = kept?.ids ?? (await sendFiles(parcel, place, desk));
  if ('kind' in files) return files;
  if (kept === undefined) await page.write('files', { ids: [...files] });
  const begun = completingSchema.safeParse(await page.read('completing')).data;
  const completing = begun ?? (await complete(parcel, files, place, desk));
  if ('kind' in completing) return completing;
  const looks = begun === undefined ? LOOKS_MS : LOOK_AGAIN_MS;
  const ts = await findShare(files, place, desk, completing.isTaken, looks);
  if (ts !== undefined) return { kind: 'shown', ts };
  if (desk.now() < completing.at + parcel.sharingMs) throw new TryLater('not-ready', AWAY_WAIT_MS);
  const still = await takeBack(parcel, files, place, desk);
  if (still !== undefined) return still;
  throw new TryLater('not-ready', AWAY_WAIT_MS);
}

/** Their ids, once Slack has all their bytes. Nobody sees them yet. */
async function sendFiles({ pieces }: Parcel, { team }: Place, { api, wire }: Uploading): Promise<readonly string[] | Refused> {
  const ids: string[] = [];
  for (const { filename, open } of pieces) {
    const { sizeBytes, bytes } = await open();
    const reply = await api.call(team, 'files.getUploadURLExternal', { filename, length: sizeBytes });
    if (reply.kind !== 'done') {
      await letGo(bytes);
      return refusedOr(reply);
    }
    const { upload_url: url, file_id: id } = askedSchema.parse(reply.body);
    if (!(await wire.upload(url, bytes, sizeBytes))) throw new TryLater('unreachable', AWAY_WAIT_MS);
    ids.push(id);
  }
  return ids;
}

/** A file that was opened and that nobody reads. */
async function letGo(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (!(bytes instanceof Uint8Array)) await bytes[Symbol.asyncIterator]().return?.();
}

/** The ids of the files that were sent, as the page has them. */
export async function readFiles(page: Pick<Page, 'read'>): Promise<readonly string[]> {
  return filesSchema.safeParse(await page.read('files')).data?.ids ?? [];
}

type Refused = Extract<Uploaded, { kind: 'refused' }>;

function refusedOr(reply: Exclude<Reply, { kind: 'done' }>): Refused {
  if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
  return { kind: 'refused', error: reply.error };
}

/** The one call that people see. What is written before it stays unless Slack has said no. */
async function complete(
  parcel: Parcel,
  ids: readonly string[],
  place: Place,
  desk: Uploading,
): Promise<z.infer<typeof completingSchema> | Refused> {
  const { page, blocks } = parcel;
  const at = desk.now();
  await page.write('completing', { at, isTaken: false });
  const title = cutText(parcel.title, TEXT_LIMITS.fileTitle);
  const files = ids.map((id) => ({ id, title }));
  const args = { files, channel_id: place.channel, thread_ts: place.thread, blocks };
  try {
    const reply = await desk.api.call(place.team, 'files.completeUploadExternal', args);
    if (reply.kind === 'unknown') return { at, isTaken: false };
    if (reply.kind === 'refused') return await refused(page, reply.error);
    await page.write('completing', { at, isTaken: true });
    return { at, isTaken: true };
  } catch (error) {
    if (error instanceof TryLater && error.reason === 'overloaded') await page.write('completing', null);
    throw error;
  }
}

async function refused(page: Page, error: string): Promise<Refused> {
  await page.write('completing', null);
  // Slack keeps what nobody has completed for a while only.
  if (FILE_GONE.includes(error)) {
    await page.write('files', null);
    throw new TryLater('not-ready', 0);
  }
  return { kind: 'refused', error };
}

/** The ts of the message with the files. Where Slack does not tell, what it has taken counts as shown. */
async function findShare(
  [id]: readonly string[],
  { team, channel }: Place,
  desk: Uploading,
  isTaken: boolean,
  looksMs: readonly number[],
): Promise<string | undefined> {
  for (const waitMs of looksMs) {
    await sleep(waitMs);
    const reply = await desk.api.call(team, 'files.info', { file: id });
    if (reply.kind === 'refused' && reply.error === 'missing_scope' && isTaken) return '';
    const shares = reply.kind === 'done' ? infoSchema.parse(reply.body).file.shares : undefined;
    const ts = [shares?.public?.[channel], shares?.private?.[channel]].flatMap((list) => list ?? [])[0]?.ts;
    if (ts !== undefined) return ts;
  }
  return undefined;
}

/** Undefined when the files are gone. One that Slack does not let go of may still appear: it is not sent a second time. */
async function takeBack(
  { id, page }: Parcel,
  ids: readonly string[],
  { team }: Place,
  { api, log }: Uploading,
): Promise<Refused | undefined> {
  log.warn('slack-never-shared', { id, files: ids.length });
  for (const file of ids) {
    const reply = await api.call(team, 'files.delete', { file });
    if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
    if (reply.kind === 'refused' && !FILE_GONE.includes(reply.error)) return { kind: 'refused', error: reply.error };
  }
  await page.write('files', null);
  await page.write('completing', null);
  return undefined;
}
