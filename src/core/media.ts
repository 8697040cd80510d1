/** The kinds of bytes the product makes, keeps and accepts after preparation. */
export type MediaType = 'image/png' | 'image/jpeg' | 'image/webp';

/** One picture in memory. `bytes` are kept as they were made: nobody re-encodes a model's output. */
export interface Media {
  readonly bytes: Uint8Array;
  readonly type: MediaType;
}

/** A picture somebody sent, before it is trusted: the platform's word for its type is ignored, the bytes are looked at. */
export interface Upload {
  readonly bytes: Uint8Array;
}

export const FILE_EXTENSIONS: Readonly<Record<MediaType, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };
