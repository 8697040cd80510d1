import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import { checkedMedia, keyOf, sha256, typeOfKey } from './key.ts';
import { createS3Client, refusalOf, statusOf, type S3Options } from './s3-client.ts';

const PREFIX = 'pictures/';

/**
 * Pictures as objects of a bucket: `pictures/abcd….png`. Needs `s3:PutObject`, `s3:GetObject`, `s3:DeleteObject`, and
 * `s3:ListBucket`, without which S3 does not say that there is no such object.
 */
export function createS3Blobs(options: S3Options): Blobs {
  const { bucket, prefix = PREFIX } = options;
  const client = createS3Client(options);
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
        const refusal = refusalOf(error);
        if (refusal !== undefined) throw refusal;
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
        throw refusalOf(error) ?? error;
      }
    },
  };
}
