import { queryPairs } from '../canonical.ts';
import type { S3Fault } from '../fault-kinds.ts';
import type { ServiceFaults, Strike } from '../faults.ts';
import { decoded, HTML_503, type Ask, type Reply } from '../http.ts';
import type { Pause } from '../pause.ts';
import type { AwsCredentials } from '../signature.ts';
import { accessError } from './access.ts';
import { crc32Base64 } from './checksum.ts';
import { errorReply, S3_ERRORS, type S3Error } from './errors.ts';
import { listReply } from './list.ts';
import { readPayload } from './payload.ts';
import { readRange } from './range.ts';
import { describeObject, type ObjectFacts, type ObjectStore } from './store.ts';

export interface S3Parts {
  readonly credentials: AwsCredentials;
  /** Names of the buckets, each with its region. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly store: ObjectStore;
  readonly faults: ServiceFaults<S3Fault>;
  readonly pause: Pause;
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

const KEY_BYTES_MAX = 1024;
const SLOW_MS = 15_000;

const FAULT_ERRORS: Readonly<Partial<Record<S3Fault, S3Error>>> = {
  throttle: S3_ERRORS.slowDown,
  'server-error-500': S3_ERRORS.internal,
  'unavailable-503': S3_ERRORS.unavailable,
  'access-denied': S3_ERRORS.accessDenied,
  'expired-token': S3_ERRORS.expiredToken,
  'no-space': S3_ERRORS.storageFull,
};
const FAULT_ENDINGS: Readonly<Partial<Record<S3Fault, NonNullable<Reply['ending']>>>> = {
  reset: 'reset',
  hang: 'hang',
  'close-midway': 'close-midway',
  'stall-midway': 'stall-midway',
};

/** Stands in for S3, path style: put (also only-if-new), get (also a range, also presigned), head, delete, and paged lists. */
export function createS3(parts: S3Parts): (ask: Ask) => Promise<Reply> {
  let running = 0;

  async function suffer(strike: Strike<S3Fault>, ask: Ask, place: Place): Promise<Reply> {
    await parts.pause(strike.delayMs ?? (strike.kind === 'slow' ? SLOW_MS : 0));
    const error = FAULT_ERRORS[strike.kind];
    if (error !== undefined) return errorReply(error, ask.requestId);
    if (strike.kind === 'html-503') return HTML_503;
    const ending = FAULT_ENDINGS[strike.kind];
    const reply = await operate(parts, ask, place);
    return ending === undefined ? reply : { ...reply, ending };
  }

  return async (ask) => {
    const denied = accessError(ask, parts.credentials);
    if (denied !== undefined) return errorReply(denied, ask.requestId);
    const [, bucket = '', ...rest] = ask.path.split('/');
    const place = { bucket: decoded(bucket) ?? '', key: decoded(rest.join('/')) ?? '' };
    const strike = parts.faults.strike(place.key, running);
    running += 1;
    try {
      const reply = strike === undefined ? await operate(parts, ask, place) : await suffer(strike, ask, place);
      const headers = { 'x-amz-request-id': ask.requestId, ...reply.headers };
      return { ...reply, headers, note: { ...place, ...(strike && { fault: strike.kind }), ...reply.note } };
    } finally {
      running -= 1;
    }
  };
}

async function operate(parts: S3Parts, ask: Ask, place: Place): Promise<Reply> {
  const refuse = (error: S3Error): Reply => errorReply(error, ask.requestId);
  const region = parts.buckets[place.bucket];
  if (region === undefined) return refuse(S3_ERRORS.noSuchBucket);
  if (region !== regionOf(ask)) return elsewhere(region, ask.requestId);
  if (Buffer.byteLength(place.key) > KEY_BYTES_MAX) return refuse(S3_ERRORS.invalidArgument);
  const query = new Map(queryPairs(ask.query));
  if (place.key === '') {
    if (ask.method === 'HEAD') return { status: 200, headers: {}, body: '' };
    if (ask.method !== 'GET' || query.get('list-type') !== '2' || query.has('delimiter')) return refuse(S3_ERRORS.notImplemented);
    return listReply(place.bucket, ask.query, parts.store.list(place.bucket)) ?? refuse(S3_ERRORS.invalidArgument);
  }
  if (ask.method === 'PUT') return put(parts.store, ask, place);
  if (ask.method === 'DELETE') {
    await parts.store.remove(place.bucket, place.key);
    return { status: 204, headers: {}, body: '' };
  }
  if (ask.method !== 'GET' && ask.method !== 'HEAD') return refuse(S3_ERRORS.notImplemented);
  const facts = parts.store.facts(place.bucket, place.key);
  return facts === undefined ? refuse(S3_ERRORS.noSuchKey) : read(parts.store, ask, facts, query);
}

function elsewhere(region: string, requestId: string): Reply {
  const reply = errorReply(S3_ERRORS.elsewhere, requestId);
  return { ...reply, headers: { ...reply.headers, 'x-amz-bucket-region': region } };
}

/** Where the client takes the bucket to be: what it has signed for. */
function regionOf(ask: Ask): string | undefined {
  const query = new Map(queryPairs(ask.query));
  const [, region] = /^[^/]+\/\d{8}\/([^/]+)\//.exec(query.get('X-Amz-Credential') ?? credentialOf(ask)) ?? [];
  return region;
}

const credentialOf = ({ headers }: Ask): string => /[ ,]Credential=([^, ]+)/.exec(headers['authorization'] ?? '')?.[1] ?? '';

async function put(store: ObjectStore, ask: Ask, place: Place): Promise<Reply> {
  const refuse = (error: S3Error): Reply => errorReply(error, ask.requestId);
  if (ask.bodyTooLarge) return refuse(S3_ERRORS.tooLarge);
  const copies = ask.headers['x-amz-copy-source'] !== undefined || ask.query.includes('uploadId=');
  const condition = ask.headers['if-none-match'];
  if (copies || (condition !== undefined && condition !== '*')) return refuse(S3_ERRORS.notImplemented);
  const payload = readPayload(ask);
  if (payload.kind === 'error') return refuse(payload.error);
  const facts = describeObject(place, payload.bytes, ask.headers['content-type']);
  const outcome = await store.put(facts, payload.bytes, condition === '*');
  if (outcome === 'exists') return refuse(S3_ERRORS.preconditionFailed);
  if (outcome === 'conflict') return refuse(S3_ERRORS.conflict);
  return { status: 200, headers: { etag: `"${facts.etag}"` }, body: '' };
}

async function read(store: ObjectStore, ask: Ask, facts: ObjectFacts, query: ReadonlyMap<string, string>): Promise<Reply> {
  const range = readRange(ask.headers['range'], facts.bytesCount);
  if (range === 'unsatisfiable') return errorReply(S3_ERRORS.invalidRange, ask.requestId);
  const whole = await store.bytes(facts);
  const headers = {
    'content-type': query.get('response-content-type') ?? facts.contentType,
    etag: `"${facts.etag}"`,
    'last-modified': new Date(facts.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
  };
  if (range !== 'all') {
    const contentRange = `bytes ${range.start}-${range.end}/${facts.bytesCount}`;
    return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: whole.subarray(range.start, range.end + 1) };
  }
  const checksum = ask.headers['x-amz-checksum-mode'] === 'ENABLED' ? { 'x-amz-checksum-crc32': crc32Base64(whole) } : {};
  return { status: 200, headers: { ...headers, ...checksum }, body: whole };
}
