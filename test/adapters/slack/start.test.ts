import { expect, it } from 'vitest';
import { OPTIONAL_SCOPES, SCOPES } from '#adapters/slack/scopes.ts';
import { createSlackPlatform } from '#adapters/slack/platform.ts';
import { deskOf } from '../desk.ts';
import { openSlackHouse } from './house.ts';
import { HTTP_MANIFEST, SOCKET_MANIFEST } from './manifests.ts';
import { parseManifest } from '#test/emulators/slack/manifest.ts';

const nobody = deskOf(() => Promise.reject(new Error('nobody asks')));

it('says in one line each which scope is missing, and starts', async () => {
  await using house = await openSlackHouse({ listens: false });
  house.slack.withoutScopes(['files:write', 'im:history']);
  await house.listen();
  const missing = house.lines.filter(({ event }) => event === 'slack-scope-missing').map(({ fields }) => fields['sentence']);
  expect(missing).toEqual([
    'The Slack app lacks the scope files:write, which is for sending pictures and clips. Add it in OAuth & Permissions and install the app again.',
    'The Slack app lacks the scope im:history, which is for direct messages and replies with a picture. Add it in OAuth & Permissions and install the app again.',
  ]);
});

it('says which optional scope it does without', async () => {
  await using house = await openSlackHouse({ listens: false });
  house.slack.withoutScopes(['channels:join']);
  await house.listen();
  expect(house.lines.filter(({ event }) => event.startsWith('slack-scope'))).toEqual([
    {
      event: 'slack-scope-optional',
      fields: {
        scope: 'channels:join',
        sentence:
          'The Slack app does without the scope channels:join, which is for going into public channels by itself. It is optional: everything else works.',
      },
    },
  ]);
});

it('does not start with a token that Slack does not take, and says which and why', async () => {
  await using house = await openSlackHouse({ listens: false });
  const { room, slack } = house;
  const withBot = createSlackPlatform({ ...room, slack: { ...room.slack, access: { kind: 'one-workspace', botToken: 'xoxb-wrong' } } });
  await expect(withBot.listen(nobody)).rejects.toMatchObject({ sentence: expect.stringMatching(/SLACK_BOT_TOKEN \(invalid_auth\)/) });
  const withApp = createSlackPlatform({ ...room, slack: { ...room.slack, connection: { kind: 'socket', appToken: slack.botToken() } } });
  await expect(withApp.listen(nobody)).rejects.toMatchObject({
    sentence: expect.stringMatching(/SLACK_APP_TOKEN \(not_allowed_token_type\)/),
  });
});

it('starts while Slack is away', async () => {
  await using house = await openSlackHouse({ listens: false });
  house.slack.fault({ method: 'auth.test', kind: 'http-500' });
  house.slack.fault({ method: 'apps.connections.open', kind: 'http-503-html', times: 2 });
  await house.listen();
  await house.slack.sockets.opened(2);
  expect(house.lines.map(({ event }) => event)).toContain('slack-unreachable');
  expect(await house.slack.person('lan').types('/imagine con mèo', { in: 'general' })).toMatchObject({ acknowledged: true });
  await house.settled();
});

it('leaves an event to be sent again while Slack cannot say whose it is', async () => {
  await using house = await openSlackHouse({ listens: false });
  house.slack.fault({ method: 'auth.test', kind: 'http-500', times: 2 });
  await house.listen();
  await house.slack.sockets.opened(2);
  const { deliveries } = await house.slack.person('lan').posts('@hoami con mèo', { in: 'general', lost: 'message' });
  expect(deliveries).toMatchObject([{ acknowledged: false }]);
  await expect.poll(() => [...house.painter.ends.values()], { timeout: 10_000 }).toEqual(['made']);
  await house.settled();
});

it('asks in both manifests for exactly the scopes that have a reason, and for the same commands and shortcuts', () => {
  for (const manifest of [SOCKET_MANIFEST, HTTP_MANIFEST].map(parseManifest)) {
    expect(manifest.oauth_config.scopes).toEqual({ bot: Object.keys(SCOPES), bot_optional: Object.keys(OPTIONAL_SCOPES) });
  }
  const [socket, http] = [SOCKET_MANIFEST, HTTP_MANIFEST].map(parseManifest);
  expect(http?.settings.event_subscriptions?.bot_events).toEqual(socket?.settings.event_subscriptions?.bot_events);
  const namesOf = (manifest: typeof http) => [
    manifest?.features.slash_commands?.map(({ command }) => command),
    manifest?.features.shortcuts?.map(({ name, callback_id: id }) => [name, id]),
  ];
  expect(namesOf(http)).toEqual(namesOf(socket));
  expect(namesOf(http)[0]).toEqual(['/imagine', '/edit', '/video', '/describe']);
});
