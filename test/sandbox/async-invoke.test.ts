import { GetAsyncInvokeCommand, ListAsyncInvokesCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAULT_KINDS, VIDEO_TRIGGERS } from '#src/sandbox/fault-kinds.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '#src/sandbox/sandbox.ts';
import { describeFilm, endOf, keyframe, LUMA, SMALL, startClip } from './clips.ts';
import { bedrockClient, failureOf, http1, s3Client } from './clients.ts';

let sandbox: Sandbox;
let client: BedrockRuntimeClient;
beforeEach(async () => open({}));
afterEach(() => sandbox.stop());

async function open(options: SandboxOptions): Promise<void> {
  sandbox = await startSandbox({ modelTimeMs: 0, ...options, clips: { ...SMALL, ...options.clips } });
  client = bedrockClient(sandbox, { requestHandler: http1() });
}

const input = (changes: Record<string, unknown> = {}) => ({
  prompt: 'a boat on a river',
  aspect_ratio: '16:9',
  duration: '5s',
  resolution: '540p',
  ...changes,
});

async function read(key: string): Promise<{ bytes: Uint8Array; type: string | undefined }> {
  const object = await s3Client(sandbox).send(new GetObjectCommand({ Bucket: 'sandbox', Key: key }));
  return { bytes: (await object.Body?.transformToByteArray()) ?? new Uint8Array(), type: object.ContentType };
}

describe('a clip', () => {
  it('is started, made, billed by the second, and lies in the bucket below its own id as bytes without a type', async () => {
    const arn = await startClip(client, input());
    const [, id = ''] = /^arn:aws:bedrock:us-west-2:\d{12}:async-invoke\/([a-z0-9]{12})$/.exec(arn) ?? [];
    const job = await endOf(client, arn);
    expect(job).toMatchObject({
      invocationArn: arn,
      status: 'Completed',
      modelArn: expect.stringContaining(LUMA),
      outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://sandbox/clips/one/${id}` } },
    });
    expect(job.clientRequestToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(job.endTime?.getTime()).toBeGreaterThanOrEqual(job.submitTime?.getTime() ?? Infinity);
    const { bytes, type } = await read(`clips/one/${id}/output.mp4`);
    expect(type).toBe('application/octet-stream');
    expect(await describeFilm(bytes)).toMatchObject({ codec: 'avc', width: 96, height: 54, tracks: 1 });
    expect(sandbox.charges()).toMatchObject({
      totalMicros: 3_750_000,
      calls: [{ modelId: LUMA, priceMicros: 3_750_000, clip: { seconds: 5, resolution: '540p' } }],
    });
  });

  it.each([
    ['1:1', '540p', '5s', 54, 54, 3_750_000],
    ['9:16', '720p', '9s', 72, 128, 13_500_000],
    ['21:9', '540p', '9s', 126, 54, 6_750_000],
    ['3:4', '720p', '5s', 72, 96, 7_500_000],
  ])('of %s in %s for %s has the shape, the length and the price', async (ratio, resolution, duration, width, height, price) => {
    const arn = await startClip(client, input({ aspect_ratio: ratio, resolution, duration, loop: true }));
    await endOf(client, arn);
    const film = await describeFilm((await read(`clips/one/${arn.slice(-12)}/output.mp4`)).bytes);
    expect(film).toMatchObject({ codec: 'avc', width, height });
    expect(film.seconds).toBeCloseTo(Number.parseInt(duration, 10), 1);
    expect(sandbox.charges().totalMicros).toBe(price);
  });

  it('takes as long as was said, and is listed meanwhile', async () => {
    await sandbox.stop();
    await open({ clips: { timeMs: 400 } });
    const arn = await startClip(client, input());
    expect((await client.send(new GetAsyncInvokeCommand({ invocationArn: arn }))).status).toBe('InProgress');
    const running = await client.send(new ListAsyncInvokesCommand({ statusEquals: 'InProgress', maxResults: 10 }));
    expect(running.asyncInvokeSummaries?.map(({ invocationArn }) => invocationArn)).toEqual([arn]);
    expect((await endOf(client, arn)).status).toBe('Completed');
    expect((await client.send(new ListAsyncInvokesCommand({ statusEquals: 'InProgress' }))).asyncInvokeSummaries).toEqual([]);
    expect(await failureOf(client.send(new GetAsyncInvokeCommand({ invocationArn: `${arn.slice(0, -12)}aaaaaaaaaaaa` })))).toMatchObject({
      name: 'ValidationException',
      status: 400,
    });
  });

  it('is the same one for the same token, and a conflict for the same token with another body', async () => {
    const clientRequestToken = 'one-request-1';
    const arn = await startClip(client, input(), { clientRequestToken });
    expect(await startClip(client, input(), { clientRequestToken })).toBe(arn);
    expect(await failureOf(startClip(client, input({ loop: true }), { clientRequestToken }))).toMatchObject({
      name: 'ConflictException',
      status: 400,
    });
    await endOf(client, arn);
    expect(await startClip(client, input(), { clientRequestToken })).toBe(arn);
    expect(sandbox.charges().calls).toHaveLength(1);
  });

  it.each(['throttle', 'quota-exceeded'] as const)('has to wait while another one is made, which is said as %s', async (limitedBy) => {
    await sandbox.stop();
    await open({ clips: { timeMs: 300, limitedBy } });
    const arn = await startClip(client, input());
    const name = limitedBy === 'throttle' ? 'ThrottlingException' : 'ServiceQuotaExceededException';
    expect((await failureOf(startClip(client, input()))).name).toBe(name);
    await endOf(client, arn);
    expect(await startClip(client, input())).not.toBe(arn);
  });
});

describe('the start of a clip is refused at once', () => {
  it.each([
    ['a model nobody knows', { modelId: 'luma.ray-v3:0' }, 'ValidationException', 'The provided model identifier is invalid.'],
    ['a model of pictures', { modelId: 'stability.sd3-5-large-v1:0' }, 'ValidationException', 'The provided model identifier is invalid.'],
    ['a model past its end', { modelId: 'amazon.nova-reel-v1:1' }, 'ResourceNotFoundException', /reached the end of its life/],
    [
      'a token with an underscore',
      { clientRequestToken: 'a_b' },
      'ValidationException',
      /at 'clientRequestToken' failed .*pattern: \[a-zA-Z0-9\]/,
    ],
    ['a token that ends in a hyphen', { clientRequestToken: 'ab-' }, 'ValidationException', /^1 validation error detected: Value 'ab-'/],
    ['a token of 257', { clientRequestToken: 'a'.repeat(257) }, 'ValidationException', /length less than or equal to 256/],
    ['a tag without a name', { tags: [{ key: '', value: 'x' }] }, 'ValidationException', /at 'tags.0.key'/],
  ])('for %s', async (_name, changes, name, message) => {
    expect(await failureOf(startClip(client, input(), changes))).toMatchObject({ name, message: expect.stringMatching(message) });
    expect(sandbox.charges().calls).toEqual([]);
  });

  it.each([
    ['no place', 'output', /pattern/],
    ['a place that is no bucket', 's3://Sandbox', /pattern/],
    ['somebody else’s bucket', 's3://nobody-knows', 'Invalid Output Config/Credentials'],
    ['a bucket in another region', 's3://faraway/clips', 'Invalid Output Config/Credentials'],
  ])('for %s', async (_name, s3Uri, message) => {
    await sandbox.stop();
    await open({ clips: { bucketsElsewhere: { faraway: 'eu-west-1' } } });
    const failure = await failureOf(startClip(client, input(), { outputDataConfig: { s3OutputDataConfig: { s3Uri } } }));
    expect(failure).toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) });
  });

  it('in every region but one', async () => {
    const eastern = bedrockClient(sandbox, { region: 'us-east-1', requestHandler: http1() });
    expect((await failureOf(startClip(eastern, input()))).message).toBe('The provided model identifier is invalid.');
  });
});

describe('a job fails by itself, and costs nothing,', () => {
  it.each<[string, Record<string, unknown>, string | RegExp]>([
    ['without words', { prompt: '' }, 'prompt is required'],
    ['with 301 words', { prompt: 'a '.repeat(301) }, /at most 300 tokens/],
    ['with 5001 characters', { prompt: 'a'.repeat(5001) }, /maxLength: 5000/],
    ['in a ratio that is not offered', { aspect_ratio: '3:2' }, /aspect_ratio/],
    ['for a length that is not offered', { duration: '6s' }, /duration/],
    ['with a length that is a number', { duration: 5 }, /duration/],
    ['with a seed', { seed: 5 }, /extraneous key \[seed\]/],
    ['from words for a keyframe', { keyframes: { frame0: 'a cat' } }, /frame0/],
    ['from a keyframe that is an address', { keyframes: { frame0: { type: 'image', url: 'https://example.com' } } }, /2 schema violations/],
  ])('%s', async (_name, changes, message) => {
    const job = await endOf(client, await startClip(client, input(changes)));
    expect(job).toMatchObject({ status: 'Failed', failureMessage: expect.stringMatching(message) });
    expect(sandbox.charges().calls).toEqual([]);
  });

  it.each([
    ['smaller than 512 pixels', 511, 700, /frame1: each side must be 512/],
    ['larger than 4096 pixels', 512, 4097, /frame1: each side must be 512/],
  ])('from a keyframe %s', async (_name, width, height, message) => {
    const frame1 = await keyframe(width, height);
    const job = await endOf(client, await startClip(client, input({ keyframes: { frame1 } })));
    expect(job).toMatchObject({ status: 'Failed', failureMessage: expect.stringMatching(message) });
  });

  it('from a keyframe that is not what it is called', async () => {
    const frame0 = await keyframe();
    const misnamed = { ...frame0, source: { ...frame0.source, media_type: 'image/jpeg' } };
    const job = await endOf(client, await startClip(client, input({ keyframes: { frame0: misnamed } })));
    expect(job.failureMessage).toMatch(/format must be/);
  });

  it('but not from keyframes at both ends', async () => {
    const keyframes = { frame0: await keyframe(), frame1: await keyframe(512, 512, 'image/jpeg') };
    expect((await endOf(client, await startClip(client, input({ keyframes, loop: true })))).status).toBe('Completed');
  });
});

describe('trouble with clips', () => {
  it('can be asked for by a word for each kind, and the words do not hide one another', () => {
    expect(VIDEO_TRIGGERS.map(({ kind }) => kind)).toEqual(FAULT_KINDS.video);
    const words = VIDEO_TRIGGERS.map(({ word }) => word);
    expect(words.filter((word) => words.some((other) => other !== word && word.includes(other)))).toEqual([]);
  });

  it.each([
    ['moderated', /moderation/],
    ['input-moderated', /image .*moderation/],
    ['output-moderated', /content filters/],
    ['failed', /Internal error/],
    ['unwritable', /S3 bucket/],
  ])('is the end of the job when it is %s', async (kind, message) => {
    const job = await endOf(client, await startClip(client, input({ prompt: `a boat sandbox-video-${kind}` })));
    expect(job).toMatchObject({ status: 'Failed', failureMessage: expect.stringMatching(message) });
    expect(sandbox.charges().calls).toEqual([]);
  });

  it.each(['lost-answer', 'lost-error'] as const)('may be that there is a job and nobody knows: %s', async (kind) => {
    sandbox.addFaults([{ service: 'video', kind, times: 1 }]);
    const clientRequestToken = 'one-2';
    await failureOf(startClip(client, input(), { clientRequestToken }));
    await startClip(client, input(), { clientRequestToken });
    expect(sandbox.charges().calls).toHaveLength(1);
  });

  it.each([
    ['missing-object', 'output.mp4', 0],
    ['other-name', 'video-0001.mp4', 1],
  ])('may be that the clip is not where it should be: %s', async (kind, name, found) => {
    const arn = await startClip(client, input({ prompt: `sandbox-video-${kind}` }));
    expect((await endOf(client, arn)).status).toBe('Completed');
    const reading = read(`clips/one/${arn.slice(-12)}/${name}`).then(
      () => 1,
      () => 0,
    );
    expect(await reading).toBe(found);
  });

  it('comes when one asks how a clip is, too', async () => {
    const arn = await startClip(client, input());
    for (const kind of FAULT_KINDS['video-poll'].filter((one) => one !== 'hang')) {
      sandbox.addFaults([{ service: 'video-poll', kind, times: 1 }]);
      expect((await failureOf(client.send(new GetAsyncInvokeCommand({ invocationArn: arn })))).name).toBeTruthy();
    }
    expect((await endOf(client, arn)).status).toBe('Completed');
  });
});
