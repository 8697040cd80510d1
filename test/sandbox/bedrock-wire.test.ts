import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, failureOf, http1, invoke, SD35 } from './clients.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
});
afterAll(() => sandbox.stop());

const cat = { prompt: 'a cat', seed: 7, aspect_ratio: '16:9' };

describe.each([
  ['HTTP/2, the default of the SDK', () => bedrockClient(sandbox)],
  ['HTTP/1.1', () => bedrockClient(sandbox, { requestHandler: http1() })],
])('over %s', (_name, connect) => {
  it('paints a picture of the size and type that were asked for and says which seed it used', async () => {
    const answer = await invoke(connect(), SD35, { ...cat, output_format: 'webp' });
    expect(answer).toMatchObject({ seeds: [7], finish_reasons: [null] });
    expect(answer.images).toHaveLength(1);
    const picture = await sharp(Buffer.from(answer.images?.[0] ?? '', 'base64')).metadata();
    expect(picture).toMatchObject({ format: 'webp', width: 1344, height: 768 });
  });

  it('refuses in a form that the SDK understands, with a request id', async () => {
    const failure = await failureOf(invoke(connect(), SD35, { prompt: 'a cat', steps: 3 }));
    expect(failure).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(sandbox.calls().at(-1)).toMatchObject({ service: 'bedrock', status: 400, attempt: 'attempt=1; max=1' });
  });

  it('takes a bearer token instead of a signature, and only the right one', async () => {
    const withToken = (token: string): BedrockRuntimeClient =>
      bedrockClient(sandbox, { token: { token }, authSchemePreference: ['httpBearerAuth'], requestHandler: http1() });
    expect(await invoke(withToken(sandbox.bearerToken), SD35, cat)).toMatchObject({ seeds: [7] });
    expect(await failureOf(invoke(withToken('someone-else'), SD35, cat))).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  });

  it('refuses a signature made with another secret', async () => {
    const client = connect();
    const credentials = { ...sandbox.credentials, secretAccessKey: 'another' };
    client.config.credentials = async () => credentials;
    const failure = await failureOf(invoke(client, SD35, cat));
    expect(failure).toMatchObject({ name: 'InvalidSignatureException', status: 403 });
  });
});
