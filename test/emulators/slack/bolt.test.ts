import type { Server } from 'node:http';
import { App, LogLevel, type Installation } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { freePort } from '#test/setup/server.ts';
import { openSlackEmulator, type SlackEmulator } from './emulator.ts';
import { sampleManifest } from './sample-manifest.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };

/** A bot as tutorials write it, with the vendor's SDK, against the emulator. */
async function openBot(slack: SlackEmulator, mode: 'socket' | 'http') {
  const socket = mode === 'socket' ? { appToken: slack.appToken, socketMode: true } : {};
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const app = new App({
    token: slack.botToken(),
    signingSecret: slack.signingSecret,
    ...socket,
    clientOptions,
    convoStore: false,
    logger: silent,
  });
  return {
    app,
    async start() {
      const started: unknown = await app.start(0);
      if (mode === 'socket') return slack.sockets.opened();
      const address = isServer(started) ? started.address() : null;
      if (address === null || typeof address === 'string') throw new Error('the bot has no port');
      slack.listensAt(`http://127.0.0.1:${address.port}/slack/events`);
    },
  };
}

const isServer = (value: unknown): value is Server => typeof value === 'object' && value !== null && 'address' in value;

it('the vendor’s own SDK installs the app in a workspace, keeps its token and works there', async () => {
  const teams = [{ name: 'moi', people: [{ name: 'mai' }], channels: [{ name: 'lobby' }], hasApp: false }];
  await using slack = await openSlackEmulator({ manifest: sampleManifest('http'), teams });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const kept = new Map<string, Installation>();
  const app = new App({
    signingSecret: slack.signingSecret,
    clientId: slack.clientId,
    clientSecret: slack.clientSecret,
    stateSecret: 'a secret of the product',
    scopes: ['commands', 'chat:write'],
    redirectUri: `${origin}/slack/oauth_redirect`,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    installerOptions: { authorizationUrl: slack.authorizationUrl, redirectUriPath: '/slack/oauth_redirect' },
    installationStore: {
      storeInstallation: async (installation) => void kept.set(installation.team?.id ?? '', installation),
      fetchInstallation: async ({ teamId }) => kept.get(teamId ?? '') ?? Promise.reject(new Error('not installed')),
    },
    convoStore: false,
    logger: silent,
  });
  app.command('/imagine', async ({ ack }) => ack('ok'));
  await app.start(port);
  slack.listensAt(`${origin}/slack/events`);
  const page = await slack.installs('mai', `${origin}/slack/install`);
  expect(page.status).toBe(200);
  expect([...kept.values()]).toMatchObject([{ team: { name: 'moi' }, bot: { token: slack.botToken('moi') } }]);
  expect(await slack.person('mai').types('/imagine a cat', { in: 'lobby' })).toMatchObject({ shown: 'ok' });
  expect(slack.violations).toEqual([]);
  await app.stop();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });

describe.each(['socket', 'http'] as const)('the vendor’s own SDK in %s mode', (mode) => {
  it('takes a command, posts a thread with a picture, opens a modal from its button and reads it', async () => {
    await using slack = await openSlackEmulator({ manifest: sampleManifest(mode), shareDelayMs: 0, processingDelayMs: 0 });
    const { app, start } = await openBot(slack, mode);
    const delivered = Promise.withResolvers<void>();
    const submitted: unknown[] = [];
    app.command('/imagine', async ({ ack, say, command, client }) => {
      await ack('ok');
      const channel = command.channel_id;
      const { ts = '' } = await say({ text: 'Painting', metadata: { event_type: 'job', event_payload: { id: 1 } } });
      await client.assistant.threads.setStatus({
        channel_id: channel,
        thread_ts: ts,
        status: 'is painting',
        loading_messages: ['one', 'two'],
      });
      const elements = [{ type: 'button' as const, text: plain('Again'), action_id: 'again', value: 'job' }];
      const blocks = [
        { type: 'section' as const, text: plain('A cat') },
        { type: 'actions' as const, elements },
      ];
      await client.filesUploadV2({
        channel_id: channel,
        thread_ts: ts,
        file: Buffer.from('bytes'),
        filename: 'cat.png',
        title: 'Cat',
        blocks,
      });
      delivered.resolve();
    });
    app.action('again', async ({ ack, body, client }) => {
      await ack();
      const element = { type: 'plain_text_input' as const, action_id: 'words', initial_value: 'a cat' };
      const blocks = [{ type: 'input' as const, block_id: 'prompt', label: plain('Prompt'), element }];
      const view = { type: 'modal' as const, callback_id: 'edit', title: plain('Again'), submit: plain('Go'), blocks };
      if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view('edit', async ({ ack, view }) => {
      submitted.push(view.state.values['prompt']?.['words']?.value);
      await ack({ response_action: 'errors', errors: { prompt: 'Too short' } });
    });
    await start();

    const lan = slack.person('lan');
    expect(await lan.types('/imagine a cat', { in: 'general' })).toMatchObject({ acknowledged: true, shown: 'ok' });
    await delivered.promise;
    await lan.presses('Again');
    await expect.poll(() => slack.modalText('lan')).toBe('== Again ==\nPrompt: a cat\n[Go]');
    await lan.submits({ Prompt: 'cat' });
    expect(submitted).toEqual(['cat']);
    expect(slack.modalText('lan')).toContain('! prompt: Too short');
    expect(slack.channel('general').text('sam')).toBe(
      ['#general', 'hoami: Painting', '  ↳ hoami: A cat', '      [Again]', '      (file cat.png “Cat”)'].join('\n'),
    );
    expect(slack.violations).toEqual([]);
    await app.stop();
  });

  it('hears a post that mentions it twice, as two events of one message, and answers a shortcut through its response_url', async () => {
    await using slack = await openSlackEmulator({ manifest: sampleManifest(mode) });
    const { app, start } = await openBot(slack, mode);
    const heard: string[] = [];
    app.event('app_mention', async ({ event, body }) => void heard.push(`mention ${event.ts} ${body.event_id}`));
    app.message(async ({ message, body }) => void heard.push(`message ${message.ts} ${body.event_id}`));
    app.shortcut('transform', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Only for you' });
    });
    await start();

    const lan = slack.person('lan');
    const { message, deliveries } = await lan.posts('@hoami make it red', {
      in: 'general',
      files: [{ name: 'a.png', bytes: Buffer.from('x') }],
    });
    expect(deliveries.map(({ acknowledged }) => acknowledged)).toEqual([true, true]);
    await expect.poll(() => heard.length).toBe(2);
    expect(new Set(heard.map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(
      new Set([`mention ${message.ts}`, `message ${message.ts}`]),
    );
    expect(new Set(heard.map((line) => line.split(' ')[2])).size).toBe(2);
    await lan.usesShortcut('Transform this image', message);
    await expect.poll(() => slack.channel('general').text()).toContain('hoami (only lan sees this): Only for you');
    expect(slack.violations).toEqual([]);
    await app.stop();
  });
});
