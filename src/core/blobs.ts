import type { Media } from './media.ts';

/** The name of stored bytes: `<sha-256 in hex>.<extension>`. The same bytes always have the same key. */
export type BlobKey = string;

export const BLOB_KEY_PATTERN = /^[0-9a-f]{64}\.(?:png|jpg|webp)$/;

/** Where pictures are kept. */
export interface Blobs {
  /** Resolves once the bytes are durable. Putting the same bytes twice is one object and no error. A full disk throws Refusal `storage-full`. */
  put(media: Media): Promise<BlobKey>;
  /** Resolves with exactly the bytes that were put. Throws Refusal `picture-gone` when there is no such key. */
  get(key: BlobKey): Promise<Media>;
  /** Resolves once nobody can get the bytes any more. Removing what is not there is no error. Throws Refusal `storage-rejected` when it may not. */
  remove(key: BlobKey): Promise<void>;
}
