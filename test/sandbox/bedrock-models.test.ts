import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, CORE, failureOf, http1, invoke, SD35, ULTRA } from './clients.ts';
import { signedFetch } from './signing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
});
afterAll(() => sandbox.stop());

const ask = (modelId: string, region = 'us-west-2'): Promise<unknown> =>
  invoke(bedrockClient(sandbox, { region, requestHandler: http1() }), modelId, { prompt: 'a cat', seed: 3 });

const UNKNOWN = 'The provided model identifier is invalid.';
const GONE = 'This model version has reached the end of its life. Please refer to the AWS documentation for more details.';
const onDemand = (id: string): string =>
  `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;

describe('a model', () => {
  it.each([SD35, ULTRA, CORE, `arn:aws:bedrock:us-west-2::foundation-model/${SD35}`])('answers to %s in us-west-2', async (id) => {
    expect(await ask(id)).toMatchObject({ seeds: [3] });
  });

  it.each([
    [SD35, 'us-east-1'],
    [ULTRA, 'eu-west-1'],
    [CORE, 'us-east-2'],
    [`arn:aws:bedrock:us-east-1::foundation-model/${SD35}`, 'us-west-2'],
  ])('%s is not known in %s', async (id, region) => {
    expect(await failureOf(ask(id, region))).toEqual({ name: 'ValidationException', status: 400, message: UNKNOWN });
  });

  it.each(['stability.stable-diffusion-v1-5', 'stability.sd3-5-large', `us.${SD35}`, 'x'.repeat(2049)])('is not %s', async (id) => {
    expect(await failureOf(ask(id))).toEqual({ name: 'ValidationException', status: 400, message: UNKNOWN });
  });

  it.each([
    'amazon.titan-image-generator-v1',
    'amazon.titan-image-generator-v2:0',
    'amazon.nova-canvas-v1:0',
    'amazon.nova-reel-v1:1',
    'stability.stable-diffusion-xl-v1',
  ])('%s has reached the end of its life', async (id) => {
    expect(await failureOf(ask(id))).toEqual({ name: 'ResourceNotFoundException', status: 404, message: GONE });
  });

  it.each(['stability.stable-image-inpaint-v1:0', 'stability.stable-outpaint-v1:0', 'anthropic.claude-haiku-5-5'])(
    '%s is to be had by its profile only',
    async (id) => {
      expect(await failureOf(ask(id))).toEqual({ name: 'ValidationException', status: 400, message: onDemand(id) });
    },
  );
});

describe('a request', () => {
  const path = `/model/${encodeURIComponent(SD35)}/invoke`;
  const json = { 'content-type': 'application/json' };
  const body = '{"prompt":"a cat","seed":3}';
  const type = (answer: Response): string | null => answer.headers.get('x-amzn-errortype');
  const SUFFIX = ':http://internal.amazon.com/coral/com.amazon.bedrock/';

  it('is signed over the path encoded once more than it is sent', async () => {
    const right = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path, headers: json, body });
    expect(right.status).toBe(200);
    expect(right.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    const once = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path, headers: json, body, pretend: { path } });
    expect(once.status).toBe(403);
    expect(type(once)).toBe(`InvalidSignatureException${SUFFIX}`);
    expect(await once.json()).toEqual({ message: expect.stringContaining('signature we calculated does not match') });
  });

  it('may carry the colon of the id as it is', async () => {
    const answer = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path: `/model/${SD35}/invoke`, headers: json, body });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['signed for another service', { service: 'bedrock-runtime' }, 'InvalidSignatureException'],
    ['signed without the host', { leaveOut: ['host'] }, 'InvalidSignatureException'],
    ['signed without its date', { leaveOut: ['x-amz-date'] }, 'InvalidSignatureException'],
  ])('is refused when it is %s', async (_name, pretend, error) => {
    const answer = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path, headers: json, body, pretend });
    expect([answer.status, type(answer)]).toEqual([403, error + SUFFIX]);
  });

  it('is refused when its body is not the one that was signed', async () => {
    const headers = { ...json, 'x-amz-content-sha256': '0'.repeat(64) };
    const answer = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path, headers, body });
    expect(type(answer)).toBe(`InvalidSignatureException${SUFFIX}`);
  });

  it.each([
    ['no signature', {}, 403, 'MissingAuthenticationTokenException'],
    ['half a signature', { authorization: 'AWS4-HMAC-SHA256 Credential=A/b/c' }, 400, 'IncompleteSignatureException'],
  ])('is refused with %s', async (_name, headers, status, error) => {
    const answer = await fetch(sandbox.url + path, { method: 'POST', headers: { ...json, ...headers }, body });
    expect([answer.status, type(answer)]).toEqual([status, error + SUFFIX]);
  });

  it.each([
    ['a key nobody knows', { accessKeyId: 'AKIAUNKNOWN' }, 0, 'UnrecognizedClientException'],
    ['a token nobody gave', { sessionToken: 'token' }, 0, 'UnrecognizedClientException'],
    ['a clock 6 minutes behind', {}, -360_000, 'InvalidSignatureException'],
    ['a clock 6 minutes ahead', {}, 360_000, 'InvalidSignatureException'],
  ])('is refused with %s', async (_name, keys, systemClockOffset, name) => {
    const client = bedrockClient(sandbox, { credentials: { ...sandbox.credentials, ...keys }, systemClockOffset, requestHandler: http1() });
    expect(await failureOf(invoke(client, SD35, { prompt: 'a cat' }))).toMatchObject({ name, status: 403 });
  });

  it('is taken with a clock 4 minutes off', async () => {
    const client = bedrockClient(sandbox, { systemClockOffset: 240_000, requestHandler: http1() });
    expect(await invoke(client, SD35, { prompt: 'a cat', seed: 3 })).toMatchObject({ seeds: [3] });
  });

  it.each([
    ['another content type', { 'content-type': 'application/octet-stream' }],
    ['no content type', { 'content-type': '' }],
    ['a wish for bare bytes', { ...json, accept: 'image/png' }],
  ])('is refused with %s', async (_name, headers) => {
    const answer = await signedFetch(sandbox, { service: 'bedrock', method: 'POST', path, headers, body });
    expect([answer.status, type(answer)]).toEqual([400, `ValidationException${SUFFIX}`]);
  });

  it.each([
    ['GET', path],
    ['POST', `/model/${encodeURIComponent(SD35)}/converse`],
    ['PUT', '/async-invoke'],
  ])('%s %s is no operation of the stand-in', async (method, other) => {
    const answer = await signedFetch(sandbox, {
      service: 'bedrock',
      method,
      path: other,
      headers: json,
      body: method === 'GET' ? '' : body,
    });
    expect([answer.status, type(answer)]).toEqual([404, `UnknownOperationException${SUFFIX}`]);
  });
});
