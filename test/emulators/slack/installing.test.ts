import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openSlackEmulator, type SlackEmulator } from './emulator.ts';
import { isObject, type JsonObject } from './json.ts';
import { sampleManifest } from './sample-manifest.ts';

const NEW_TEAM = { name: 'moi', people: [{ name: 'mai', isAdmin: true }], channels: [{ name: 'lobby' }], hasApp: false };
const OLD_TEAM = { name: 'nha', people: [{ name: 'lan' }], channels: [{ name: 'general' }] };

async function exchange(slack: SlackEmulator, fields: { readonly [name: string]: string }): Promise<JsonObject> {
  const credentials = { client_id: slack.clientId, client_secret: slack.clientSecret };
  const body = new URLSearchParams({ ...credentials, ...fields }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer: unknown = await (await fetch(`${slack.apiUrl}oauth.v2.access`, { method: 'POST', headers, body })).json();
  return isObject(answer) ? answer : {};
}

/** A product with an install page that sends the browser to Slack, and a page to come back to that exchanges the code. */
async function withPages(changes: JsonObject = {}, scope = 'commands,chat:write') {
  const slack = await openSlackEmulator({ manifest: sampleManifest('socket', changes), teams: [OLD_TEAM, NEW_TEAM], clockRuns: false });
  const granted: JsonObject[] = [];
  const server = createServer((request, response) => void serve(request.url ?? '', response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const redirectUri = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/back` : '';

  async function serve(path: string, response: ServerResponse): Promise<void> {
    const url = new URL(path, redirectUri);
    if (url.pathname === '/install') {
      const query = new URLSearchParams({ client_id: slack.clientId, scope, redirect_uri: redirectUri, state: 's1' });
      const location = `${slack.authorizationUrl}?${query.toString()}`;
      response.writeHead(302, { location, 'set-cookie': 'state=s1; HttpOnly' }).end();
      return;
    }
    granted.push(await exchange(slack, { code: url.searchParams.get('code') ?? '', redirect_uri: redirectUri }));
    response.end(`${url.searchParams.get('state')} ${response.req.headers.cookie}`);
  }

  return {
    slack,
    granted,
    page: redirectUri.replace('/back', '/install'),
    redirectUri,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await slack.close();
    },
  };
}

describe('an install', () => {
  it('goes through the product’s page, Slack’s page and back, and ends with a token of that workspace alone', async () => {
    await using pages = await withPages();
    const { slack, granted } = pages;
    const last = await slack.installs('mai', pages.page, 'moi');
    expect(await last.text()).toBe('s1 state=s1');
    const [grant] = granted;
    expect(grant).toMatchObject({ ok: true, token_type: 'bot', scope: 'commands,chat:write', team: { name: 'moi' } });
    const headers = { authorization: `Bearer ${String(grant?.['access_token'])}`, 'content-type': 'application/x-www-form-urlencoded' };
    const who: unknown = await (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers })).json();
    expect(who).toMatchObject({ ok: true, team: 'moi', bot_id: slack.team('moi').app?.botId });
    expect(slack.team('moi').app?.botId).not.toBe(slack.team('nha').app?.botId);
    expect(slack.violations).toEqual([]);
  });

  it('cannot ask for what is not in the manifest', async () => {
    await using pages = await withPages({}, 'commands,admin');
    await expect(pages.slack.installs('mai', pages.page, 'moi')).rejects.toThrow('not in the manifest: admin');
  });

  it('spends its code once, with the same way back, by the right app', async () => {
    await using pages = await withPages();
    const { slack, redirectUri } = pages;
    const newCode = () => {
      const url = new URL(slack.authorizationUrl);
      url.search = new URLSearchParams({ client_id: slack.clientId, scope: 'commands', redirect_uri: redirectUri }).toString();
      const back = slack.parts.installs.consent(url, slack.team('moi'), slack.person('mai').id);
      return new URL(back).searchParams.get('code') ?? '';
    };
    const code = newCode();
    expect(await exchange(slack, { code, redirect_uri: redirectUri, client_secret: 'wrong' })).toMatchObject({
      error: 'bad_client_secret',
    });
    expect(await exchange(slack, { code, redirect_uri: redirectUri })).toMatchObject({ ok: true });
    expect(await exchange(slack, { code, redirect_uri: redirectUri })).toMatchObject({ error: 'invalid_code' });
    expect(await exchange(slack, { code: newCode(), redirect_uri: 'http://elsewhere.example' })).toMatchObject({
      error: 'bad_redirect_uri',
    });
    const late = newCode();
    slack.clock.advance(10 * 60_000);
    expect(await exchange(slack, { code: late, redirect_uri: redirectUri })).toMatchObject({ error: 'invalid_code' });
  });

  it('with rotation gives a token for twelve hours and what buys the next one, once', async () => {
    await using pages = await withPages({ settings: { token_rotation_enabled: true } });
    const { slack, granted } = pages;
    await slack.installs('mai', pages.page, 'moi');
    expect(granted[0]).toMatchObject({ expires_in: 43_200 });
    slack.clock.advance(12 * 60 * 60_000);
    const authorization = (token: unknown) => ({
      authorization: `Bearer ${String(token)}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    const test = async (token: unknown): Promise<unknown> =>
      (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers: authorization(token) })).json();
    expect(await test(granted[0]?.['access_token'])).toMatchObject({ error: 'token_expired' });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(granted[0]?.['refresh_token']) };
    const next = await exchange(slack, refresh);
    expect(await test(next['access_token'])).toMatchObject({ ok: true, team: 'moi' });
    expect(await exchange(slack, refresh)).toMatchObject({ error: 'invalid_refresh_token' });
  });
});

describe('a manifest', () => {
  it.each<[name: string, changes: JsonObject]>([
    ['a name that is too long', { display_information: { name: 'x'.repeat(36) } }],
    ['a member that there is not', { settings: { sockets: true } }],
    ['a command with a space', { features: { slash_commands: [{ command: '/imagine this', description: 'x' }] } }],
    ['no address for a command in HTTP mode', { settings: { socket_mode_enabled: false } }],
  ])('is refused with %s', async (_name, changes) => {
    await expect(openSlackEmulator({ manifest: sampleManifest('socket', changes) })).rejects.toThrow(/./);
  });
});
