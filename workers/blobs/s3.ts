import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import { checkedMedia, keyOf, sha256, typeOfKey } from './key.ts';

export interface S3BlobsOptions {
  readonly bucket: string;
  readonly region: string;
  /** Another address than AWS's: a store that speaks S3. Buckets are then a part of the path. */
  readonly endpoint?: string | undefined;
  /** Without them the SDK looks for some in its usual places. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** What every object's name begins with, so that a bucket can be shared. */
  readonly prefix?: string;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  readonly connections?: number;
}

const PREFIX = 'pictures/';
const TIMEOUT_MS = 30_000;
const CONNECT_MS = 5000;
const CONNECTIONS = 16;
/** Putting the same bytes again changes nothing, so that here, unlike at the models, trying again is free. */
const ATTEMPTS_MAX = 4;
/** Moved, not allowed, no such bucket: trying again changes nothing. */
const FINAL = [301, 403, 404];
/** How stores that have a limit say that it is reached; S3 itself has none. */
const NO_ROOM = ['QuotaExceeded', 'QuotaExceededException', 'XMinioStorageFull', 'InsufficientStorage', 'NoSpace'];

/**
 * Pictures as objects of a bucket: `pictures/abcd….png`. Needs `s3:PutObject`, `s3:GetObject`, `s3:DeleteObject`, and
 * `s3:ListBucket`, without which S3 does not say that there is no such object.
 */
export function createS3Blobs(options: S3BlobsOptions): Blobs {
  const { bucket, prefix = PREFIX } = options;
  const client = createClient(options);
  const nameOf = (key: BlobKey): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: `${prefix}${key}` });

  async function write(key: BlobKey, { bytes, type }: Media, onlyNew: boolean): Promise<void> {
    const ChecksumSHA256 = sha256(bytes).toString('base64');
    const condition = onlyNew ? { IfNoneMatch: '*' } : {};
    await client.send(new PutObjectCommand({ ...nameOf(key), Body: bytes, ContentType: type, ChecksumSHA256, ...condition }));
  }

  return {
    async put(media) {
      const key = keyOf(media);
      try {
        await write(key, media, true);
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) return key;
        if (isFinal(status)) throw new Refusal('storage-rejected', {}, error);
        if (status === 507 || (error instanceof Error && NO_ROOM.includes(error.name))) throw new Refusal('storage-full', {}, error);
        // Two writers at the same moment, or a store that does not know the condition: the same bytes may as well be written over.
        if (status !== 409 && status !== 501) throw error;
        await write(key, media, false);
      }
      return key;
    },
    async get(key) {
      typeOfKey(key);
      const { Body } = await client.send(new GetObjectCommand(nameOf(key))).catch((error: unknown) => {
        throw error instanceof NoSuchKey ? new Refusal('picture-gone', {}, error) : error;
      });
      if (Body === undefined) throw new Error(`stored picture ${key} came without bytes`);
      return checkedMedia(key, await Body.transformToByteArray());
    },
    async remove(key) {
      typeOfKey(key);
      try {
        await client.send(new DeleteObjectCommand(nameOf(key)));
      } catch (error) {
        // S3 says nothing of it; other stores do.
        if (error instanceof NoSuchKey) return;
        throw isFinal(statusOf(error)) ? new Refusal('storage-rejected', {}, error) : error;
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);
const isFinal = (status: number | undefined): boolean => status !== undefined && FINAL.includes(status);

function createClient({ region, endpoint, credentials, timeoutMs = TIMEOUT_MS, connections = CONNECTIONS }: S3BlobsOptions): S3Client {
  return new S3Client({
    region,
    maxAttempts: ATTEMPTS_MAX,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: timeoutMs,
      // Without it a time that is over is a line in the log and nothing more.
      throwOnRequestTimeout: true,
      // For answers that begin and then stall.
      socketTimeout: timeoutMs,
      httpAgent: { keepAlive: true, maxSockets: connections },
      httpsAgent: { keepAlive: true, maxSockets: connections },
    },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}
