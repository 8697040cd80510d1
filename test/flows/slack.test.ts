import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { openHouse, type House, type Running } from './house.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');
const LONG = { timeout: 60_000, interval: 100 };

const settingsFor = (slack: SlackEmulator): Record<string, string> => ({
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: slack.botToken(),
  SLACK_APP_TOKEN: slack.appToken,
  HOAMI_LOG_LEVEL: 'info',
  HOAMI_LANGUAGE: 'en',
});

/** Messages of the bot with pictures in them. */
const answers = ({ parts }: SlackEmulator): Message[] =>
  parts.messages.all().filter(({ botId, fileIds }) => botId !== undefined && fileIds.length > 0);

/** Nothing that Slack gave out for nobody's eyes is in what the programs said. */
async function expectNoSecrets(slack: SlackEmulator, programs: readonly Running[]): Promise<void> {
  for (const { child } of programs) child.kill('SIGTERM');
  const said = await Promise.all(programs.map(async ({ ended }) => ended));
  const text = said.map(({ out, err }) => out + err).join('\n');
  for (const secret of slack.parts.tokens.secrets()) expect(text).not.toContain(secret);
  expect(text).not.toContain('con mèo đội nón lá');
}

let slack: SlackEmulator;
beforeEach(async () => {
  slack = await openSlackEmulator({ manifest: SOCKET_MANIFEST });
});
afterEach(async () => {
  await slack.close();
});

describe('one process, connected to Slack', { timeout: 120_000 }, () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse(settingsFor(slack));
  });
  afterEach(async () => house.close());

  it('paints for Lan in Vietnamese and for Sam in English: asked, transformed in the thread, again, deleted', async () => {
    const server = house.start('src/main/all.ts');
    expect(await server.said('For real use')).toContain('Slack       connected');
    await slack.sockets.opened(2);
    const [lan, sam] = [slack.person('lan'), slack.person('sam')];

    await lan.types('/imagine con mèo đội nón lá --ar 16:9', { in: 'general' });
    await expect.poll(() => answers(slack).length, LONG).toBe(1);
    await expect.poll(() => slack.channel('general').text(), LONG).toContain('Xong rồi');
    const [root] = slack.channel('general').messages();
    const [first] = answers(slack);
    const file = slack.files.get(first?.fileIds[0] ?? '');
    expect([file?.mimetype, file?.width, first?.threadTs]).toEqual(['image/png', expect.any(Number), root?.ts]);

    await lan.posts('@hoami thêm trăng tròn', { in: 'general', ...(root === undefined ? {} : { thread: root }) });
    await expect.poll(() => answers(slack).length, LONG).toBe(2);
    // At once, while the request is just about to end.
    expect(await lan.presses('Vẽ lại')).toMatchObject({ acknowledged: true });
    await expect.poll(() => answers(slack).length, LONG).toBe(3);

    await sam.types('/imagine a red boat at sunrise', { in: 'studio' });
    await expect.poll(() => answers(slack).length, LONG).toBe(4);
    await expect.poll(() => slack.channel('studio').text(), LONG).toContain('Done');
    await sam.presses('Delete');
    await expect.poll(() => slack.channel('studio').text(), LONG).toContain('deleted, as asked');
    expect(slack.channel('studio').text()).not.toContain('red boat');
    expect(slack.violations).toEqual([]);
    await expectNoSecrets(slack, [server]);
  });

  it('says at the start which token is wrong, and leaves', async () => {
    const { code, err } = await house.start('src/main/all.ts', [], { SLACK_BOT_TOKEN: 'xoxb-wrong' }).ended;
    expect([code, err]).toEqual([2, expect.stringContaining('Slack does not take SLACK_BOT_TOKEN (invalid_auth)')]);
  });

  it('is killed and started again at any moment, and answers everything once', async () => {
    const lan = slack.person('lan');
    let server = house.start('src/main/all.ts');
    await server.said('For real use');
    await slack.sockets.opened(2);
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 400, times: 100 }]);
    for (let at = 0; at < 4; at += 1) {
      expect(await lan.types(`/imagine con mèo số ${at}`, { in: 'general' })).toMatchObject({ acknowledged: true });
      await new Promise((resolve) => setTimeout(resolve, 150 * at));
      server.child.kill('SIGKILL');
      await server.ended;
      server = house.start('src/main/all.ts');
      await server.said('For real use');
      await slack.sockets.opened(2);
    }
    // A picture, or, of one that was killed twice while it was painted, the sentence that says so.
    const ends = (): number =>
      answers(slack).length +
      (slack
        .channel('general')
        .text()
        .match(/bị gián đoạn hai lần/g)?.length ?? 0);
    await expect.poll(ends, LONG).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(ends()).toBe(4);
    expect(slack.violations).toEqual([]);
  });
});

const BUCKET = 'clips-of-the-server';

describe('one process that makes clips', { timeout: 120_000 }, () => {
  let house: House;
  beforeEach(async () => {
    const clips = { timeMs: 200, atOnce: 2, scale: 0.125, framesPerSecond: 2 };
    house = await openHouse({ ...settingsFor(slack), S3_BUCKET: BUCKET }, { buckets: [BUCKET], clips });
  });
  afterEach(async () => house.close());

  it('puts a picture into words, changes it as it is told to, and makes it move after a yes that comes after a restart', async () => {
    let server = house.start('src/main/all.ts', [], { S3_ENDPOINT: house.sandbox.url });
    await server.said('For real use');
    await slack.sockets.opened(2);
    const lan = slack.person('lan');
    const { message: thread } = await lan.posts('@hoami con mèo đội nón lá', { in: 'general' });
    await expect.poll(() => answers(slack).length, LONG).toBe(1);
    await lan.posts('@hoami mô tả ảnh', { in: 'general', thread });
    await expect.poll(() => slack.channel('general').text(), LONG).toContain('Muốn có ảnh giống vậy, bạn thử:');
    await lan.posts('@hoami xoá phông', { in: 'general', thread });
    await expect.poll(() => answers(slack).length, LONG).toBe(2);
    await lan.presses('Cho chuyển động');
    await expect.poll(() => slack.channel('general').text('lan'), LONG).toContain('Cái này giá 3,75 US$.');
    server.child.kill('SIGTERM');
    await server.ended;
    server = house.start('src/main/all.ts', [], { S3_ENDPOINT: house.sandbox.url });
    await server.said('For real use');
    await slack.sockets.opened(2);
    await lan.presses('Làm, giá 3,75 US$');
    await expect.poll(() => answers(slack).length, LONG).toBe(3);
    const [, , clip] = answers(slack);
    const file = slack.files.get(clip?.fileIds[0] ?? '');
    expect([file?.mimetype, clip?.threadTs]).toEqual(['video/mp4', thread.ts]);
    await expect.poll(() => slack.channel('general').text(), LONG).not.toMatch(/Làm, giá|Đang/);
    expect(slack.violations).toEqual([]);
    await expectNoSecrets(slack, [server]);
  });
});

describe.skipIf(redisUrl === undefined || postgresUrl === undefined)('two gateways and two workers', { timeout: 120_000 }, () => {
  let database: FreshDatabase;
  let house: House;
  beforeEach(async () => {
    database = await freshDatabase(postgresUrl ?? '');
    house = await openHouse({ ...settingsFor(slack), DATABASE_URL: database.url, REDIS_URL: `${redisUrl ?? ''}/8` });
  });
  afterEach(async () => {
    await house.close();
    await database.drop();
  });

  it('answer each of many people once, whoever is killed', async () => {
    const workers = [house.start('src/main/worker.ts'), house.start('src/main/worker.ts')];
    const gateways = [house.start('src/main/gateway.ts'), house.start('src/main/gateway.ts')];
    await Promise.all(workers.map(async (worker) => worker.said('worker-ready')));
    await Promise.all(gateways.map(async (gateway) => gateway.said('gateway-ready')));
    await slack.sockets.opened(4);
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 700, times: 100 }]);
    const people = [slack.person('lan'), slack.person('sam')];
    const asked = Array.from({ length: 8 }, async (_, index) =>
      people[index % 2]?.posts(`@hoami a boat, number ${index}`, { in: 'general' }),
    );
    await Promise.all(asked);
    workers[0]?.child.kill('SIGKILL');
    gateways[0]?.child.kill('SIGKILL');
    await expect.poll(() => answers(slack).length, LONG).toBe(8);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(answers(slack)).toHaveLength(8);
    expect(slack.violations).toEqual([]);
    await expectNoSecrets(
      slack,
      [workers[1], gateways[1]].filter((program) => program !== undefined),
    );
  });
});
