import type { Media, Upload } from './media.ts';
import type { InputPictureLimits, SizePixels } from './model.ts';

/** What the product does to pictures itself: pure, bytes to bytes. */
export interface Images {
  /** Looks at the bytes, not at their name; applies the orientation, drops every metadata, fits the limits. Throws a `picture-*` Refusal. */
  prepare(upload: Upload, limits: InputPictureLimits, signal: AbortSignal): Promise<Media>;
  /** The size of a picture, without decoding its pixels. */
  measure(media: Media): Promise<SizePixels>;
  /** Two to four pictures side by side in a new one; the originals stay as they are. */
  grid(pictures: readonly Media[]): Promise<Media>;
}
