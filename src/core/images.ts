import type { Media, Upload } from './media.ts';
import type { InputPictureLimits, Margins, MaskRules, SizePixels } from './model.ts';

/** How somebody says where a picture is to be changed: where a mask is white or see-through, where the picture is see-through, or around it. */
export type Mark =
  | { readonly kind: 'mask'; readonly mask: Media }
  | { readonly kind: 'transparency' }
  | { readonly kind: 'margins'; readonly margins: Margins };

/** An opaque picture, and a mask of its size in the colours that were asked for. */
export interface Marked {
  readonly picture: Media;
  readonly mask: Media;
}

/** What the product does to pictures itself: pure, bytes to bytes. */
export interface Images {
  /** Looks at the bytes, not at their name; applies the orientation, drops every metadata, fits the limits. Throws a `picture-*` Refusal. */
  prepare(upload: Upload, limits: InputPictureLimits, signal: AbortSignal): Promise<Media>;
  /** The size of a picture, without decoding its pixels. */
  measure(media: Media): Promise<SizePixels>;
  /** Two to four pictures side by side in a new one; the originals stay as they are. */
  grid(pictures: readonly Media[]): Promise<Media>;
  /** Margins make the picture larger; it goes on in them as in a mirror. Throws Refusal `mask-missing`, `mask-empty`. */
  mark(picture: Media, mark: Mark, rules: MaskRules, signal: AbortSignal): Promise<Marked>;
}
