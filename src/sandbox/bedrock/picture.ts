import sharp from 'sharp';
import { PICTURE_PIXELS_MAX, PICTURE_SIDE_PIXELS_MAX, PICTURE_SIDE_PIXELS_MIN, type Size } from './rules.ts';

export type PictureCheck =
  | { readonly kind: 'sound'; readonly bytes: Buffer; readonly size: Size }
  | { readonly kind: 'unusable'; readonly reason: string };

const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp']);

/** A picture's base64 is too long for one pattern over all of it. */
const isBase64 = (text: string): boolean => text !== '' && text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''));

const SIDES = `image: each side must be ${PICTURE_SIDE_PIXELS_MIN} to ${PICTURE_SIDE_PIXELS_MAX} pixels`;

const unusable = (reason: string): PictureCheck => ({ kind: 'unusable', reason });

/** Decodes every pixel of a picture that came as base64: what it is called counts for nothing. The wording of the reasons is ours. */
export async function checkPicture(base64: string): Promise<PictureCheck> {
  if (!isBase64(base64)) return unusable('image: not valid base64');
  const bytes = Buffer.from(base64, 'base64');
  try {
    const picture = sharp(bytes, { limitInputPixels: PICTURE_PIXELS_MAX, failOn: 'truncated' });
    const { format, width, height } = await picture.metadata();
    if (!FORMATS.has(format)) return unusable('image: the format must be jpeg, png or webp');
    const tooSmall = Math.min(width, height) < PICTURE_SIDE_PIXELS_MIN;
    if (tooSmall || Math.max(width, height) > PICTURE_SIDE_PIXELS_MAX) return unusable(SIDES);
    await picture.stats();
    return { kind: 'sound', bytes, size: { width, height } };
  } catch (error) {
    return unusable(`image: cannot be decoded (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'})`);
  }
}
