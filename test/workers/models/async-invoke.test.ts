import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { VideoModel } from '#src/core/model.ts';
import type { Json } from '#src/core/request.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { describeVideoModel, type VideoPlace } from '#test/contracts/video-model.ts';
import { describeFilm, SMALL } from '#test/sandbox/clips.ts';
import { s3Client } from '#test/sandbox/clients.ts';
import { findProgram } from '#test/setup/programs.ts';
import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';
import { createAsyncInvoke, createVideoModel, type AsyncInvokeOptions } from '#workers/models/async-invoke.ts';
import { refusalOfJob } from '#workers/models/clip-failure.ts';
import { lumaRay2 } from '#workers/models/luma-ray-2.ts';
import { videoSpecs } from '#workers/models/catalogue.ts';
import { novaReel } from '#workers/models/nova-reel.ts';
import type { VideoModelSpec } from '#workers/models/spec.ts';
import { clip } from './inputs.ts';

const WAYS = ['sdk', 'http'] as const;
const ffprobe = findProgram(['ffprobe']);
const ticketSchema = z.strictObject({ arn: z.string(), uri: z.string() });
const probeSchema = z.object({ streams: z.array(z.unknown()), format: z.object({ duration: z.string() }) });

function listeningLog(): { log: Log; text: () => string } {
  const lines: string[] = [];
  const write = (event: string, fields = {}, error?: unknown): void => {
    lines.push(`${event} ${JSON.stringify(fields)} ${error instanceof Error ? error.stack : ''}`);
  };
  return { log: { info: write, warn: write, error: write }, text: () => lines.join('\n') };
}

async function openPlace(spec: VideoModelSpec, calls: NonNullable<AsyncInvokeOptions['calls']>, timeoutMs: number): Promise<VideoPlace> {
  const [region = ''] = spec.card.regions;
  const clips = { ...SMALL, atOnce: 100, bucketsElsewhere: { clips: region } };
  const sandbox = await startSandbox({ modelTimeMs: 0, revived: [spec.card.bedrockId], clips });
  const place = { region, endpoint: sandbox.url, credentials: sandbox.credentials };
  const { log, text } = listeningLog();
  const outputs = createS3Outputs({ ...place, bucket: 'clips', timeoutMs: 2000 });
  const asyncInvoke = createAsyncInvoke({ ...place, outputs, calls, timeoutMs, log });
  return {
    model: createVideoModel(spec, asyncInvoke),
    spoil: (rule) => sandbox.addFaults([rule]),
    billed: () => sandbox.charges().calls.map(({ priceMicros }) => priceMicros),
    starts: () => sandbox.calls().filter(({ note }) => note['operation'] === 'StartAsyncInvoke').length,
    logged: text,
    async close() {
      asyncInvoke.close();
      outputs.close();
      await sandbox.stop();
    },
  };
}

describeVideoModel('by the SDK alone', 1, (timeoutMs) => openPlace(lumaRay2, 'sdk', timeoutMs));
describeVideoModel('by requests of our own alone', 1, (timeoutMs) => openPlace(lumaRay2, 'http', timeoutMs));
for (const spec of videoSpecs) describeVideoModel(`${spec.card.label} by both ways`, 2, (timeoutMs) => openPlace(spec, 'auto', timeoutMs));

const never = new AbortController().signal;
const GIFT_BYTES = 20_000_000;

describe('clips of the service', () => {
  let sandbox: Sandbox;
  let directory: string;
  const opened: (() => void)[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'clips-'));
    sandbox = await startSandbox({ modelTimeMs: 0, clips: { ...SMALL, bucketsElsewhere: { faraway: 'eu-west-1', eastern: 'us-east-1' } } });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const close of opened.splice(0)) close();
    await sandbox.stop();
    await rm(directory, { recursive: true });
  });

  interface Changes extends Partial<AsyncInvokeOptions> {
    readonly bucket?: string;
  }

  function modelWith({ bucket = 'sandbox', ...changes }: Changes = {}, spec = lumaRay2): VideoModel {
    const place = { region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials };
    const outputs = createS3Outputs({ ...place, region: changes.region ?? place.region, bucket });
    const asyncInvoke = createAsyncInvoke({ ...place, outputs, log: listeningLog().log, ...changes });
    opened.push(asyncInvoke.close, outputs.close);
    return createVideoModel(spec, asyncInvoke);
  }
  const into = (): string => join(directory, 'clip.mp4');
  const startOf = async (model: VideoModel, token = 'web-1'): Promise<Json> => model.start(clip(model.card), token, never);
  async function made(model: VideoModel, ticket: Json): Promise<Buffer> {
    await expect.poll(async () => model.collect(ticket, into(), never), { timeout: 30_000 }).toBe(true);
    return readFile(into());
  }

  it.each(WAYS)('lie below a prefix of their own, are found by their token, and ask in the same words: %s', async (calls) => {
    const ticket = await startOf(modelWith({ calls }));
    expect(ticket).toMatchObject({ arn: expect.stringMatching(/:async-invoke\/[a-z0-9]{12}$/), uri: 's3://sandbox/made/web-1' });
    // The other way, and the same token: if anything in the body were written otherwise, this would be a conflict.
    expect(await startOf(modelWith({ calls: calls === 'sdk' ? 'http' : 'sdk' }))).toEqual(ticket);
    expect(sandbox.calls().map(({ note }) => note['token'])).toEqual(['web-1', 'web-1']);
    expect(sandbox.charges().calls).toHaveLength(1);
  });

  it.each(WAYS)('are started with the API key of the environment when no keys were given: %s', async (calls) => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', sandbox.bearerToken);
    const model = modelWith({ calls, credentials: undefined });
    expect((await made(model, await startOf(model))).byteLength).toBeGreaterThan(1000);
  });

  it.each(WAYS)('are asked for with the keys that were given, even when the environment has an API key: %s', async (calls) => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'a-real-key-that-must-not-leave');
    expect(await startOf(modelWith({ calls }))).toBeTruthy();
  });

  it.each(WAYS)('are refused with wrong keys, as a matter of the account: %s', async (calls) => {
    const model = modelWith({ calls, credentials: { accessKeyId: 'AKIAWRONG', secretAccessKey: 'no' } });
    const refusal = { code: 'credentials-rejected', details: { model: 'Luma Ray2', scope: 'account' } };
    await expect(startOf(model)).rejects.toMatchObject(refusal);
    const ticket = await startOf(modelWith());
    await expect(model.collect(ticket, into(), never)).rejects.toMatchObject(refusal);
  });

  it.each(WAYS)('are not to be had in another region: %s', async (calls) => {
    await expect(startOf(modelWith({ calls, region: 'us-east-1', bucket: 'eastern' }))).rejects.toMatchObject({
      code: 'model-unavailable',
    });
  });

  it('need a bucket that is in the region and can be written to', async () => {
    for (const bucket of ['faraway', 'nobody-has-it'])
      await expect(startOf(modelWith({ bucket }))).rejects.toMatchObject({ code: 'clip-store' });
    const calls = sandbox.calls().length;
    await expect(startOf(modelWith({ outputs: undefined }))).rejects.toMatchObject({ code: 'clip-store' });
    expect(sandbox.calls()).toHaveLength(calls);
  });

  it('may have to wait for one another, which says nothing of pictures', async () => {
    await startOf(modelWith(), 'web-1');
    sandbox.addFaults([{ service: 'video', kind: 'throttle', times: 1, retryAfterSeconds: 40 }]);
    const error: unknown = await startOf(modelWith(), 'web-2').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'TryLater', reason: 'not-ready' });
    expect(error instanceof TryLater && error.waitMs).toBeGreaterThanOrEqual(40_000);
  });

  it('that cannot be reached are tried later', async () => {
    const model = modelWith({ endpoint: 'http://127.0.0.1:1' });
    await expect(startOf(model)).rejects.toMatchObject({ name: 'TryLater', reason: 'unreachable' });
    await expect(model.collect(await startOf(modelWith()), into(), never)).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('are fetched when the service has forgotten their job, as long as the bucket has them', async () => {
    const model = modelWith();
    const ticket = ticketSchema.parse(await startOf(model));
    await made(model, ticket);
    const other = await startSandbox({ modelTimeMs: 0, keys: sandbox });
    const place = { region: sandbox.region, credentials: sandbox.credentials };
    const outputs = createS3Outputs({ ...place, endpoint: sandbox.url, bucket: 'sandbox' });
    const forgetful = modelWith({ endpoint: other.url, outputs });
    expect(await forgetful.collect(ticket, into(), never)).toBe(true);
    const gone = { ...ticket, arn: ticket.arn.replace(/.{4}$/, 'none') };
    await expect(forgetful.collect(gone, into(), never)).rejects.toMatchObject({ code: 'clip-gone' });
    outputs.close();
    await other.stop();
  });

  it('of twenty megabytes come whole, through a connection that breaks again and again', async () => {
    const model = modelWith();
    const ticket = ticketSchema.parse(await startOf(model));
    await made(model, ticket);
    const gift = randomBytes(GIFT_BYTES);
    const Key = `made/web-1/${ticket.arn.slice(-12)}/output.mp4`;
    await s3Client(sandbox).send(new PutObjectCommand({ Bucket: 'sandbox', Key, Body: gift }));
    sandbox.addFaults([{ service: 's3', kind: 'close-midway', times: 4 }]);
    expect(Buffer.compare(await made(model, ticket), gift)).toBe(0);
    const parts = sandbox.calls().filter(({ service, status }) => service === 's3' && status === 206);
    expect(parts.length).toBeGreaterThanOrEqual(4);
  });

  it.skipIf(ffprobe === undefined)('are what a player’s own tools take for H.264 of their length', async () => {
    const model = modelWith();
    await made(model, await startOf(model));
    const shown = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height:format=duration', '-of', 'json', into()];
    const { stdout } = await promisify(execFile)(ffprobe ?? '', shown);
    const found = probeSchema.parse(JSON.parse(stdout));
    expect(found.streams).toEqual([{ codec_name: 'h264', width: 96, height: 54 }]);
    expect(Number(found.format.duration)).toBeCloseTo(5, 1);
  });

  it('of Nova Reel are past their end, and made where an account keeps it', async () => {
    const there = { region: 'us-east-1', bucket: 'eastern' };
    await expect(startOf(modelWith(there, novaReel))).rejects.toMatchObject({ code: 'model-unavailable' });
    await sandbox.stop();
    sandbox = await startSandbox({ revived: [novaReel.card.bedrockId], clips: { ...SMALL, bucketsElsewhere: { eastern: 'us-east-1' } } });
    const model = modelWith(there, novaReel);
    expect(await describeFilm(await made(model, await startOf(model)))).toMatchObject({ codec: 'avc', width: 128, height: 72, seconds: 6 });
    expect(sandbox.charges().totalMicros).toBe(480_000);
  });
});

describe('what a failed job says', () => {
  it.each([
    ['prompt is required', 'clip-failed', 'prompt'],
    ['Malformed input request: #/duration: "6s" is not a valid enum value', 'clip-failed', 'duration'],
    ['frame0: each side must be 512 to 4096 pixels', 'clip-failed', 'frame0'],
    ['An internal error occurred', 'clip-failed', 'service'],
    ['Something about a secret of yours', 'clip-failed', 'unnamed'],
    [undefined, 'clip-failed', 'unnamed'],
    ['The input prompt was flagged by content moderation', 'filtered-prompt', undefined],
    ['This request has been blocked by our content filters.', 'filtered-output', undefined],
    ['Blocked by our policies: text', 'filtered-prompt', undefined],
    ['The generated video violates our responsible AI policy', 'filtered-output', undefined],
    ['RAI_VIOLATION_OUTPUT_VIDEO_DEFLECTION', 'filtered-output', undefined],
    ['Moderation failed for the keyframe', 'filtered-input', undefined],
    ['Could not write to bucket: AccessDenied', 'clip-store', undefined],
  ])('“%s” is %s', (message, code, reason) => {
    const { code: found, details } = refusalOfJob(message);
    expect([found, details['reason']]).toEqual([code, reason]);
  });
});
