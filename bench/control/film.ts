import { setTimeout as sleep } from 'node:timers/promises';
import { BedrockRuntimeClient, GetAsyncInvokeCommand, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const POLL_MS = 5000;

const bedrock = new BedrockRuntimeClient({});
const s3 = new S3Client({ forcePathStyle: true });

/** One clip, with the SDK as it comes: begun, asked for every five seconds, and downloaded into memory. */
export async function film(prompt: string): Promise<Buffer> {
  const Bucket = process.env['S3_BUCKET'] ?? '';
  const modelInput = { prompt, aspect_ratio: '16:9', duration: '5s', resolution: '540p' };
  const outputDataConfig = { s3OutputDataConfig: { s3Uri: `s3://${Bucket}/made` } };
  const started = await bedrock.send(new StartAsyncInvokeCommand({ modelId: 'luma.ray-v2:0', modelInput, outputDataConfig }));
  const invocationArn = started.invocationArn ?? '';
  for (;;) {
    await sleep(POLL_MS);
    const { status, failureMessage } = await bedrock.send(new GetAsyncInvokeCommand({ invocationArn }));
    if (status === 'Failed') throw new Error(failureMessage);
    if (status === 'Completed') break;
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `made/${invocationArn.split('/').at(-1)}/output.mp4` }));
  if (Body === undefined) throw new Error('no clip');
  return Buffer.from(await Body.transformToByteArray());
}
