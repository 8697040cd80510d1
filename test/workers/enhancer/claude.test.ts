import { afterEach, describe, expect, test } from 'vitest';
import { createClaude } from '#workers/enhancer/claude.ts';
import { sendMaxMicros } from '#workers/enhancer/price.ts';
import { ANSWER_JSON_SCHEMA } from '#workers/enhancer/schema.ts';
import { answer, CALL_COST_MICROS, startFakeClaude, type FakeClaude, type Script } from './fake-claude.ts';
import { claudeAt, unhurried } from './parts.ts';

const REQUEST = {
  system: 'be brief',
  user: '<user_prompt>{"mode":"enhance","medium":"image","max_chars":900,"has_image":false,"text":"mèo"}</user_prompt>',
  schema: ANSWER_JSON_SCHEMA,
};

const SEND_MAX_MICROS = sendMaxMicros('claude-haiku-5-5');

describe('Claude over the real client', () => {
  let service: FakeClaude;
  afterEach(() => service.close());

  async function ask(script: Script | ((call: number) => Script), modelId = 'claude-haiku-5-5') {
    service = await startFakeClaude((_envelope, call) => (typeof script === 'function' ? script(call) : script));
    return createClaude({ provider: 'anthropic', apiKey: 'sk-test', modelId, baseUrl: service.url, timeoutMs: 1000 }).complete(
      REQUEST,
      unhurried(),
    );
  }

  test('the answer is read from the text block, whatever stands before it, and costs what was used', async () => {
    const reply = await ask({ kind: 'answer', answer: answer({}) });
    expect(reply).toEqual({ kind: 'json', value: answer({}), costMicros: CALL_COST_MICROS });
    expect(service.seen[0]?.path).toBe('/v1/messages');
    expect(service.seen[0]?.headers.authorization).toBe('Bearer sk-test');
  });

  test('the request carries no sampling parameters, a cached system text and the schema', async () => {
    await ask({ kind: 'answer', answer: answer({}) });
    const body = service.seen[0]?.body ?? {};
    expect(Object.keys(body).toSorted()).toEqual(['max_tokens', 'messages', 'model', 'output_config', 'system', 'thinking']);
    expect(body['thinking']).toEqual({ type: 'disabled' });
    expect(body['output_config']).toEqual({ effort: 'low', format: { type: 'json_schema', schema: ANSWER_JSON_SCHEMA } });
    expect(body['system']).toEqual([{ type: 'text', text: 'be brief', cache_control: { type: 'ephemeral' } }]);
  });

  test.each([
    ['claude-sonnet-5-5', { type: 'between_tools' }, 'low'],
    ['claude-opus-5-5', undefined, 'low'],
    ['claude-haiku-4-5', undefined, undefined],
    ['claude-of-tomorrow', undefined, undefined],
  ])('%s gets the thinking and effort it takes', async (modelId, thinking, effort) => {
    await ask({ kind: 'answer', answer: answer({}) }, modelId);
    expect(service.seen[0]?.body['thinking']).toEqual(thinking);
    expect(service.seen[0]?.body['output_config']).toMatchObject(effort === undefined ? { format: {} } : { effort });
  });

  /** `unknown`: of how many of the calls nobody can tell whether they were billed. */
  const failures: readonly (readonly [
    name: string,
    script: Script,
    failure: string,
    downMs: number | undefined,
    calls: number,
    unknown: number,
  ])[] = [
    ['a wrong key', { kind: 'error', status: 401, type: 'authentication_error' }, 'misconfigured', 600_000, 1, 0],
    ['no permission', { kind: 'error', status: 403, type: 'permission_error' }, 'misconfigured', 600_000, 1, 0],
    ['an unknown model', { kind: 'error', status: 404, type: 'not_found_error' }, 'misconfigured', 600_000, 1, 0],
    ['a request it rejects', { kind: 'error', status: 400, type: 'invalid_request_error' }, 'rejected', undefined, 1, 0],
    [
      'throttling for 30 s, which is not slept through',
      { kind: 'error', status: 429, type: 'rate_limit_error', headers: { 'retry-after': '30' } },
      'throttled',
      30_000,
      1,
      0,
    ],
    [
      'overload, tried twice',
      { kind: 'error', status: 529, type: 'overloaded_error', headers: { 'retry-after-ms': '10' } },
      'overloaded',
      10,
      2,
      0,
    ],
    ['a 500, tried twice', { kind: 'error', status: 500, type: 'api_error', headers: { 'retry-after-ms': '10' } }, 'overloaded', 10, 2, 2],
    ['silence before the headers', { kind: 'stall-before-headers' }, 'unreachable', undefined, 1, 1],
    ['silence in the body', { kind: 'stall-in-body' }, 'unreachable', undefined, 1, 1],
    ['a page of HTML with status 200', { kind: 'html' }, 'unreachable', undefined, 1, 1],
    ['a connection that breaks, tried twice', { kind: 'hang-up' }, 'unreachable', undefined, 2, 2],
  ];
  test.each(failures)('%s is told as data, with what it may have cost', async (_name, script, failure, downMs, calls, unknown) => {
    expect(await ask(script)).toMatchObject({ kind: 'failed', failure, downMs, costMicros: unknown * SEND_MAX_MICROS });
    expect(service.seen).toHaveLength(calls);
  });

  test('a failure is logged by class, status and request id, never by its body', async () => {
    const reply = await ask({ kind: 'error', status: 401, type: 'authentication_error', message: 'secret words of the person' });
    expect(reply).toMatchObject({ about: expect.stringMatching(/401.*req_1/) });
    expect(JSON.stringify(reply)).not.toContain('secret words');
  });

  test('an answer costs what the broken call before it may have cost, too', async () => {
    const reply = await ask((call) => (call === 1 ? { kind: 'hang-up' } : { kind: 'answer', answer: answer({}) }));
    expect(reply).toMatchObject({ kind: 'json', costMicros: SEND_MAX_MICROS + CALL_COST_MICROS });
  });

  test('of two calls at a time each is told its own price', async () => {
    service = await startFakeClaude((_envelope, call) => (call === 1 ? { kind: 'hang-up' } : { kind: 'answer', answer: answer({}) }));
    const claude = claudeAt(service.url);
    const replies = await Promise.all([claude.complete(REQUEST, unhurried()), claude.complete(REQUEST, unhurried())]);
    const costs = replies.map(({ costMicros }) => costMicros).toSorted((one, other) => one - other);
    expect(costs).toEqual([CALL_COST_MICROS, SEND_MAX_MICROS + CALL_COST_MICROS]);
  });

  test('a refusal by the service is not an outage', async () => {
    expect(await ask({ kind: 'refusal', category: 'bio' })).toEqual({ kind: 'refusal', category: 'bio', costMicros: CALL_COST_MICROS });
  });

  test('a truncated answer and an answer without JSON are unreadable, and paid for', async () => {
    expect(await ask({ kind: 'text', text: '{"language":"v', stopReason: 'max_tokens' })).toMatchObject({
      kind: 'unreadable',
      why: 'truncated',
      costMicros: CALL_COST_MICROS,
    });
    await service.close();
    expect(await ask({ kind: 'text', text: 'I would rather talk.' })).toMatchObject({ kind: 'unreadable', why: 'not-json' });
  });

  test('a service without structured output is asked for plain JSON instead, and fences around it are forgiven', async () => {
    const reply = await ask((call) =>
      call === 1
        ? { kind: 'error', status: 400, type: 'invalid_request_error', message: 'output_config.format: Extra inputs are not permitted' }
        : { kind: 'text', text: `\`\`\`json\n${JSON.stringify(answer({}))}\n\`\`\`` },
    );
    expect(reply).toMatchObject({ kind: 'json', value: answer({}) });
    expect(service.seen[1]?.body['output_config']).toEqual({ effort: 'low' });
    expect(JSON.stringify(service.seen[1]?.body['system'])).toContain('Reply with one JSON object');
  });

  test('the caller can stop it at any time', async () => {
    service = await startFakeClaude(() => ({ kind: 'stall-in-body' }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect(await claudeAt(service.url, 60_000).complete(REQUEST, controller.signal)).toMatchObject({
      kind: 'failed',
      failure: 'stopped',
      costMicros: SEND_MAX_MICROS,
    });
  });
});

describe('Claude through Bedrock', () => {
  let service: FakeClaude;
  afterEach(() => service.close());

  test.each([
    ['global.anthropic.claude-haiku-5-5', '2026-10-21'],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'bedrock-2023-05-31'],
  ])('%s is invoked signed, with API version %s', async (modelId, version) => {
    service = await startFakeClaude(() => ({ kind: 'answer', answer: answer({}) }));
    const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
    const claude = createClaude({ provider: 'bedrock', region: 'us-west-2', credentials, modelId, baseUrl: service.url, timeoutMs: 5000 });
    expect(await claude.complete(REQUEST, unhurried())).toMatchObject({ kind: 'json', value: answer({}) });
    const [seen] = service.seen;
    expect(decodeURIComponent(seen?.path ?? '')).toBe(`/model/${modelId}/invoke`);
    expect(seen?.headers.authorization).toContain('Credential=AKIATEST/');
    expect(seen?.headers.authorization).toContain('/us-west-2/bedrock/aws4_request');
    expect(seen?.body['anthropic_version']).toBe(version);
    expect(seen?.body['model']).toBeUndefined();
  });
});

test('a refused connection is told as data, and cost nothing', async () => {
  const reply = await claudeAt('http://127.0.0.1:2', 3000).complete(REQUEST, unhurried());
  expect(reply).toMatchObject({ kind: 'failed', failure: 'unreachable', costMicros: 0 });
});
