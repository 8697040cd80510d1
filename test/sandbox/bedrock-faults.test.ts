import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BEDROCK_TRIGGERS, FAULT_KINDS } from '#src/sandbox/fault-kinds.ts';
import type { FaultRule } from '#src/sandbox/faults.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, CORE, failureOf, http1, invoke, SD35, ULTRA, type Answer } from './clients.ts';

const started: Sandbox[] = [];
afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
});

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
  started.push(sandbox);
});

type BedrockRule = Extract<FaultRule, { service: 'bedrock' }>;
const spoil = (kind: BedrockRule['kind'], more: Partial<BedrockRule> = {}): void =>
  sandbox.addFaults([{ ...more, service: 'bedrock', kind }]);
const ask = (more: object = {}, model = SD35): Promise<Answer> =>
  invoke(bedrockClient(sandbox, { requestHandler: http1() }), model, { prompt: 'a cat', seed: 3, ...more });

describe('the bill', () => {
  it('has every picture with its price, its seed and its request', async () => {
    await ask();
    await ask({ seed: 4 }, ULTRA);
    await ask({ seed: 5 }, CORE);
    const { totalMicros, calls } = sandbox.charges();
    expect(totalMicros).toBe(260_000);
    expect(calls).toMatchObject([
      { modelId: SD35, seed: 3, priceMicros: 80_000 },
      { modelId: ULTRA, seed: 4, priceMicros: 140_000 },
      { modelId: CORE, seed: 5, priceMicros: 40_000 },
    ]);
    expect(calls.map(({ requestId }) => requestId)).toEqual(sandbox.calls().map(({ requestId }) => requestId));
  });

  it('has the picture of a client that hung up', async () => {
    spoil('slow', { delayMs: 60_000 });
    const controller = new AbortController();
    const client = bedrockClient(sandbox, { requestHandler: http1() });
    const call = failureOf(invoke(client, SD35, { prompt: 'a cat' }, controller.signal));
    await expect.poll(() => sandbox.charges().totalMicros).toBe(80_000);
    controller.abort();
    expect((await call).name).toBe('AbortError');
    expect(sandbox.charges().totalMicros).toBe(80_000);
  });

  it('shows what the retries of the SDK cost', async () => {
    spoil('server-error-500', { times: 2 });
    const client = bedrockClient(sandbox, { requestHandler: http1(), maxAttempts: 3 });
    expect(await invoke(client, SD35, { prompt: 'a cat', seed: 3 })).toMatchObject({ seeds: [3] });
    expect(sandbox.charges().totalMicros).toBe(3 * 80_000);
    expect(sandbox.calls().map(({ attempt }) => attempt)).toEqual(['attempt=1; max=3', 'attempt=2; max=3', 'attempt=3; max=3']);
  });
});

describe('a fault', () => {
  it.each([
    ['throttle', 'ThrottlingException', 429, 0],
    ['not-ready', 'ModelNotReadyException', 429, 0],
    ['quota-exceeded', 'ServiceQuotaExceededException', 400, 0],
    ['unavailable-503', 'ServiceUnavailableException', 503, 0],
    ['access-denied', 'AccessDeniedException', 403, 0],
    ['expired-token', 'ExpiredTokenException', 403, 0],
    ['end-of-life', 'ResourceNotFoundException', 404, 0],
    ['server-error-500', 'InternalServerException', 500, 80_000],
    ['timeout-408', 'ModelTimeoutException', 408, 80_000],
    ['model-error-424', 'ModelErrorException', 424, 80_000],
  ] as const)('%s is %s, and costs what it would', async (kind, name, status, totalMicros) => {
    spoil(kind);
    expect(await failureOf(ask())).toMatchObject({ name, status });
    expect(sandbox.charges().totalMicros).toBe(totalMicros);
  });

  it.each([
    ['filter-prompt', 'Filter reason: prompt', 0],
    ['filter-input', 'Filter reason: input image', 0],
    ['filter-output', 'Filter reason: output image', 80_000],
    ['inference-error', 'Inference error', 80_000],
  ] as const)('%s is a 200 with its reason and nothing else', async (kind, reason, totalMicros) => {
    spoil(kind);
    expect(await ask()).toEqual({ finish_reasons: [reason] });
    expect(sandbox.charges().totalMicros).toBe(totalMicros);
  });

  it('empty-images leaves the picture out', async () => {
    spoil('empty-images');
    expect(await ask()).toEqual({ seeds: [3], finish_reasons: [null], images: [] });
  });

  it('bad-base64 gives what cannot be decoded', async () => {
    spoil('bad-base64');
    expect((await ask()).images?.[0]).toMatch(/[^A-Za-z0-9+/=]/);
  });

  it('wrong-format gives a picture of another type than was asked for', async () => {
    spoil('wrong-format');
    const answer = await ask({ output_format: 'png' });
    expect((await sharp(Buffer.from(answer.images?.[0] ?? '', 'base64')).metadata()).format).toBe('jpeg');
  });

  it('truncated-json ends in the middle of a whole answer', async () => {
    spoil('truncated-json');
    expect(await failureOf(ask())).toMatchObject({ name: 'SyntaxError' });
  });

  it('html-503 is a page, not JSON', async () => {
    spoil('html-503');
    expect(await failureOf(ask())).toMatchObject({ name: 'SyntaxError' });
    expect(sandbox.charges().totalMicros).toBe(0);
  });

  describe.each([
    ['HTTP/1.1', () => bedrockClient(sandbox, { requestHandler: http1() })],
    ['HTTP/2', () => bedrockClient(sandbox)],
  ])('over %s', (_name, connect) => {
    it.each(['reset', 'close-midway'] as const)('%s breaks the connection after the picture was made', async (kind) => {
      spoil(kind);
      const failure = await failureOf(invoke(connect(), SD35, { prompt: 'a cat' }));
      expect(failure.status).not.toBe(200);
      expect(sandbox.charges().totalMicros).toBe(80_000);
    });

    it('a client that goes away in the middle of a picture does no harm', async () => {
      spoil('slow', { delayMs: 1000, times: 1 });
      const leaving = new AbortController();
      const left = failureOf(invoke(connect(), SD35, { prompt: 'a cat' }, leaving.signal));
      await expect.poll(() => sandbox.charges().calls.length, { timeout: 15_000 }).toBe(1);
      leaving.abort();
      await left;
      await expect.poll(() => sandbox.calls().at(-1)?.status, { timeout: 15_000 }).toBe(200);
      expect(await invoke(connect(), SD35, { prompt: 'a cat', seed: 3 })).toMatchObject({ seeds: [3] });
    });

    it.each(['hang', 'stall-midway'] as const)('%s never ends', async (kind) => {
      spoil(kind);
      const patience = AbortSignal.timeout(800);
      const given = new Promise((resolve) => {
        patience.addEventListener('abort', resolve);
      });
      // The SDK stops listening for the signal once it has the headers: then only our own patience ends.
      await Promise.race([given, failureOf(invoke(connect(), SD35, { prompt: 'a cat' }, patience))]);
      expect(patience.aborted).toBe(true);
      expect(sandbox.charges().totalMicros).toBe(80_000);
    });
  });
});

describe('a rule', () => {
  it('strikes as often as it says', async () => {
    spoil('throttle', { times: 2 });
    const outcomes = [await failureOf(ask()), await failureOf(ask()), await ask()];
    expect(outcomes).toMatchObject([{ status: 429 }, { status: 429 }, { seeds: [3] }]);
  });

  it('strikes only prompts that contain its words, and never an invalid call', async () => {
    spoil('throttle', { times: 1, whenPromptIncludes: 'dog' });
    expect(await ask()).toMatchObject({ seeds: [3] });
    expect(await failureOf(ask({ prompt: 'a dog', seed: -1 }))).toMatchObject({ status: 400 });
    expect(await failureOf(ask({ prompt: 'a dog' }))).toMatchObject({ status: 429 });
  });

  it.each([
    [0, 0],
    [1, 5],
  ])('of probability %d strikes %d of 5 calls', async (probability, struck) => {
    spoil('throttle', { probability });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => ask()));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(struck);
  });

  it('can be a limit of calls at the same time', async () => {
    spoil('throttle', { atMost: 2 });
    spoil('slow', { delayMs: 300 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => ask()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await ask()).toMatchObject({ seeds: [3] });
  });

  it('says when to come back', async () => {
    spoil('throttle', { retryAfterSeconds: 7 });
    const answer = await fetch(`${sandbox.url}/model/${encodeURIComponent(SD35)}/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.bearerToken}` },
      body: '{"prompt":"a cat"}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });
});

describe('a word in the prompt', () => {
  it('is there for every fault', () => {
    expect(BEDROCK_TRIGGERS.map(({ kind }) => kind)).toEqual(FAULT_KINDS.bedrock);
  });

  it('filters every time', async () => {
    const outcomes = [await ask({ prompt: 'a cat, sandbox-filter-prompt' }), await ask({ prompt: 'a cat, sandbox-filter-prompt' })];
    expect(outcomes).toEqual([{ finish_reasons: ['Filter reason: prompt'] }, { finish_reasons: ['Filter reason: prompt'] }]);
  });

  it('throttles twice and then lets the picture be made', async () => {
    const prompt = 'a cat, Sandbox-Throttle';
    const outcomes = [await failureOf(ask({ prompt })), await failureOf(ask({ prompt })), await ask({ prompt })];
    expect(outcomes).toMatchObject([{ status: 429 }, { status: 429 }, { seeds: [3] }]);
  });
});
