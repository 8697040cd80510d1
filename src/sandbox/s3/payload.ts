import { sha256Hex } from '../canonical.ts';
import type { Ask } from '../http.ts';
import { checksumHolds, isUnknownChecksum } from './checksum.ts';
import { decodeChunked } from './chunked.ts';
import { S3_ERRORS, type S3Error } from './errors.ts';

export type Payload = { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'error'; readonly error: S3Error };

const TRAILING = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const refuse = (error: S3Error): Payload => ({ kind: 'error', error });

/** The object's bytes out of a body, in any of the ways in which SDKs send it, with every hash and checksum that came along checked. */
export function readPayload(ask: Ask): Payload {
  const declared = ask.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  if (declared === TRAILING) return readChunked(ask);
  if (declared.startsWith('STREAMING-')) return refuse(S3_ERRORS.notImplemented);
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256Hex(ask.body)) return refuse(S3_ERRORS.bodyHashMismatch);
  return withChecksums(ask.body, Object.entries(ask.headers));
}

function readChunked(ask: Ask): Payload {
  const chunked = decodeChunked(ask.body);
  if (chunked === undefined) return refuse(S3_ERRORS.incompleteBody);
  if (ask.headers['x-amz-decoded-content-length'] !== String(chunked.bytes.byteLength)) return refuse(S3_ERRORS.incompleteBody);
  const promised = (ask.headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (promised.some((name) => name !== '' && !chunked.trailers.has(name))) return refuse(S3_ERRORS.incompleteBody);
  return withChecksums(chunked.bytes, [...Object.entries(ask.headers), ...chunked.trailers]);
}

function withChecksums(bytes: Buffer, fields: readonly (readonly [name: string, value: string | undefined])[]): Payload {
  if (fields.some(([name]) => isUnknownChecksum(name))) return refuse(S3_ERRORS.notImplemented);
  const wrong = fields.some(([name, value]) => checksumHolds(name, value ?? '', bytes) === false);
  return wrong ? refuse(S3_ERRORS.badDigest) : { kind: 'bytes', bytes };
}
