import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '#src/sandbox/faults.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { failureOf, s3Client } from './clients.ts';

const Bucket = 'pictures';

describe('S3', () => {
  let sandbox: Sandbox;
  let s3: S3Client;
  beforeAll(async () => {
    sandbox = await startSandbox({ buckets: [Bucket] });
    s3 = s3Client(sandbox);
  });
  beforeEach(() => sandbox.clearFaults());
  afterAll(() => sandbox.stop());

  type S3Rule = Extract<FaultRule, { service: 's3' }>;
  const spoil = (kind: S3Rule['kind'], more: Partial<S3Rule> = {}): void => sandbox.addFaults([{ ...more, service: 's3', kind }]);
  const put = (Key: string): Promise<unknown> => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a cat' }));
  const isThere = async (Key: string): Promise<boolean> => {
    sandbox.clearFaults();
    return s3.send(new HeadObjectCommand({ Bucket, Key })).then(
      () => true,
      () => false,
    );
  };

  it.each([
    ['throttle', 'SlowDown', 503],
    ['server-error-500', 'InternalError', 500],
    ['unavailable-503', 'ServiceUnavailable', 503],
    ['access-denied', 'AccessDenied', 403],
    ['expired-token', 'ExpiredToken', 400],
    ['no-space', 'XMinioStorageFull', 507],
  ] as const)('says %s as %s and stores nothing', async (kind, name, status) => {
    spoil(kind);
    expect(await failureOf(put(kind))).toMatchObject({ name, status });
    expect(await isThere(kind)).toBe(false);
  });

  it('may have stored what it never answered', async () => {
    spoil('reset');
    expect((await failureOf(put('unsure'))).status).toBeUndefined();
    expect(await isThere('unsure')).toBe(true);
  });

  it('may break off in the middle of an object', async () => {
    await put('broken');
    spoil('close-midway');
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'broken' }));
    await expect(answer.Body?.transformToByteArray()).rejects.toThrow(/aborted|reset|terminated/);
  });

  it('suffers only at the keys that a rule names', async () => {
    spoil('throttle', { whenPromptIncludes: 'grid/' });
    await expect(put('single/1')).resolves.toBeDefined();
    expect(await failureOf(put('grid/1'))).toMatchObject({ name: 'SlowDown' });
  });
});
