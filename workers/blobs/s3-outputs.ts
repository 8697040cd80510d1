import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { createS3Client, statusOf, type S3Options } from './s3-client.ts';

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

const PREFIX = 'made/';
/** What the service calls a clip (Amazon Bedrock user guide). */
const CLIP_NAME = 'output.mp4';
/** Of one clip. The service's own are of some megabytes. */
const CLIP_BYTES_MAX = 500_000_000;
/** How often a transfer that broke is gone on with. */
const PARTS_MAX = 5;
const ASK_AGAIN_MS = 5000;

/**
 * The bucket in which the service leaves the clips that it makes, each below a prefix of its own. Needs `s3:PutObject`, with which the service writes
 * in its caller's name, `s3:GetObject`, `s3:ListBucket` and `s3:DeleteObject`. It has to be in the service's region.
 */
export function createS3Outputs(options: S3Options) {
  const { bucket, prefix = PREFIX } = options;
  const client = createS3Client(options);
  return {
    uriFor: (token: string): Promise<string> => Promise.resolve(`s3://${bucket}/${prefix}${token}`),
    /**
     * Writes the clip of the job `id` to a file and never holds it in memory. `uri` is where the service says that it is, with or without the id.
     * Throws Refusal `clip-gone`, `clip-store`, `storage-full`, `credentials-rejected`, and TryLater when the bucket cannot be reached.
     */
    async fetch(uri: string, id: string, into: string, signal: AbortSignal): Promise<void> {
      const folder = folderOf(uri, id);
      try {
        const isThere = await download(client, { ...folder, Key: `${folder.Key}/${CLIP_NAME}` }, into, signal);
        if (isThere) return;
        const other = await otherName(client, folder, signal);
        if (other === undefined || !(await download(client, other, into, signal))) throw new Refusal('clip-gone');
      } catch (error) {
        throw meantBy(error, signal);
      }
    },
    /** Removes everything that lies below the address of a clip; nothing there is no error. Throws an Error on any other address, and what S3 throws. */
    async remove(uri: string, signal: AbortSignal): Promise<void> {
      const clip = placeOf(uri);
      // A whole bucket, or all clips of it, may never be meant.
      if (clip.Bucket !== bucket || !clip.Key.startsWith(prefix) || clip.Key === prefix) throw new Error('not the address of a clip');
      for (const place of await listed(client, clip, signal)) await client.send(new DeleteObjectCommand(place), { abortSignal: signal });
    },
    close: (): void => client.destroy(),
  };
}

function placeOf(uri: string): Place {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(uri) ?? [];
  return { Bucket, Key };
}

function folderOf(uri: string, id: string): Place {
  const { Bucket, Key: path } = placeOf(uri);
  const isOwn = path === id || path.endsWith(`/${id}`);
  return { Bucket, Key: isOwn ? path : [path, id].filter((part) => part !== '').join('/') };
}

/** What lies below it. The service leaves a clip and a note or two. */
async function listed(client: S3Client, { Bucket, Key }: Place, abortSignal: AbortSignal): Promise<readonly Place[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${Key}/`, MaxKeys: 100 }), { abortSignal });
  return Contents.flatMap((object) => (object.Key === undefined ? [] : [{ Bucket, Key: object.Key }]));
}

/** A clip that is called otherwise than it was documented. */
async function otherName(client: S3Client, folder: Place, abortSignal: AbortSignal): Promise<Place | undefined> {
  return (await listed(client, folder, abortSignal)).find(({ Key }) => Key.endsWith('.mp4'));
}

/** False when there is no such object. A transfer that breaks goes on where it was, as long as it is still the same object. */
async function download(client: S3Client, place: Place, into: string, abortSignal: AbortSignal): Promise<boolean> {
  let whole: { readonly sizeBytes: number; readonly IfMatch: string | undefined } | undefined;
  for (let part = 1; ; part += 1) {
    const from = whole === undefined ? 0 : (await stat(into)).size;
    const rest = whole === undefined || from === 0 ? {} : { Range: `bytes=${from}-`, IfMatch: whole.IfMatch };
    if (whole !== undefined && from === whole.sizeBytes) return true;
    try {
      const { Body, ContentLength, ETag } = await client.send(new GetObjectCommand({ ...place, ...rest }), { abortSignal });
      whole ??= { sizeBytes: sizeOf(ContentLength), IfMatch: ETag };
      if (!(Body instanceof Readable)) throw new Error('the clip came without bytes');
      await pipeline(Body, createWriteStream(into, { flags: from === 0 ? 'w' : 'a' }), { signal: abortSignal });
      if ((await stat(into)).size === whole.sizeBytes) return true;
      throw new Error('the clip came with more or fewer bytes than it has');
    } catch (error) {
      if (error instanceof NoSuchKey) return false;
      const isBroken = whole !== undefined && statusOf(error) === undefined && !isFull(error);
      if (!isBroken || part >= PARTS_MAX || abortSignal.aborted || error instanceof Refusal) throw error;
    }
  }
}

function sizeOf(length: number | undefined): number {
  // It was made, and is paid for.
  if (length === undefined || length === 0 || length > CLIP_BYTES_MAX) throw new Refusal('clip-gone');
  return length;
}

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC';

const FINAL = [301, 307, 400, 403, 404];
/** Nothing opens with these keys. */
const CREDENTIALS = /^(?:ExpiredToken|InvalidToken|InvalidAccessKeyId|SignatureDoesNotMatch|CredentialsProviderError|TokenProviderError)/;

function meantBy(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof Refusal || signal.aborted) return error;
  if (isFull(error)) return new Refusal('storage-full', {}, error);
  if (error instanceof Error && CREDENTIALS.test(error.name))
    return new Refusal('credentials-rejected', { model: 'Amazon S3', scope: 'account' }, error);
  const status = statusOf(error);
  // Moved, not allowed, no such bucket, and how else a wrong address is told of.
  if (status !== undefined && FINAL.includes(status)) return new Refusal('clip-store', {}, error);
  return new TryLater('unreachable', ASK_AGAIN_MS, error);
}
