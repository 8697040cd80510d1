import { describe, expect, it } from 'vitest';
import { offered, openModels } from '#src/main/models.ts';
import { startWatching } from '#src/main/watching.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';

const statusOf = (models: ReturnType<typeof openModels>, id: string): unknown =>
  models.cards.find((card) => card.id === id)?.lifecycle.status;

describe('the models of an installation', () => {
  it('are those of the catalogue, with the former ones that the operator keeps', () => {
    const log = createMemoryLog();
    const models = openModels({ formerModels: ['titan-v2', 'core', 'nobody'] }, log);
    expect([statusOf(models, 'titan-v2'), statusOf(models, 'titan-v1'), statusOf(models, 'core')]).toEqual(['legacy', 'retired', 'active']);
    expect(log.lines).toMatchObject([{ event: 'former-models-unknown', fields: { models: 'core, nobody' } }]);
  });

  it('are offered unless they are gone or never were there', () => {
    const offers = offered(openModels({ formerModels: ['sdxl'] }, createMemoryLog()).cards).map(({ id }) => id);
    expect(offers).toEqual(expect.arrayContaining(['sd3.5-large', 'stable-outpaint', 'sdxl']));
    expect(offers).not.toEqual(expect.arrayContaining(['titan-v2']));
    expect(offers).not.toEqual(expect.arrayContaining(['sd1.5']));
  });

  it('make clips where the service can put them: in a bucket in its own region, and in the sandbox', () => {
    const s3 = { bucket: 'b', region: 'us-west-2', endpoint: undefined };
    const bedrock = { region: 'us-west-2', endpoint: undefined };
    const offers = (place: object): boolean =>
      openModels({ formerModels: [], bedrock, ...place }, createMemoryLog()).cards.some(({ tasks }) => tasks.includes('video'));
    expect(offers({ sandbox: 'on' })).toBe(true);
    expect(offers({ sandbox: 'off', s3 })).toBe(true);
    expect(offers({ sandbox: 'off', s3: { ...s3, region: 'eu-west-1' } })).toBe(false);
    expect(offers({ sandbox: 'off', s3: undefined })).toBe(false);
  });

  it('are asked after when the product starts: what has ended there has ended here', async () => {
    const sandbox = await startSandbox({ modelTimeMs: 0 });
    const log = createMemoryLog();
    const models = openModels({ formerModels: ['titan-v2'] }, log);
    const { region, url: endpoint, credentials } = sandbox;
    const stop = startWatching(models, { bedrock: { region, endpoint, credentials } }, log);
    await expect.poll(() => statusOf(models, 'titan-v2'), { timeout: 15_000 }).toBe('retired');
    expect(statusOf(models, 'core')).toBe('active');
    await stop();
    await sandbox.stop();
  });
});
