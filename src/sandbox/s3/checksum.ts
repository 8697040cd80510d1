import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digest = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('base64');

export function crc32Base64(bytes: Uint8Array): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}

/** The checksums that are understood, by the header or trailer that carries them. */
const CHECKSUMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'x-amz-checksum-crc32': crc32Base64,
  'x-amz-checksum-sha1': digest('sha1'),
  'x-amz-checksum-sha256': digest('sha256'),
  'content-md5': digest('md5'),
};

/** True when it holds, false when it does not, undefined for one that is not understood or is no checksum. */
export function checksumHolds(name: string, value: string, bytes: Uint8Array): boolean | undefined {
  const compute = CHECKSUMS[name];
  if (compute !== undefined) return compute(bytes) === value;
  return undefined;
}

/** Headers that say something about a checksum without being one. */
export const isUnknownChecksum = (name: string): boolean =>
  name.startsWith('x-amz-checksum-') &&
  !(name in CHECKSUMS) &&
  name !== 'x-amz-checksum-mode' &&
  name !== 'x-amz-checksum-type' &&
  name !== 'x-amz-checksum-algorithm';
