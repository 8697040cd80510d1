import { describe, expect, it } from 'vitest';
import { checkBefore } from '#adapters/slack/check.ts';
import { createInstallations } from '#adapters/slack/installations.ts';
import { createOffice } from '#adapters/slack/office.ts';
import { createVault } from '#adapters/slack/vault.ts';
import { jsonSchema } from '#src/core/request.ts';
import { openSlackHouse, SECRET, type SlackHouse } from './house.ts';
import { install, openTown } from './town.ts';

describe('many workspaces', () => {
  it('install the app, ask side by side, and keep no token in the open', async () => {
    await using house = await openTown();
    const { slack } = house;
    expect((await install(house, 'lan', 'nha')).status).toBe(200);
    expect((await install(house, 'tam', 'xom')).status).toBe(200);
    for (const [person, team] of [
      ['lan', 'nha'],
      ['tam', 'xom'],
    ] as const) {
      const actor = slack.person(person);
      actor.invitesBot(`${team}-chung`);
      expect(await actor.types('/imagine con mèo', { in: `${team}-chung` })).toMatchObject({ acknowledged: true });
    }
    await house.settled();
    for (const team of ['nha', 'xom']) expect(slack.channel(`${team}-chung`, team).text()).toContain('ai-abcd2345');
    const kept = JSON.stringify(await house.store.cabinet.list('slack-installations'));
    for (const secret of slack.parts.tokens.secrets()) {
      expect(kept).not.toContain(secret);
      expect(JSON.stringify(house.lines)).not.toContain(secret);
    }
    expect(slack.violations).toEqual([]);
  });

  it('remove the app, and nothing of it stays', async () => {
    await using house = await openTown();
    await install(house, 'lan', 'nha');
    expect(await house.store.cabinet.list('slack-installations')).toHaveLength(1);
    await house.slack.uninstalls('nha');
    await house.settled();
    expect(await house.store.cabinet.list('slack-installations')).toEqual([]);
  });

  it('keep the app when a person takes back their own token: only the bot’s is its own', async () => {
    await using house = await openTown();
    const { slack } = house;
    await install(house, 'lan', 'nha');
    await slack.leaves('lan', 'nha');
    await house.settled();
    expect(await house.store.cabinet.list('slack-installations')).toHaveLength(1);
    const lan = slack.person('lan');
    lan.invitesBot('nha-chung');
    await lan.types('/imagine con mèo', { in: 'nha-chung' });
    await house.settled();
    expect(slack.channel('nha-chung', 'nha').text()).toContain('ai-abcd2345');
  });

  it('are each told of when they lack a scope: as they install, and at every start', async () => {
    await using house = await openTown();
    const { slack } = house;
    await install(house, 'tam', 'xom');
    expect(house.lines.filter(({ event }) => event === 'slack-scope-missing')).toEqual([]);
    await install(house, 'lan', 'nha');
    // What was given before the app asked for more.
    const installations = createInstallations(house.store.cabinet, createVault(SECRET));
    const { id: team } = slack.team('nha');
    const kept = await installations.find(team);
    const bot = { ...kept?.bot, scopes: kept?.bot.scopes.filter((scope) => scope !== 'files:write' && scope !== 'im:write') };
    await installations.save(team, jsonSchema.parse(JSON.parse(JSON.stringify({ ...kept, bot }))));
    await checkBefore(createOffice(house.room));
    const missing = house.lines
      .filter(({ event }) => event.startsWith('slack-scope'))
      .map(({ fields }) => [fields['team'], fields['scope']]);
    expect(missing).toEqual([[team, 'files:write']]);
  });

  it('have their tokens renewed before they end, once, and by whichever half comes first', async () => {
    await using house = await openTown();
    const { slack } = house;
    await install(house, 'lan', 'nha');
    const lan = slack.person('lan');
    lan.invitesBot('nha-chung');
    const hours = 11 * 60 * 60_000;
    slack.clock.advance(hours);
    house.skip(hours);
    await lan.types('/imagine con mèo', { in: 'nha-chung' });
    await house.settled();
    expect(slack.channel('nha-chung', 'nha').text()).toContain('ai-abcd2345');
    const renewals = slack.calls.filter(({ method, args }) => method === 'oauth.v2.access' && args['grant_type'] === 'refresh_token');
    expect(renewals.map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  it('are refused a browser that did not begin the installation', async () => {
    await using house = await openTown();
    const answer = await fetch(`${house.url}/slack/oauth_redirect?code=x&state=y`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await house.store.cabinet.list('slack-installations')).toEqual([]);
  });
});

describe('over HTTP', () => {
  const post = async (house: SlackHouse, headers: Record<string, string>, path = '/slack/events'): Promise<number> =>
    (
      await fetch(`${house.url}${path}`, {
        method: 'POST',
        body: '{"type":"event_callback"}',
        headers: { 'content-type': 'application/json', ...headers },
      })
    ).status;

  it('turns away whoever is not Slack, too old, or from the future', async () => {
    await using house = await openSlackHouse({ mode: 'http' });
    const { signedHeaders } = await import('#test/emulators/slack/signing.ts');
    const signed = (atMs: number): Record<string, string> => ({
      ...signedHeaders(house.slack.signingSecret, '{"type":"event_callback"}', atMs),
    });
    expect(await post(house, {})).toBe(401);
    expect(await post(house, { ...signed(Date.now()), 'x-slack-signature': 'v0=00' })).toBe(401);
    expect(await post(house, signed(Date.now() - 6 * 60_000))).toBe(401);
    expect(await post(house, signed(Date.now() + 2 * 60_000))).toBe(401);
    expect(await post(house, signed(Date.now() + 30_000))).toBe(200);
    expect(await post(house, signed(Date.now()), '/elsewhere')).toBe(404);
    expect((await fetch(`${house.url}/health`)).status).toBe(200);
  });
});

it('locks what it keeps: to one secret, one place, and every byte', () => {
  const vault = createVault('a secret');
  const locked = vault.lock('T1', { token: 'xoxb-1' });
  expect(locked).not.toContain('xoxb');
  expect(vault.unlock('T1', locked)).toEqual({ token: 'xoxb-1' });
  expect(vault.unlock('T2', locked)).toBeUndefined();
  expect(createVault('another').unlock('T1', locked)).toBeUndefined();
  expect(vault.unlock('T1', `${locked.slice(0, -2)}${locked.endsWith('AA') ? 'BB' : 'AA'}`)).toBeUndefined();
  expect(vault.unlock('T1', 'v1.')).toBeUndefined();
  expect(vault.lock('T1', { token: 'xoxb-1' })).not.toBe(locked);
});
