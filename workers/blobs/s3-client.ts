import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Refusal } from '#src/core/failure.ts';

/** A bucket, and how it is reached. */
export interface S3Options {
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

const TIMEOUT_MS = 30_000;
const CONNECT_MS = 5000;
const CONNECTIONS = 16;
/** Putting the same bytes again changes nothing, so that here, unlike at the models, trying again is free. */
const ATTEMPTS_MAX = 4;
/** Moved, not allowed, no such bucket: trying again changes nothing. */
const FINAL = [301, 403, 404];
/** How stores that have a limit say that it is reached; S3 itself has none. */
const NO_ROOM = ['QuotaExceeded', 'QuotaExceededException', 'XMinioStorageFull', 'InsufficientStorage', 'NoSpace'];

const nothing = (): undefined => undefined;
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Opens nothing until it is called. */
export function createS3Client({ region, endpoint, credentials, timeoutMs = TIMEOUT_MS, connections = CONNECTIONS }: S3Options): S3Client {
  return new S3Client({
    region,
    // What goes wrong is thrown; the SDK would say it on the console as well.
    logger: QUIET,
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

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** The final no in what a store said, if it is one: it may not be written to, or is full. */
export function refusalOf(error: unknown): Refusal | undefined {
  const status = statusOf(error);
  if (status !== undefined && FINAL.includes(status)) return new Refusal('storage-rejected', {}, error);
  const isFull = status === 507 || (error instanceof Error && NO_ROOM.includes(error.name));
  return isFull ? new Refusal('storage-full', {}, error) : undefined;
}
