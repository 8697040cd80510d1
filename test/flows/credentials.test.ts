import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type House } from './house.ts';

const NOBODY = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '' };

let house: House;
beforeEach(async () => {
  house = await openHouse({ HOAMI_LANGUAGE: 'en' });
});
afterEach(async () => house.close());

async function paint(settings: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { out, err } = await house.shell(['imagine', 'một con rồng vàng', '--json', '--out', 'dragon.png'], settings);
  expect(err).toBe('');
  const result: unknown = JSON.parse(out);
  return typeof result === 'object' && result !== null ? { ...result } : {};
}

const claudeCalls = () => house.sandbox.calls().filter(({ path }) => path.includes('claude')).length;

describe('credentials', { timeout: 60_000 }, () => {
  it('in the environment make it use Bedrock, and Claude through Bedrock when there is no key of Anthropic’s', async () => {
    expect(await paint({ ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '' })).toMatchObject({
      ok: true,
      sandbox: false,
      enhancedBy: 'claude',
    });
    expect(house.sandbox.charges().calls).toHaveLength(1);
    expect(claudeCalls()).toBeGreaterThan(0);
  });

  it('in the files of the AWS tools are found as well', async () => {
    const { accessKeyId, secretAccessKey } = house.sandbox.credentials;
    await mkdir(join(house.directory, '.aws'));
    await writeFile(
      join(house.directory, '.aws', 'credentials'),
      `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
    );
    expect(await paint({ ...NOBODY })).toMatchObject({ ok: true, sandbox: false });
    expect(house.sandbox.charges().calls).toHaveLength(1);
  });

  it('may be a Bedrock API key', async () => {
    expect(await paint({ ...NOBODY, AWS_BEARER_TOKEN_BEDROCK: house.sandbox.bearerToken })).toMatchObject({
      ok: true,
      sandbox: false,
      enhancedBy: 'claude',
    });
    expect(house.sandbox.charges().calls).toHaveLength(1);
  });

  it('that are not there mean the sandbox, and the real services are left alone', async () => {
    expect(await paint({ ...NOBODY, HOAMI_SANDBOX_MODEL_MS: '0' })).toMatchObject({ ok: true, sandbox: true });
    expect(house.sandbox.calls()).toEqual([]);
  });

  it('that are blank are credentials that are not there', async () => {
    expect(await paint({ ...NOBODY, AWS_BEARER_TOKEN_BEDROCK: '', AWS_PROFILE: ' ', HOAMI_SANDBOX_MODEL_MS: '0' })).toMatchObject({
      sandbox: true,
    });
  });

  it('keep the real ledger and pictures apart from the sandbox’s, in folders that are the owner’s alone', async () => {
    const data = house.environment['HOAMI_DATA_DIR'] ?? '';
    await paint({ ...NOBODY, HOAMI_SANDBOX_MODEL_MS: '0' });
    expect([existsSync(join(data, 'ledger.sqlite')), existsSync(join(data, 'blobs'))]).toEqual([false, false]);
    expect([existsSync(join(data, 'sandbox', 'ledger.sqlite')), existsSync(join(data, 'sandbox', 'blobs'))]).toEqual([true, true]);
    await paint({});
    expect([existsSync(join(data, 'ledger.sqlite')), existsSync(join(data, 'blobs'))]).toEqual([true, true]);
    const modes = await Promise.all(
      [data, join(data, 'sandbox'), join(data, 'ledger.sqlite')].map(async (path) => (await stat(path)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it.each([
    ['REDIS_URL', 'src/main/worker.ts', { REDIS_URL: 'redis://127.0.0.1:1' }],
    ['REDIS_URL, DATABASE_URL', 'src/main/all.ts', { REDIS_URL: 'redis://127.0.0.1:1', DATABASE_URL: 'postgres://127.0.0.1:1/hoami' }],
    ['S3_BUCKET', 'src/main/all.ts', { S3_BUCKET: 'pictures' }],
  ])('that are not there where there is %s are a mistake, and nobody is served drawings', async (names, program, settings) => {
    const { code, err } = await house.start(program, [], { ...NOBODY, ...settings }).ended;
    expect(code).toBe(2);
    expect(err).toContain(`  HOAMI_SANDBOX is auto and no AWS credentials were found, but there is ${names}: set credentials`);
  });

  it('of somebody’s stay with the real service when the sandbox is asked for', async () => {
    expect(await paint({ HOAMI_SANDBOX: 'on', AWS_BEARER_TOKEN_BEDROCK: 'secret', HOAMI_SANDBOX_MODEL_MS: '0' })).toMatchObject({
      sandbox: true,
      enhancedBy: 'claude',
    });
    expect(house.sandbox.calls()).toEqual([]);
  });

  it('that are missing where the sandbox is forbidden are an error that names the variable', async () => {
    const { code, err } = await house.shell(['imagine', 'a cat'], { ...NOBODY, HOAMI_SANDBOX: 'off', AWS_EC2_METADATA_DISABLED: 'true' });
    expect([code, err]).toEqual([2, expect.stringMatching(/^ {2}HOAMI_SANDBOX is off, but no AWS credentials were found$/m)]);
  });

  it('that AWS does not accept are told in a sentence, once, and nothing is charged', async () => {
    const { code, err } = await house.shell(['imagine', 'a cat'], { AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect([code, err]).toEqual([1, expect.stringContaining('is not allowed to use Stable Diffusion 3.5 Large')]);
    expect(house.sandbox.charges().totalMicros).toBe(0);
  });

  it('serve S3 too: pictures are kept in the bucket and not on the disk', async () => {
    expect(await paint({ S3_BUCKET: 'sandbox', S3_ENDPOINT: house.sandbox.url })).toMatchObject({ ok: true });
    expect(existsSync(join(house.directory, 'dragon.png'))).toBe(true);
    expect(existsSync(join(house.directory, 'data', 'blobs'))).toBe(false);
    expect(
      house.sandbox
        .calls()
        .filter(({ service }) => service === 's3')
        .map(({ method }) => method),
    ).toEqual(expect.arrayContaining(['PUT', 'GET']));
  });
});
