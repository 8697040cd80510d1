import type { Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { MediaType } from '#src/core/media.ts';
import { WEB_LIMITS } from './config.ts';

/** Every kind of picture a person may send: what its first bytes look like, from which offset. */
const PICTURES: readonly (readonly [type: string, offset: number, pattern: RegExp])[] = [
  ['image/png', 0, /^\x89PNG\r\n/],
  ['image/jpeg', 0, /^\xFF\xD8\xFF/],
  ['image/gif', 0, /^GIF8[79]a/],
  ['image/webp', 0, /^RIFF[^]{4}WEBP/],
  // The major brand, or, for files that say only "some still picture", one of the compatible ones.
  ['image/avif', 4, /^ftyp(?:avi[fs]|(?:mif1|msf1)[^]{4}(?:[^]{4})*?avi[fs])/],
  ['image/heic', 4, /^ftyp(?:he[ivx][cmsx]|mif1|msf1)/],
];

/** What else people drop on a page, by its usual name. */
const OTHERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['PDF', /^%PDF/],
  ['SVG', /^\s*(?:<\?xml[^]*)?<svg/i],
  ['HTML', /^\s*<(?:!doctype|html)/i],
  ['TIFF', /^(?:II\*\0|MM\0\*)/],
  ['BMP', /^BM/],
  ['PSD', /^8BPS/],
  ['ZIP', /^PK\W\W/],
  ['MP4', /^[^]{4}ftyp/],
];

const HEAD_BYTES = 256;
const KEPT_TYPES: readonly MediaType[] = ['image/png', 'image/jpeg', 'image/webp'];

/** The type that the bytes themselves show, or undefined when they are no picture. */
export function sniffType(bytes: Uint8Array): string | undefined {
  const head = headOf(bytes);
  return PICTURES.find(([, offset, pattern]) => pattern.test(head.slice(offset)))?.[0];
}

/**
 * Keeps a picture that came with a request, as it came: any worker can then read it, and preparing it is the worker's part.
 * Throws Refusal `picture-empty`, `picture-too-heavy`, `picture-type`, `storage-full`.
 */
export async function keepPicture(bytes: Uint8Array, blobs: Blobs): Promise<string> {
  if (bytes.length === 0) throw new Refusal('picture-empty');
  if (bytes.length > WEB_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
  const type = sniffType(bytes);
  if (type === undefined) throw new Refusal('picture-type', { found: nameOther(bytes) });
  // Stored types are three; a picture of another kind is kept under one of them, and everybody who reads it looks at the bytes.
  return blobs.put({ bytes, type: KEPT_TYPES.find((kept) => kept === type) ?? 'image/png' });
}

function nameOther(bytes: Uint8Array): string {
  const head = headOf(bytes);
  return OTHERS.find(([, pattern]) => pattern.test(head))?.[0] ?? '?';
}

const headOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
