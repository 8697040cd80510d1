import sharp from 'sharp';
import type { PictureLimits } from './fields.ts';
import type { Given } from './rules.ts';

export type PictureCheck = { readonly kind: 'sound'; readonly given: Given } | { readonly kind: 'unusable'; readonly reason: string };

/** The sandbox's own guard against a small file of many pixels. */
const PIXELS_MAX = 4096 * 4096;

/** A picture's base64 is too long for one pattern over all of it. */
const isBase64 = (text: string): boolean => text !== '' && text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''));

const unusable = (reason: string): PictureCheck => ({ kind: 'unusable', reason });

/** Decodes every pixel of a picture that came as base64: what it is called counts for nothing. The wording of the reasons is ours. */
export async function checkPicture(name: string, base64: string, limits: PictureLimits): Promise<PictureCheck> {
  if (!isBase64(base64)) return unusable(`${name}: not valid base64`);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.byteLength > limits.bytesMax) return unusable(`${name}: must have at most ${limits.bytesMax} bytes`);
  try {
    const picture = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'truncated' });
    const { format, width, height } = await picture.metadata();
    if (!limits.formats.includes(format)) return unusable(`${name}: the format must be ${listed(limits.formats)}`);
    const complaint = complaintAbout(width, height, limits);
    if (complaint !== undefined) return unusable(`${name}: ${complaint}`);
    const { isOpaque } = await picture.stats();
    if (limits.opaque === true && !isOpaque) return unusable(`${name}: must be fully opaque`);
    if (limits.pure === true && !(await isPure(bytes))) return unusable(`${name}: must be pure black and white`);
    return { kind: 'sound', given: { bytes, width, height, opaque: isOpaque } };
  } catch (error) {
    return unusable(`${name}: cannot be decoded (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'})`);
  }
}

function complaintAbout(width: number, height: number, limits: PictureLimits): string | undefined {
  const [short, long, pixels] = [Math.min(width, height), Math.max(width, height), width * height];
  if (short < limits.sideMin || long > limits.sideMax)
    return `each side must be ${limits.sideMin} to ${Number.isFinite(limits.sideMax) ? limits.sideMax : 'any number of'} pixels`;
  if (pixels < limits.pixelsMin || pixels > limits.pixelsMax) return `total pixels must be ${limits.pixelsMin} to ${limits.pixelsMax}`;
  return long / short > limits.ratioMax ? `the aspect ratio must be between 1:${limits.ratioMax} and ${limits.ratioMax}:1` : undefined;
}

async function isPure(bytes: Buffer): Promise<boolean> {
  const pixels = await sharp(bytes).toColourspace('srgb').removeAlpha().raw().toBuffer();
  return pixels.every((value, at) => (value === 0 || value === 255) && value === pixels[at - (at % 3)]);
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
