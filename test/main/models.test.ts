import { describe, expect, it } from 'vitest';
import { openModels } from '#src/main/models.ts';
import { startFollowing } from '#src/main/kept-states.ts';
import { startWatching } from '#src/main/watching.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createMemoryCabinet } from '#test/adapters/web/room.ts';
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
    const cabinet = createMemoryCabinet();
    const models = openModels({ formerModels: ['titan-v2'] }, log);
    const { region, url: endpoint, credentials } = sandbox;
    const stop = startWatching(models, { bedrock: { region, endpoint, credentials } }, cabinet, log);
    await expect.poll(() => statusOf(models, 'titan-v2'), { timeout: 15_000 }).toBe('retired');
    expect(statusOf(models, 'core')).toBe('active');
    await stop();
    // A gateway, which has no credentials, hears of it as well.
    const elsewhere = openModels({ formerModels: ['titan-v2'] }, log);
    const stopFollowing = startFollowing(elsewhere, cabinet);
    await expect.poll(() => statusOf(elsewhere, 'titan-v2')).toBe('retired');
    await stopFollowing();
    await sandbox.stop();
  });
});
