import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  InvokeModelCommand,
  type BedrockRuntimeClientConfig,
} from '@aws-sdk/client-bedrock-runtime';
import { S3Client, S3ServiceException, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { z } from 'zod';
import type { Sandbox } from '#src/sandbox/sandbox.ts';

export const SD35 = 'stability.sd3-5-large-v1:0';
export const ULTRA = 'stability.stable-image-ultra-v1:1';
export const CORE = 'stability.stable-image-core-v1:1';

/** The real client, as it comes: HTTP/2 unless told otherwise, one attempt. */
export const bedrockClient = (sandbox: Sandbox, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    endpoint: sandbox.url,
    region: sandbox.region,
    credentials: { ...sandbox.credentials },
    authSchemePreference: ['aws.auth#sigv4'],
    maxAttempts: 1,
    ...config,
  });

/** The same over HTTP/1.1, as the product uses it. */
export const http1 = (): NodeHttpHandler =>
  new NodeHttpHandler({ connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true });

export const s3Client = (sandbox: Sandbox, config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    endpoint: sandbox.url,
    region: sandbox.region,
    credentials: { ...sandbox.credentials },
    forcePathStyle: true,
    maxAttempts: 1,
    ...config,
  });

const answerSchema = z.strictObject({
  seeds: z.array(z.int()).optional(),
  finish_reasons: z.array(z.string().nullable()),
  images: z.array(z.string()).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** One InvokeModel; a body that is not a string is sent as JSON. */
export async function invoke(client: BedrockRuntimeClient, modelId: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const answer = await client.send(
    new InvokeModelCommand({
      modelId,
      contentType: 'application/json',
      accept: 'application/json',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    signal === undefined ? {} : { abortSignal: signal },
  );
  return answerSchema.parse(JSON.parse(answer.body.transformToString()));
}

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** What the SDK made of a refusal. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof BedrockRuntimeServiceException || error instanceof S3ServiceException) {
      return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
    }
    if (error instanceof Error) return { name: error.name, message: error.message, status: undefined };
  }
  throw new Error('the call was expected to fail');
}
