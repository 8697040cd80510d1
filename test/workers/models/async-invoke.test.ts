import { describe, expect, it } from 'vitest';
import type { Log } from '#src/core/log.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { describeVideoModel, type VideoPlace } from '#test/contracts/video-model.ts';
import { SMALL } from '#test/sandbox/clips.ts';
import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';
import { createAsyncInvoke, createVideoModel, type AsyncInvokeOptions } from '#workers/models/async-invoke.ts';
import { lumaRay2 } from '#workers/models/luma-ray-2.ts';

function listeningLog(): { log: Log; text: () => string } {
  const lines: string[] = [];
  const write = (event: string, fields = {}, error?: unknown): void => {
    lines.push(`${event} ${JSON.stringify(fields)} ${error instanceof Error ? error.stack : ''}`);
  };
  return { log: { info: write, warn: write, error: write }, text: () => lines.join('\n') };
}

async function openPlace(calls: NonNullable<AsyncInvokeOptions['calls']>, timeoutMs: number): Promise<VideoPlace> {
  const sandbox = await startSandbox({ modelTimeMs: 0, clips: { ...SMALL, atOnce: 100 } });
  const place = { region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials };
  const { log, text } = listeningLog();
  const outputs = createS3Outputs({ ...place, bucket: sandbox.bucket, timeoutMs: 2000 });
  const asyncInvoke = createAsyncInvoke({ ...place, outputs, calls, timeoutMs, log });
  return {
    model: createVideoModel(lumaRay2, asyncInvoke),
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

describeVideoModel('by the SDK alone', 1, (timeoutMs) => openPlace('sdk', timeoutMs));
describeVideoModel('by requests of our own alone', 1, (timeoutMs) => openPlace('http', timeoutMs));
describeVideoModel('by both ways', 2, (timeoutMs) => openPlace('auto', timeoutMs));
describe('x', () => it('y', () => expect(1).toBe(1)));
