import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { describeClips, type ClipsPlace } from '#test/contracts/clips.ts';
import { createS3Clips } from '#workers/blobs/s3-clips.ts';

const BUCKET = 'clips-of-everybody';

const clipsOf = (sandbox: Sandbox, bucket = BUCKET) =>
  createS3Clips({ bucket, region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials });

async function openPlace(): Promise<ClipsPlace> {
  const sandbox = await startSandbox({ buckets: [BUCKET] });
  const client = new S3Client({
    endpoint: sandbox.url,
    region: sandbox.region,
    credentials: { ...sandbox.credentials },
    forcePathStyle: true,
  });
  return {
    clips: clipsOf(sandbox),
    again: () => clipsOf(sandbox),
    count: async () => (await client.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount ?? 0,
    close: () => sandbox.stop(),
  };
}

describeClips('S3', openPlace);

describe('clips in a bucket', () => {
  const bytes = randomBytes(200_000);
  let sandbox: Sandbox;
  let folder: string;
  let file: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ buckets: [BUCKET] });
    folder = await mkdtemp(join(tmpdir(), 'hoami-s3-clips-'));
    file = join(folder, 'clip.mp4');
    await writeFile(file, bytes);
  });
  afterEach(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  it('have a link that anybody can open and that a browser plays', async () => {
    const clips = clipsOf(sandbox);
    const link = await clips.link(await clips.keep(file), 60_000);
    const response = await fetch(link ?? '');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });

  it('have links that nobody can point at another clip, and that are good for a week at most', async () => {
    const clips = clipsOf(sandbox);
    const link = new URL((await clips.link(await clips.keep(file), 365 * 24 * 60 * 60_000)) ?? '');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('604800');
    link.pathname = link.pathname.replace(/[0-9a-f]{64}/, 'a'.repeat(64));
    expect((await fetch(link)).status).toBe(403);
  });

  it('are refused with what the operator has to look at', async () => {
    await expect(clipsOf(sandbox, 'nobodys-bucket').keep(file)).rejects.toMatchObject({ code: 'storage-rejected' });
    sandbox.addFaults([{ service: 's3', kind: 'no-space', times: 1 }]);
    await expect(clipsOf(sandbox).keep(file)).rejects.toMatchObject({ code: 'storage-full' });
  });
});
