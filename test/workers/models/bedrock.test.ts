import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '#src/core/log.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { describeImageModel, type ModelPlace } from '#test/contracts/image-model.ts';
import { createBedrock, createImageModel, findCredentials, type BedrockOptions } from '#workers/models/bedrock.ts';
import { stableDiffusion35Large } from '#workers/models/stable-diffusion-35-large.ts';
import { stableImageCore } from '#workers/models/stable-image-core.ts';
import { stableDiffusionXl } from '#workers/models/stable-diffusion-xl.ts';
import { stableImageUltra } from '#workers/models/stable-image-ultra.ts';
import type { ImageModelSpec } from '#workers/models/spec.ts';
import { titanImageGeneratorV2 } from '#workers/models/titan-image-generator-v2.ts';
import { input } from './inputs.ts';

function listeningLog(): { log: Log; text: () => string } {
  const lines: string[] = [];
  const write = (event: string, fields = {}, error?: unknown): void => {
    lines.push(`${event} ${JSON.stringify(fields)} ${error instanceof Error ? error.stack : ''}`);
  };
  return { log: { info: write, warn: write, error: write }, text: () => lines.join('\n') };
}

const bedrockOf = (sandbox: Sandbox, changes: Partial<BedrockOptions> = {}) =>
  createBedrock({
    region: sandbox.region,
    endpoint: sandbox.url,
    credentials: sandbox.credentials,
    log: listeningLog().log,
    ...changes,
  });

async function openPlace(spec: ImageModelSpec, timeoutMs: number): Promise<ModelPlace> {
  const sandbox = await startSandbox({ modelTimeMs: 0, revived: [spec.card.bedrockId] });
  const { log, text } = listeningLog();
  const bedrock = bedrockOf(sandbox, { timeoutMs, log });
  return {
    model: createImageModel(spec, bedrock),
    spoil: (kind, retryAfterSeconds) => sandbox.addFaults([{ service: 'bedrock', kind, retryAfterSeconds }]),
    calls: () => sandbox.calls().length,
    logged: text,
    async close() {
      bedrock.close();
      await sandbox.stop();
    },
  };
}

/** One of each family: what goes wrong at the service goes wrong alike for all of them. */
for (const spec of [stableDiffusion35Large, stableImageUltra, stableImageCore])
  describeImageModel(spec.card.label, (timeoutMs) => openPlace(spec, timeoutMs));

/** Those of the former families say it otherwise: what was kept back is not told apart, and the words have another name. */
describeImageModel(titanImageGeneratorV2.card.label, (timeoutMs) => openPlace(titanImageGeneratorV2, timeoutMs), {
  words: 'text',
  filtered: 'filtered-output',
  painting: 'no',
});
describeImageModel(stableDiffusionXl.card.label, (timeoutMs) => openPlace(stableDiffusionXl, timeoutMs), {
  words: 'text',
  filtered: 'filtered-output',
  painting: 'unknown',
});

const never = new AbortController().signal;

describe('calls to the service', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ modelTimeMs: 100 });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await sandbox.stop();
  });

  it('are one attempt each, as JSON both ways, whatever the environment says about retries', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '5');
    sandbox.addFaults([{ service: 'bedrock', kind: 'server-error-500', times: 1 }]);
    const model = createImageModel(stableImageCore, bedrockOf(sandbox));
    await expect(model.generate(input(), never)).rejects.toThrow(/InternalServerException, 500/);
    expect(sandbox.calls().map(({ attempt }) => attempt)).toEqual(['attempt=1; max=1']);
    expect(sandbox.charges().totalMicros).toBe(40_000);
  });

  it('wait their turn when there are too many at once, and none of them is lost', async () => {
    sandbox.addFaults([{ service: 'bedrock', kind: 'throttle', atMost: 2 }]);
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { connections: 2 }));
    const made = await Promise.all([1, 2, 3, 4, 5].map((seed) => model.generate(input({ seed }), never)));
    expect(made.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5]);
  });

  it('that wait their turn end as not begun when the job is given up', async () => {
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { connections: 1 }));
    const giving = new AbortController();
    const first = model.generate(input(), never);
    const second = model.generate(input({ seed: 2 }), giving.signal);
    giving.abort();
    await expect(second).rejects.toMatchObject({ reason: 'stopping', waitMs: 0 });
    await first;
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('are signed with the keys that were given, even when the environment has an API key', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'a-real-key-that-must-not-leave');
    const model = createImageModel(stableImageCore, bedrockOf(sandbox));
    expect((await model.generate(input(), never)).seed).toBe(42);
  });

  it('carry the API key of the environment when no keys were given', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', sandbox.bearerToken);
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { credentials: undefined }));
    expect((await model.generate(input(), never)).seed).toBe(42);
  });

  it('are refused for the person with wrong keys, and with none', async () => {
    const wrong = createImageModel(
      stableImageCore,
      bedrockOf(sandbox, { credentials: { accessKeyId: 'AKIAWRONG', secretAccessKey: 'no' } }),
    );
    await expect(wrong.generate(input(), never)).rejects.toMatchObject({
      code: 'credentials-rejected',
      details: { model: 'Stable Image Core' },
    });
    stubNoCredentials();
    const none = createImageModel(stableImageCore, bedrockOf(sandbox, { credentials: undefined }));
    await expect(none.generate(input(), never)).rejects.toMatchObject({ code: 'credentials-rejected' });
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('never leave with a picture that is too heavy for the service', async () => {
    const model = createImageModel(stableDiffusion35Large, bedrockOf(sandbox));
    const image = { bytes: new Uint8Array(19_000_000), type: 'image/jpeg' } as const;
    await expect(model.generate(input({ task: 'transform', image }), never)).rejects.toMatchObject({ code: 'picture-too-heavy' });
    expect(sandbox.calls()).toHaveLength(0);
  });

  it('made nothing when nobody listens at the address', async () => {
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { endpoint: `http://127.0.0.1:${await freePort()}` }));
    await expect(model.generate(input(), never)).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('made nothing when the address has no machine', async () => {
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { endpoint: 'http://nobody.invalid' }));
    await expect(model.generate(input(), never)).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('made nothing when the other side does not speak the same protocol of security', async () => {
    const model = createImageModel(stableImageCore, bedrockOf(sandbox, { endpoint: sandbox.url.replace('http:', 'https:') }));
    await expect(model.generate(input(), never)).rejects.toThrow(/no certain answer|try later/);
    expect(sandbox.charges().totalMicros).toBe(0);
  });
});

describe('credentials', () => {
  beforeEach(stubNoCredentials);
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('are not found where there are none', async () => {
    expect(await findCredentials('us-west-2')).toBe(false);
  });

  it('are found as keys', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    expect(await findCredentials('us-west-2')).toBe(true);
  });

  it('are found as a Bedrock API key', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'example');
    expect(await findCredentials('us-west-2')).toBe(true);
  });
});

function stubNoCredentials(): void {
  const places = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_BEARER_TOKEN_BEDROCK', 'AWS_WEB_IDENTITY_TOKEN_FILE'];
  for (const name of places) vi.stubEnv(name, undefined);
  for (const name of ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
