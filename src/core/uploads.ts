import type { BlobKey, Blobs } from './blobs.ts';
import { Refusal } from './failure.ts';
import type { Upload } from './media.ts';

const LINE_FEED = 0x0a;

/**
 * Keeps a picture as it was sent, for the worker. It may tell where and with which camera it was taken, so nobody is served it, and it is
 * removed with the answer.
 *
 * It is stored behind its request's id, for keys are made of bytes: so no other request that was sent the same picture, and no result, has this
 * key, and removing it takes nothing from anybody; and the same post that comes twice is one object.
 */
export async function keepUpload(requestId: string, { bytes }: Upload, blobs: Blobs): Promise<BlobKey> {
  const owner = new TextEncoder().encode(`${requestId}\n`);
  const stored = new Uint8Array(owner.length + bytes.length);
  stored.set(owner);
  stored.set(bytes, owner.length);
  // The key needs some extension; what it is of, the worker sees in the bytes.
  return blobs.put({ bytes: stored, type: 'image/png' });
}

/** What was sent, without the owner before it. Throws Refusal `picture-gone`, also for a key of something that is no upload. */
export async function readUpload(key: BlobKey, blobs: Blobs): Promise<Upload> {
  const { bytes } = await blobs.get(key);
  const end = bytes.indexOf(LINE_FEED);
  const owner = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end)));
  if (!/^[\w-]+$/.test(owner)) throw new Refusal('picture-gone');
  return { bytes: bytes.subarray(end + 1) };
}
