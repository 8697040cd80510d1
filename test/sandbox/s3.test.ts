import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { failureOf, s3Client } from './clients.ts';
import { signedFetch } from './signing.ts';

const Bucket = 'pictures';
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31) % 251));

async function put(s3: S3Client, Key: string, more: Partial<PutObjectCommandInput> = {}): Promise<string | undefined> {
  const answer = await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ContentType: 'image/png', ...more }));
  return answer.ETag;
}

async function get(s3: S3Client, Key: string, range?: string): Promise<Buffer> {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key, ...(range === undefined ? {} : { Range: range }) }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

/** What is compared instead of hundreds of thousands of bytes. */
const digest = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

describe.each(['in memory', 'in a folder'])('objects %s', (where) => {
  let sandbox: Sandbox;
  let s3: S3Client;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sandbox-s3-'));
    sandbox = await startSandbox({ buckets: [Bucket], ...(where === 'in a folder' && { dataDir }) });
    s3 = s3Client(sandbox);
  });
  afterAll(async () => {
    s3.destroy();
    await sandbox.stop();
    await rm(dataDir, { recursive: true });
  });

  it('come back as they went in, with type, length and etag', async () => {
    const etag = await put(s3, 'cats/một con mèo+1.png');
    expect(etag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
    expect(digest(await get(s3, 'cats/một con mèo+1.png'))).toBe(digest(bytes));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'cats/một con mèo+1.png' }));
    expect(head).toMatchObject({ ContentType: 'image/png', ContentLength: bytes.length, ETag: etag });
  });

  it('are stored without the framing in which the SDK sends a stream', async () => {
    const body = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
    await put(s3, 'streamed', { Body: body, ContentLength: bytes.length });
    expect(digest(await get(s3, 'streamed'))).toBe(digest(bytes));
  });

  it('are sent after the server said to go on, when they are large', async () => {
    const large = Buffer.alloc(3_000_000, 7);
    await put(s3, 'large', { Body: large });
    expect(digest(await get(s3, 'large'))).toBe(digest(large));
  });

  it('are written once when only a new one was asked for', async () => {
    await put(s3, 'once', { IfNoneMatch: '*' });
    const again = await failureOf(put(s3, 'once', { IfNoneMatch: '*', Body: 'other' }));
    expect(again).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    expect(digest(await get(s3, 'once'))).toBe(digest(bytes));
  });

  it('let one of many writers win', async () => {
    const writers = Array.from({ length: 8 }, (_, at) => put(s3, 'race', { IfNoneMatch: '*', Body: `writer ${at}` }));
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=-5', 299_995, 300_000],
    ['bytes=299999-400000', 299_999, 300_000],
  ])('are read in part: %s', async (range, start, end) => {
    await put(s3, 'part');
    expect(digest(await get(s3, 'part', range))).toBe(digest(bytes.subarray(start, end)));
  });

  it('have no part beyond their end', async () => {
    await put(s3, 'part');
    expect(await failureOf(get(s3, 'part', 'bytes=300000-'))).toMatchObject({ name: 'InvalidRange', status: 416 });
  });

  it('are listed by prefix, page by page, in order', async () => {
    const keys = ['list/a', 'list/b&c', 'list/d e', 'list/é'];
    await Promise.all(keys.toReversed().map((key) => put(s3, key, { Body: key })));
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 3 }));
    expect(first).toMatchObject({ KeyCount: 3, IsTruncated: true });
    const second = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 3, ContinuationToken: first.NextContinuationToken }),
    );
    expect(second.IsTruncated).toBe(false);
    expect([...(first.Contents ?? []), ...(second.Contents ?? [])].map(({ Key }) => Key)).toEqual(keys);
  });

  it('are gone after they were deleted, and deleting again is no error', async () => {
    await put(s3, 'short-lived');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }));
    expect(await failureOf(get(s3, 'short-lived'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  });

  // Memory has nothing to come back to.
  it.each(where === 'in a folder' ? ['kept'] : [])('are there again after a restart', async (key) => {
    await put(s3, key);
    const restarted = await startSandbox({ buckets: [Bucket], dataDir });
    expect(digest(await get(s3Client(restarted), key))).toBe(digest(bytes));
    await restarted.stop();
  });
});

describe('what is refused', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ buckets: [Bucket] });
    await put(s3Client(sandbox), 'cat.png');
  });
  afterAll(() => sandbox.stop());
  const withKeys = (keys: Partial<Sandbox['credentials']> & { sessionToken?: string }): S3Client =>
    s3Client(sandbox, { credentials: { ...sandbox.credentials, ...keys } });

  it('a bucket that is not there', async () => {
    const call = s3Client(sandbox).send(new GetObjectCommand({ Bucket: 'elsewhere', Key: 'cat.png' }));
    expect(await failureOf(call)).toMatchObject({ name: 'NoSuchBucket', status: 404 });
  });

  it.each([
    ['another secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'AKIAUNKNOWN' }, 'InvalidAccessKeyId'],
    ['a token nobody gave', { sessionToken: 'token' }, 'InvalidToken'],
  ])('%s', async (_name, keys, error) => {
    expect(await failureOf(get(withKeys(keys), 'cat.png'))).toMatchObject({ name: error });
  });

  it('a clock that is an hour off', async () => {
    const s3 = s3Client(sandbox, { systemClockOffset: -3_600_000 });
    expect(await failureOf(get(s3, 'cat.png'))).toMatchObject({ name: 'RequestTimeTooSkewed', status: 403 });
  });

  it('a request without a signature', async () => {
    const answer = await fetch(`${sandbox.url}/${Bucket}/cat.png`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
  });

  it.each([
    ['a body whose hash is not the one that was signed', { 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
    ['a wrong checksum', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    [
      'a checksum it does not know',
      { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' },
      'NotImplemented',
    ],
    ['signed chunks', { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, 'NotImplemented'],
    [
      'chunks of another length than was said',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '9' },
      'IncompleteBody',
    ],
    [
      'chunks without the trailer that was promised',
      {
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '3',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      },
      'IncompleteBody',
    ],
  ])('%s', async (_name, headers, error) => {
    const answer = await signedFetch(sandbox, {
      service: 's3',
      method: 'PUT',
      path: `/${Bucket}/new`,
      headers,
      body: '3\r\ncat\r\n0\r\n\r\n',
    });
    expect(await answer.text()).toContain(`<Code>${error}</Code>`);
    expect(await failureOf(get(s3Client(sandbox), 'new'))).toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('chunks', () => {
  it.each(['3\r\ncatXX0\r\n\r\n', '3\r\ncat\r\n', '4\r\ncat\r\n0\r\n\r\n', 'x\r\ncat\r\n0\r\n\r\n', ''])(
    'that are framed wrongly are refused: %j',
    async (body) => {
      const sandbox = await startSandbox({ buckets: [Bucket] });
      const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '3' };
      const answer = await signedFetch(sandbox, { service: 's3', method: 'PUT', path: `/${Bucket}/new`, headers, body });
      expect(await answer.text()).toContain('<Code>IncompleteBody</Code>');
      await sandbox.stop();
    },
  );
});

describe('a presigned address', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ buckets: [Bucket] });
    await put(s3Client(sandbox), 'ảnh 1.png');
  });
  afterAll(() => sandbox.stop());

  /** Signed by the SDK's own signer. */
  async function presign(expiresIn: number, signingDate = new Date()): Promise<URL> {
    const s3 = s3Client(sandbox);
    const signer = await s3.config.signer({ name: 'sigv4', signingName: 's3', signingRegion: sandbox.region, properties: {} });
    if (!('presign' in signer) || typeof signer.presign !== 'function') throw new Error('the SDK has no presigner');
    const { hostname, port } = new URL(sandbox.url);
    const path = `/${Bucket}/${encodeURIComponent('ảnh 1.png')}`;
    const headers = { host: `${hostname}:${port}`, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const request = { method: 'GET', protocol: 'http:', hostname, port: Number(port), path, headers, query: {} };
    const signed = await signer.presign(request, { expiresIn, signingDate, unhoistableHeaders: new Set(), unsignableHeaders: new Set() });
    const url = new URL(path, sandbox.url);
    for (const [name, value] of Object.entries(signed.query)) url.searchParams.set(name, String(value));
    return url;
  }

  it('opens the object without any header', async () => {
    const answer = await fetch(await presign(60));
    expect(digest(Buffer.from(await answer.arrayBuffer()))).toBe(digest(bytes));
    expect(answer.headers.get('content-type')).toBe('image/png');
  });

  it('is for GET only when it was signed for GET', async () => {
    expect((await fetch(await presign(60), { method: 'HEAD' })).status).toBe(403);
  });

  it('ends when it was said to end', async () => {
    const answer = await fetch(await presign(60, new Date(Date.now() - 61_000)));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Request has expired');
  });

  it('does not open another object, nor live longer by being edited', async () => {
    const other = await presign(60);
    other.pathname = `/${Bucket}/other`;
    expect((await fetch(other)).status).toBe(403);
    const longer = await presign(60);
    longer.searchParams.set('X-Amz-Expires', '600');
    expect((await fetch(longer)).status).toBe(403);
  });
});
