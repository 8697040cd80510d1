import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetAsyncInvokeCommand,
  StartAsyncInvokeCommand,
  type BedrockRuntimeClient,
  type GetAsyncInvokeCommandOutput,
  type StartAsyncInvokeCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { BufferSource, Input, MP4 } from 'mediabunny';
import sharp from 'sharp';
import { createFilmMaker } from '#src/sandbox/film/film.ts';
import type { ClipOptions } from '#src/sandbox/sandbox.ts';

export const LUMA = 'luma.ray-v2:0';

/** Clips of few pixels, for tests that only need them to be real. What one test of a file has had made is there for the next. */
export const SMALL: ClipOptions = { timeMs: 0, scale: 0.1, framesPerSecond: 4, makeFilm: createFilmMaker() };

type ModelInput = NonNullable<StartAsyncInvokeCommandInput['modelInput']>;

/** Starts a clip of Luma's in the bucket `sandbox`, with what a test wants to be different; undefined leaves a member out. */
export async function startClip(
  client: BedrockRuntimeClient,
  modelInput: ModelInput,
  changes: Partial<StartAsyncInvokeCommandInput> = {},
): Promise<string> {
  const outputDataConfig = { s3OutputDataConfig: { s3Uri: 's3://sandbox/clips/one' } };
  const { invocationArn = '' } = await client.send(
    new StartAsyncInvokeCommand({ modelId: LUMA, modelInput, outputDataConfig, ...changes }),
  );
  return invocationArn;
}

/** Asks until the clip is made or has failed. */
export async function endOf(client: BedrockRuntimeClient, invocationArn: string): Promise<GetAsyncInvokeCommandOutput> {
  for (;;) {
    const job = await client.send(new GetAsyncInvokeCommand({ invocationArn }));
    if (job.status !== 'InProgress') return job;
    await sleep(50);
  }
}

/** What a player sees in the file's own description. */
export async function describeFilm(bytes: Uint8Array) {
  const film = new Input({ source: new BufferSource(bytes), formats: [MP4] });
  const track = await film.getPrimaryVideoTrack();
  if (track === null) throw new Error('there is no picture track');
  const { averagePacketRate } = await track.computePacketStats();
  return {
    codec: track.codec,
    width: track.displayWidth,
    height: track.displayHeight,
    seconds: await film.computeDuration(),
    framesPerSecond: averagePacketRate,
    tracks: (await film.getTracks()).length,
  };
}

/** A picture as a keyframe takes it. */
export async function keyframe(width = 640, height = 512, mediaType: 'image/png' | 'image/jpeg' = 'image/png') {
  const picture = sharp({ create: { width, height, channels: 3, background: '#c05020' } });
  const bytes = await (mediaType === 'image/png' ? picture.png() : picture.jpeg()).toBuffer();
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: bytes.toString('base64') } };
}
