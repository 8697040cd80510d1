import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import type { FaultRule } from '#src/sandbox/faults.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { describeBlobs, type BlobsPlace } from '#test/contracts/blobs.ts';
import { createS3Blobs } from '#workers/blobs/s3.ts';
import type { S3Options } from '#workers/blobs/s3-client.ts';

const BUCKET = 'pictures-of-everybody';

const blobsOf = (sandbox: Sandbox, changes: Partial<S3Options> = {}) =>
  createS3Blobs({ bucket: BUCKET, region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials, ...changes });

const clientOf = (sandbox: Sandbox) =>
  new S3Client({ endpoint: sandbox.url, region: sandbox.region, credentials: { ...sandbox.credentials }, forcePathStyle: true });

async function openPlace(): Promise<BlobsPlace> {
  const sandbox = await startSandbox({ buckets: [BUCKET] });
  const client = clientOf(sandbox);
  const blobs = blobsOf(sandbox);
  return {
    blobs,
    again: () => blobsOf(sandbox),
    count: async () => (await client.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount ?? 0,
    async damage(key) {
      const place = { Bucket: BUCKET, Key: `pictures/${key}` };
      const bytes = Buffer.from((await (await client.send(new GetObjectCommand(place))).Body?.transformToByteArray()) ?? []);
      bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
      await client.send(new DeleteObjectCommand(place));
      await client.send(new PutObjectCommand({ ...place, Body: bytes }));
    },
    close: () => sandbox.stop(),
  };
}

describeBlobs('S3', openPlace);

describe('pictures in a bucket', () => {
  const media = { bytes: randomBytes(1000), type: 'image/webp' } as const;
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ buckets: [BUCKET] });
  });
  afterEach(() => sandbox.stop());

  const spoil = (kind: Extract<FaultRule, { service: 's3' }>['kind'], times?: number): void =>
    sandbox.addFaults([{ service: 's3', kind, times }]);

  it('lie under their prefix with their type, so that a bucket can be shared and a browser shows them', async () => {
    const key = await blobsOf(sandbox, { prefix: 'hoami/results/' }).put(media);
    const found = await clientOf(sandbox).send(new GetObjectCommand({ Bucket: BUCKET, Key: `hoami/results/${key}` }));
    expect(found.ContentType).toBe('image/webp');
  });

  it('are not written again when they are there', async () => {
    const blobs = blobsOf(sandbox);
    await blobs.put(media);
    await blobs.put(media);
    expect(sandbox.calls().map(({ method, status }) => `${method} ${status}`)).toEqual(['PUT 200', 'PUT 412']);
  });

  it.each([
    ['a bucket that is not there', { bucket: 'nobody-made-this-one' }],
    ['keys that are not accepted', { credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'wrong' } }],
  ])('are refused for good by %s', async (_why, changes) => {
    const blobs = blobsOf(sandbox, changes);
    await expect(blobs.put(media)).rejects.toMatchObject({ code: 'storage-rejected' });
    await expect(blobs.remove(`${'0'.repeat(64)}.png`)).rejects.toMatchObject({ code: 'storage-rejected' });
  });

  it.each(['throttle', 'server-error-500', 'unavailable-503', 'reset'] as const)('get over a passing trouble: %s', async (kind) => {
    const blobs = blobsOf(sandbox);
    spoil(kind, 1);
    const key = await blobs.put(media);
    spoil(kind, 1);
    expect((await blobs.get(key)).bytes).toEqual(Uint8Array.from(media.bytes));
  });

  it('are refused when the store is full', async () => {
    spoil('no-space');
    await expect(blobsOf(sandbox).put(media)).rejects.toMatchObject({ code: 'storage-full' });
  });

  it('are not refused because a token has just expired: the next one is on its way', async () => {
    spoil('expired-token');
    const thrown: unknown = await blobsOf(sandbox)
      .put(media)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).not.toBeInstanceOf(Refusal);
  });

  it.each(['hang', 'stall-midway'] as const)('are not waited for without end: %s', async (kind) => {
    const key = await blobsOf(sandbox).put(media);
    spoil(kind);
    await expect(blobsOf(sandbox, { timeoutMs: 300 }).get(key)).rejects.toThrow(/timed? ?out|timeout/i);
  });

  it.each([409, 501])('are written without a condition where the store answers it with %i', async (status) => {
    const store = await plainStore(status);
    await createS3Blobs({ bucket: BUCKET, region: 'us-west-2', endpoint: store.url, credentials: sandbox.credentials }).put(media);
    expect(store.conditions()).toEqual(['*', undefined]);
  });
});

/** A store that answers every conditional write with one status and takes every other. */
async function plainStore(status: number): Promise<{ url: string; conditions: () => readonly (string | undefined)[] }> {
  const conditions: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const condition = request.headers['if-none-match'];
    conditions.push(condition);
    request.resume().once('end', () => response.writeHead(condition === undefined ? 200 : status).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, conditions: () => conditions };
}
