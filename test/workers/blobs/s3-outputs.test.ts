import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { s3Client } from '#test/sandbox/clients.ts';
import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';

const ID = 'abcdefgh1234';
const LARGE_BYTES = 60_000_000;
const never = new AbortController().signal;
const grownSchema = z.object({ grownBytes: z.number(), sizeBytes: z.number() });

let sandbox: Sandbox;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'outputs-'));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.stop();
  await rm(directory, { recursive: true });
});

const place = () => ({ bucket: 'sandbox', region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials });
const put = async (Key: string, Body: Uint8Array): Promise<void> =>
  void (await s3Client(sandbox).send(new PutObjectCommand({ Bucket: 'sandbox', Key, Body })));
const fetched = async (uri: string): Promise<string> => {
  const into = join(directory, 'clip.mp4');
  const outputs = createS3Outputs(place());
  await outputs.fetch(uri, ID, into, never).finally(() => outputs.close());
  return readFile(into, 'utf8');
};

describe('the bucket in which a service leaves its clips', () => {
  it.each([
    ['with the id of the job', `s3://sandbox/made/one/${ID}`, `made/one/${ID}/output.mp4`],
    ['with the id and a stroke', `s3://sandbox/made/one/${ID}/`, `made/one/${ID}/output.mp4`],
    ['without it', 's3://sandbox/made/one', `made/one/${ID}/output.mp4`],
    ['without it, with a stroke', 's3://sandbox/made/one/', `made/one/${ID}/output.mp4`],
    ['without a prefix', 's3://sandbox', `${ID}/output.mp4`],
    ['as a bucket and an id', `s3://sandbox/${ID}`, `${ID}/output.mp4`],
    ['under another name', 's3://sandbox/made/one', `made/one/${ID}/clip (1).mp4`],
  ])('has the clip where the service says: %s', async (_name, uri, key) => {
    await put(key.replace(/[^/]+$/, 'manifest.json'), Buffer.from('{}'));
    await put(key, Buffer.from('the clip'));
    expect(await fetched(uri)).toBe('the clip');
  });

  it.each(['s3://sandbox', 's3://sandbox/', 's3://sandbox/made/', 's3://sandbox/pictures/one', 'nonsense'])(
    'is not emptied by an address that is no clip’s: %s',
    async (uri) => {
      await put(`made/one/${ID}/output.mp4`, Buffer.from('the clip'));
      const outputs = createS3Outputs(place());
      await expect(outputs.remove(uri, never)).rejects.toThrow('not the address of a clip');
      outputs.close();
      expect(await fetched('s3://sandbox/made/one')).toBe('the clip');
    },
  );

  it.each([
    ['is gone', 's3://sandbox/made/two', 'clip-gone'],
    ['is in a bucket that is gone', 's3://nobody-has-it/made/one', 'clip-store'],
    ['is empty', 's3://sandbox/made/empty', 'clip-gone'],
  ])('is told of when the clip %s', async (_name, uri, code) => {
    await put(`made/one/${ID}/output.mp4`, Buffer.from('somebody else’s'));
    await put(`made/empty/${ID}/output.mp4`, Buffer.alloc(0));
    await expect(fetched(uri)).rejects.toMatchObject({ code });
  });

  it('is left alone when the job is given up, and what was fetched by then is written over', async () => {
    await put(`made/one/${ID}/output.mp4`, Buffer.from('the clip'));
    const outputs = createS3Outputs(place());
    const fetching = outputs.fetch('s3://sandbox/made/one', ID, join(directory, 'clip.mp4'), AbortSignal.abort());
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
    outputs.close();
    expect(await fetched('s3://sandbox/made/one')).toBe('the clip');
  });

  it('is read in parts: a clip of sixty megabytes is never held', async () => {
    await put(`small/${ID}/output.mp4`, randomBytes(1_000_000));
    await put(`large/${ID}/output.mp4`, randomBytes(LARGE_BYTES));
    const program = join(import.meta.dirname, 'fetch-clip.ts');
    const given = [program, JSON.stringify(place()), 's3://sandbox/large', ID, join(directory, 'clip.mp4')];
    const { stdout } = await promisify(execFile)(process.execPath, given);
    const { grownBytes, sizeBytes } = grownSchema.parse(JSON.parse(stdout));
    expect(sizeBytes).toBe(LARGE_BYTES);
    expect(grownBytes).toBeLessThan(LARGE_BYTES * 0.8);
  });
});
