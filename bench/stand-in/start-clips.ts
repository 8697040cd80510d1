import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const placeSchema = z.strictObject({
  url: z.string(),
  region: z.string(),
  bucket: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});
export type ClipPlace = z.infer<typeof placeSchema>;

/** A question whether a clip is made: which one, and when it was asked, in epoch milliseconds. */
export interface Poll {
  readonly arn: string;
  readonly at: number;
}

/** The service that makes clips of 20 MB, and the store that it puts them in. */
export interface ClipStandIn {
  /** What the product, and the control, have to be told to use it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many clips were begun. */
  begun(): Promise<number>;
  polls(): Promise<readonly Poll[]>;
  /** From now on every clip is made at once. */
  finish(): void;
  stop(): Promise<void>;
}

const callsSchema = z.object({
  calls: z.array(
    z.object({
      at: z.number(),
      status: z.number().optional(),
      note: z.object({ operation: z.string().optional(), arn: z.string().optional() }),
    }),
  ),
});

export async function startClips(): Promise<ClipStandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-clips-'));
  const child = fork(join(import.meta.dirname, 'clips-server.ts'), [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const gone = ended.then(async () => Promise.reject(new Error('the stand-in for clips has ended')));
  gone.catch(() => {});
  const [message]: readonly unknown[] = await Promise.race([once(child, 'message'), gone]);
  const place = placeSchema.parse(message);
  const calls = async (operation: string) => {
    const answer: unknown = await (await fetch(new URL('/_sandbox/calls', place.url))).json();
    return callsSchema.parse(answer).calls.filter(({ status, note }) => status === 200 && note.operation === operation);
  };
  return {
    settings: settingsFor(place),
    begun: async () => (await calls('StartAsyncInvoke')).length,
    polls: async () => (await calls('GetAsyncInvoke')).map(({ at, note: { arn = '' } }) => ({ arn, at })),
    finish: () => void child.send('finish'),
    async stop() {
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settingsFor({ url, region, bucket, accessKeyId, secretAccessKey }: ClipPlace): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    BEDROCK_ENDPOINT: url,
    BEDROCK_REGION: region,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ENDPOINT: url,
    HOAMI_CONFIRM_ABOVE_USD: '1000',
    AWS_REGION: region,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_ENDPOINT_URL_S3: url,
  };
}
