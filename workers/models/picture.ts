import type { Media, MediaType } from '#src/core/media.ts';

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The last chunk of every PNG: no data, `IEND`, its checksum. */
const PNG_END = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

/** The bytes as a picture of the kind that they are, when they begin and end as one does: a model's output is looked at, never decoded. */
export function toMedia(bytes: Buffer): Media | undefined {
  const type = typeOf(bytes);
  return type === undefined ? undefined : { bytes, type };
}

function typeOf(bytes: Buffer): MediaType | undefined {
  if (starts(bytes, PNG_START)) return ends(bytes, PNG_END) ? 'image/png' : undefined;
  if (starts(bytes, JPEG_START)) return ends(bytes, JPEG_END) ? 'image/jpeg' : undefined;
  const isWebp = bytes.byteLength > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp && bytes.readUInt32LE(4) + 8 === bytes.byteLength ? 'image/webp' : undefined;
}

const starts = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.byteLength).equals(mark);
const ends = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(-mark.byteLength).equals(mark);
