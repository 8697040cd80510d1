import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ByteRange, ClipKey, Clips } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import { requireClipKey, sha256OfFile } from './key.ts';
import { createS3Client, refusalOf, statusOf, type S3Options } from './s3-client.ts';

const PREFIX = 'clips/';
/** The longest that a signed link can be good for (Signature Version 4). */
const LINK_SECONDS_MAX = 7 * 24 * 60 * 60;
/** For a large clip over a home's line. */
const UPLOAD_MS = 15 * 60_000;

/** Clips as objects of a bucket: `clips/abcd….mp4`. Needs the rights that the pictures there need. */
export function createS3Clips(options: S3Options): Clips {
  const { bucket, prefix = PREFIX } = options;
  const client = createS3Client(options);
  const nameOf = (key: ClipKey): { Bucket: string; Key: string } => {
    requireClipKey(key);
    return { Bucket: bucket, Key: `${prefix}${key}` };
  };
  return {
    async keep(path) {
      const hash = await sha256OfFile(path);
      const key = `${hash.toString('hex')}.mp4`;
      const name = nameOf(key);
      try {
        await upload(client, name, path, hash);
      } catch (error) {
        // Somebody has put the same bytes there already.
        if (statusOf(error) !== 412) throw refusalOf(error) ?? error;
      }
      return key;
    },
    async open(key, range) {
      const { Body, ContentRange, ContentLength } = await client
        .send(new GetObjectCommand({ ...nameOf(key), ...partOf(range) }))
        .catch(gone);
      if (!(Body instanceof Readable)) throw new Error(`kept clip ${key} came without bytes`);
      const sizeBytes = Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1] ?? ContentLength);
      return { sizeBytes, bytes: Body };
    },
    async link(key, validMs) {
      const seconds = Math.min(LINK_SECONDS_MAX, Math.floor(validMs / 1000));
      return sign(client, addressOf(options, nameOf(key).Key), options.region, seconds);
    },
    async remove(key) {
      try {
        await client.send(new DeleteObjectCommand(nameOf(key)));
      } catch (error) {
        // S3 says nothing of it; other stores do.
        if (error instanceof NoSuchKey) return;
        throw refusalOf(error) ?? error;
      }
    },
  };
}

/** A bucket that does not let anybody read is the operator's to look at, and nothing that trying again would change. */
function gone(error: unknown): never {
  if (error instanceof NoSuchKey) throw new Refusal('clip-gone', {}, error);
  throw refusalOf(error) === undefined ? error : new Refusal('clip-store', {}, error);
}

const partOf = (range: ByteRange | undefined): { Range?: string } =>
  range === undefined ? {} : { Range: `bytes=${range.from}-${range.to}` };

/** The bytes go by in parts. S3 is told their hash before, so that it takes none but these. */
async function upload(client: S3Client, name: { Bucket: string; Key: string }, path: string, hash: Buffer): Promise<void> {
  const { size } = await stat(path);
  const command = new PutObjectCommand({
    ...name,
    Body: createReadStream(path),
    ContentLength: size,
    ContentType: 'video/mp4',
    ChecksumSHA256: hash.toString('base64'),
    IfNoneMatch: '*',
  });
  // The time that one attempt has counts until the answer, and so for all the bytes: who stalls is found by the socket's own.
  await client.send(command, { requestTimeout: UPLOAD_MS });
}

/** Amazon's own addresses have the bucket before the host, other stores have it in the path. */
function addressOf({ bucket, region, endpoint }: S3Options, object: string): URL {
  if (endpoint === undefined) return new URL(`https://${bucket}.s3.${region}.amazonaws.com/${object}`);
  return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${object}`);
}

/** `S3RequestPresigner` would do the same with three packages more. */
async function sign(client: S3Client, address: URL, region: string, expiresIn: number): Promise<string> {
  const { credentials, sha256 } = client.config;
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false, applyChecksum: false });
  const { protocol, hostname, port, pathname, host } = address;
  const at = { protocol, hostname, path: pathname, ...(port === '' ? {} : { port: Number(port) }) };
  const query = { 'response-content-type': 'video/mp4' };
  const signed = await signer.presign(
    { ...at, method: 'GET', headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, query },
    { expiresIn },
  );
  for (const [name, value] of Object.entries(signed.query ?? {})) address.searchParams.set(name, String(value));
  return address.href;
}
