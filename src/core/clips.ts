/** The name of a kept clip: `<sha-256 in hex>.mp4`. The same bytes always have the same key. */
export type ClipKey = string;

export const CLIP_KEY_PATTERN = /^[0-9a-f]{64}\.mp4$/;

/** A clip, or a part of one, on its way out: it is never whole in memory. */
export interface ClipBytes {
  /** Of the whole clip, whatever part of it is read. */
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The first and the last byte of a part, counted from 0, both of them in it. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Where clips are kept, beside the pictures. */
export interface Clips {
  /** Resolves once the file's bytes are durable under their key; the file stays its owner's. A full disk throws Refusal `storage-full`. */
  keep(path: string): Promise<ClipKey>;
  /** Throws Refusal `clip-gone` when there is no such key. */
  open(key: ClipKey, range?: ByteRange): Promise<ClipBytes>;
  /** A link that anybody can open for so long, where the store has such links. */
  link(key: ClipKey, validMs: number): Promise<string | undefined>;
  /** Resolves once nobody can get the bytes any more. Removing what is not there is no error. */
  remove(key: ClipKey): Promise<void>;
}

/** What a platform gets of a clip when it shows it. */
export interface ClipShelf extends Pick<Clips, 'open' | 'link'> {
  /** The clip in at most so many bytes: itself where it is light enough, else made anew; undefined where that cannot be done here. */
  lighter(key: ClipKey, sizeBytesMax: number): Promise<ClipKey | undefined>;
}
