import AnthropicBedrock from '@anthropic-ai/bedrock-sdk';
import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLAUDE_TRIGGERS, FAULT_KINDS } from '#src/sandbox/fault-kinds.ts';
import type { FaultRule } from '#src/sandbox/faults.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { signedFetch } from './signing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
});
beforeEach(() => sandbox.clearFaults());
afterAll(() => sandbox.stop());

type ClaudeRule = Extract<FaultRule, { service: 'claude' }>;
const spoil = (kind: ClaudeRule['kind'], more: Partial<ClaudeRule> = {}): void => sandbox.addFaults([{ ...more, service: 'claude', kind }]);

const direct = (apiKey = sandbox.claudeKey): Anthropic => new Anthropic({ baseURL: sandbox.url, apiKey, maxRetries: 0 });
const viaBedrock = (): AnthropicBedrock =>
  new AnthropicBedrock({
    baseURL: sandbox.url,
    awsRegion: sandbox.region,
    awsAccessKey: sandbox.credentials.accessKeyId,
    awsSecretKey: sandbox.credentials.secretAccessKey,
    maxRetries: 0,
  });

const say = (
  client: Anthropic | AnthropicBedrock,
  text = 'a cat',
  model = modelFor(client),
  signal?: AbortSignal,
): Promise<Anthropic.Message> =>
  client.messages.create({ model, max_tokens: 1000, messages: [{ role: 'user', content: text }] }, signal === undefined ? {} : { signal });
const modelFor = (client: Anthropic | AnthropicBedrock): string =>
  client instanceof AnthropicBedrock ? 'global.anthropic.claude-haiku-5-5' : 'claude-haiku-5-5';

async function failure(call: Promise<unknown>): Promise<{ status: unknown; name: string; retryAfter: string | null; message: string }> {
  const error = await call.then(
    () => new Error('the call was expected to fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) {
    return {
      status: error.status,
      name: error.constructor.name,
      retryAfter: error.headers?.get('retry-after') ?? null,
      message: error.message,
    };
  }
  return { status: undefined, name: error instanceof Error ? error.name : '', retryAfter: null, message: String(error) };
}

describe.each([
  ['with the key of the Claude API', () => direct()],
  ['with the keys of AWS', () => viaBedrock()],
])('Claude, %s', (_name, connect) => {
  it('answers with a message', async () => {
    expect(await say(connect())).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' });
  });

  it.each([
    ['throttle', 429, 'RateLimitError'],
    ['server-error-500', 500, 'InternalServerError'],
    ['access-denied', 403, 'PermissionDeniedError'],
  ] as const)('can say %s', async (kind, status, name) => {
    spoil(kind, { retryAfterSeconds: 9 });
    expect(await failure(say(connect()))).toMatchObject({ status, name, retryAfter: '9' });
  });

  it('can refuse', async () => {
    spoil('refusal');
    expect(await say(connect())).toMatchObject({ stop_reason: 'refusal', content: [] });
  });

  it('can be cut short', async () => {
    const whole = await say(connect());
    spoil('max-tokens');
    const cut = await say(connect());
    const lengthOf = (message: Anthropic.Message): number => JSON.stringify(message.content).length;
    expect(cut.stop_reason).toBe('max_tokens');
    expect(lengthOf(cut)).toBeLessThan(lengthOf(whole));
  });

  it('can talk nonsense', async () => {
    spoil('nonsense');
    expect(JSON.stringify((await say(connect())).content)).toContain('seven');
  });

  it('can send what is not JSON', async () => {
    spoil('not-json');
    expect((await failure(say(connect()))).name).toBe('SyntaxError');
  });

  it.each(['hang', 'stall-midway'] as const)('can %s until nobody waits any more', async (kind) => {
    spoil(kind);
    const patience = AbortSignal.timeout(500);
    await failure(say(connect(), 'a cat', undefined, patience));
    expect(patience.aborted).toBe(true);
  });

  it.each(['reset', 'close-midway'] as const)('can lose the connection: %s', async (kind) => {
    spoil(kind);
    expect((await failure(say(connect()))).status).toBeUndefined();
  });

  it('suffers from a word that a person wrote, and from no other', async () => {
    expect(await failure(say(connect(), 'a cat, sandbox-claude-throttle'))).toMatchObject({ status: 429 });
    const client = connect();
    const calm = client.messages.create({
      model: modelFor(client),
      max_tokens: 1000,
      system: 'Never write sandbox-claude-throttle.',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a cat' }] },
        { role: 'assistant', content: 'sandbox-claude-throttle' },
        { role: 'user', content: 'once more' },
      ],
    });
    expect(await calm).toMatchObject({ type: 'message' });
  });

  it('says in the record of calls how the call ended', async () => {
    spoil('throttle');
    await failure(say(connect()));
    expect(sandbox.calls().at(-1)).toMatchObject({ status: 429, note: { fault: 'throttle' } });
  });
});

describe('the Claude API', () => {
  const post = (headers: Record<string, string>, body = '{}', path = '/v1/messages'): Promise<Response> =>
    fetch(sandbox.url + path, { method: 'POST', headers: { 'anthropic-version': '2026-10-21', ...headers }, body });

  it('has a word for every fault', () => {
    expect(CLAUDE_TRIGGERS.map(({ kind }) => kind)).toEqual(FAULT_KINDS.claude);
  });

  it('is overloaded with a status of its own', async () => {
    spoil('overloaded');
    expect(await failure(say(direct()))).toMatchObject({ status: 529 });
  });

  it('refuses another key', async () => {
    expect(await failure(say(direct('sk-ant-other')))).toMatchObject({ status: 401, name: 'AuthenticationError' });
  });

  it('takes the key in the old header too', async () => {
    const answer = await post({ 'x-api-key': sandbox.claudeKey }, 'not json');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('request-id')).toBeTruthy();
    expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  it('wants to know the version, and has no other operation', async () => {
    const authorization = `Bearer ${sandbox.claudeKey}`;
    expect((await post({ authorization, 'anthropic-version': '' }, '{}', '/v1/complete')).status).toBe(404);
    const { status } = await fetch(`${sandbox.url}/v1/messages`, { method: 'POST', headers: { authorization }, body: '{}' });
    expect(status).toBe(400);
  });
});

describe('Claude through Bedrock', () => {
  const post = (model: string, body: object): Promise<Response> =>
    signedFetch(sandbox, {
      service: 'bedrock',
      method: 'POST',
      path: `/model/${encodeURIComponent(model)}/invoke`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ max_tokens: 100, messages: [{ role: 'user', content: 'a cat' }], ...body }),
    });

  it.each([
    [
      'no version',
      'global.anthropic.claude-haiku-5-5',
      {},
      'Malformed input request: #: required key [anthropic_version] not found, please reformat your input and try again.',
    ],
    [
      'a model in the body',
      'us.anthropic.claude-haiku-5-5',
      { anthropic_version: '2026-10-21', model: 'x' },
      'Malformed input request: #: extraneous key [model] is not permitted, please reformat your input and try again.',
    ],
    [
      'a version that is not there',
      'us.anthropic.claude-haiku-5-5',
      { anthropic_version: '1.0' },
      'The version "1.0" is not supported for this model.',
    ],
    [
      'the new version for an old model',
      'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      { anthropic_version: '2026-10-21' },
      'The version "2026-10-21" is not supported for this model.',
    ],
    [
      'a profile of another continent',
      'eu.anthropic.claude-haiku-5-5',
      { anthropic_version: '2026-10-21' },
      'The provided model identifier is invalid.',
    ],
  ])('refuses %s', async (_name, model, body, message) => {
    const answer = await post(model, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toMatch(/^ValidationException:/);
    expect(await answer.json()).toEqual({ message });
  });

  it('takes the classic version for an old model', async () => {
    const answer = await post('us.anthropic.claude-haiku-4-5-20251001-v1:0', { anthropic_version: 'bedrock-2023-05-31' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
  });

  it('answers through the US profile only there', async () => {
    const client = viaBedrock().withOptions({ awsRegion: 'eu-west-1' });
    expect(await failure(say(client, 'a cat', 'us.anthropic.claude-haiku-5-5'))).toMatchObject({ status: 400 });
    expect(await say(client, 'a cat', 'global.anthropic.claude-haiku-5-5')).toMatchObject({ type: 'message' });
  });
});
