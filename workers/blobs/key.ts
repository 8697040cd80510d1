import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BLOB_KEY_PATTERN, type BlobKey } from '#src/core/blobs.ts';
import { CLIP_KEY_PATTERN, type ClipKey } from '#src/core/clips.ts';
import { FILE_EXTENSIONS, type Media, type MediaType } from '#src/core/media.ts';

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export const keyOf = ({ bytes, type }: Media): BlobKey => `${sha256(bytes).toString('hex')}.${FILE_EXTENSIONS[type]}`;

/** What a key says of its bytes. Throws an Error on anything that is no key, before it is made a path or an address of. */
export function typeOfKey(key: BlobKey): MediaType {
  const extension = BLOB_KEY_PATTERN.test(key) ? key.slice(key.indexOf('.') + 1) : undefined;
  switch (extension) {
    case 'png':
      return 'image/png';
    case 'jpg':
      return 'image/jpeg';
    case 'webp':
      return 'image/webp';
    default:
      throw new Error('not a key of a stored picture');
  }
}

/** Bytes that are not what their key says are nobody's picture. */
export function checkedMedia(key: BlobKey, bytes: Uint8Array): Media {
  const media = { bytes, type: typeOfKey(key) };
  if (keyOf(media) !== key) throw new Error(`stored picture ${key} is damaged (${bytes.byteLength} bytes)`);
  return media;
}

/** The hash of a clip's file, which is read in parts. */
export async function sha256OfFile(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part);
  return hash.digest();
}

/** Throws an Error on anything that is no clip's key, before it is made a path or an address of. */
export function requireClipKey(key: ClipKey): void {
  if (!CLIP_KEY_PATTERN.test(key)) throw new Error('not a key of a kept clip');
}
