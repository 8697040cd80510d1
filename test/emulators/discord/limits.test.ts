import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest, type Got } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import type { ChannelHandle } from './places.ts';

const POST = 'POST /channels/:channel/messages';
let discord: DiscordEmulator;
let art: ChannelHandle;
beforeEach(async () => {
  discord = await openDiscordEmulator();
  art = discord.guild('Studio').channel('art');
});
afterEach(() => discord.close());

const post = (channel = art): Promise<Got> => callRest(discord, 'POST', `/channels/${channel.id}/messages`, { body: { content: 'x' } });

async function statuses(count: number, call: () => Promise<Got> = post): Promise<readonly number[]> {
  const all = [];
  for (let n = 0; n < count; n += 1) all.push((await call()).status);
  return all;
}

describe('a limit', () => {
  it('is told in the headers of every answer', async () => {
    const { headers } = await post();
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-bucket': expect.stringMatching(/^[0-9a-f]+$/),
    });
    expect(Number(headers.get('x-ratelimit-reset-after'))).toBeGreaterThan(0);
  });

  it('holds for one channel, says how long to wait, and ends with its time', async () => {
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    const { body, headers } = await post();
    expect(body).toMatchObject({ message: 'You are being rate limited.', global: false });
    expect([headers.get('x-ratelimit-scope'), Number(headers.get('retry-after')) > 0, Number(body['retry_after']) > 0]).toEqual([
      'user',
      true,
      true,
    ]);
    expect((await post(discord.guild('Studio').channel('other'))).status).toBe(200);
    discord.clock.advance(5001);
    expect([(await post()).status, discord.violations]).toEqual([200, []]);
  });

  it('of all calls together does not count those of interactions', async () => {
    discord.limits.setGlobal(3);
    discord.limits.set(POST, undefined);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect((await post()).headers.get('x-ratelimit-global')).toBe('true');
    const hook = (): Promise<Got> => callRest(discord, 'GET', `/webhooks/${discord.applicationId}/token/messages/@original`);
    expect(await statuses(2, hook)).toEqual([401, 401]);
  });

  it('can strike at any time, in every scope', async () => {
    for (const scope of ['user', 'shared', 'global'] as const) {
      discord.limits.strike({ route: POST, scope, retryAfterMs: 1500 });
      const { status, body, headers } = await post();
      expect([status, body['retry_after'], headers.get('x-ratelimit-scope'), headers.get('retry-after')]).toEqual([429, 1.5, scope, '2']);
    }
    expect((await post()).status).toBe(200);
  });

  it('can be lifted', async () => {
    discord.limits.lift();
    expect(new Set(await statuses(60))).toEqual(new Set([200]));
  });

  it('on invalid calls bans whoever does not listen, without JSON, and does not count shared ones', async () => {
    discord.limits.setInvalidMax(3);
    discord.limits.strike({ scope: 'shared', retryAfterMs: 1, times: 10 });
    await statuses(10);
    expect(discord.limits.invalidCount()).toBe(0);
    const bad = (): Promise<Got> => callRest(discord, 'GET', '/users/@me', { authorization: 'Bot wrong' });
    expect(await statuses(5, bad)).toEqual([401, 401, 401, 401, 429]);
    expect((await post()).headers.get('content-type')).toContain('text/html');
    discord.clock.advance(601_000);
    expect((await post()).status).toBe(200);
  });
});

describe('a fault', () => {
  it('before the call was done leaves nothing, after it leaves everything', async () => {
    discord.faults.add({ route: POST, kind: 'drop-before' });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(art.messages()).toHaveLength(0);
    discord.faults.add({ route: POST, kind: 'drop-after' });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(art.messages()).toHaveLength(1);
    discord.faults.add({ route: POST, kind: 'status', status: 503 });
    discord.faults.add({ route: POST, kind: 'status-after', status: 502 });
    discord.faults.add({ route: POST, kind: 'malformed' });
    expect([(await post()).status, art.messages().length]).toEqual([503, 1]);
    expect([(await post()).status, art.messages().length]).toEqual([502, 2]);
    await expect(post()).rejects.toThrow(SyntaxError);
    expect((await post()).status).toBe(200);
  });

  it('can be one of Discord’s own errors, after so many calls, so many times', async () => {
    discord.faults.add({ route: POST, kind: 'problem', code: 20009, after: 1, times: 2 });
    expect(await statuses(4)).toEqual([200, 403, 403, 200]);
    expect(discord.violations).toEqual([]);
  });

  it('can take as long as it likes, by the clock', async () => {
    discord.faults.add({ route: POST, kind: 'slow', delayMs: 60_000 });
    const slow = post();
    await discord.until(() => {
      discord.clock.advance(30_000);
      return art.messages()[0];
    });
    expect((await slow).status).toBe(200);
  });

  it('on a route that does not exist is a mistake of the test', () => {
    expect(() => discord.faults.add({ route: 'POST /messages', kind: 'drop-before' })).toThrow('no route');
    expect(() => discord.limits.strike({ route: 'POST /messages', scope: 'user', retryAfterMs: 1 })).toThrow('no route');
    expect(() => discord.limits.set('POST /messages', undefined)).toThrow('no route');
  });

  it('can be silence, before or after', async () => {
    for (const [kind, count] of [
      ['hang-before', 0],
      ['hang-after', 1],
    ] as const) {
      discord.faults.add({ route: POST, kind });
      const patience = AbortSignal.timeout(150);
      const call = fetch(`${discord.apiUrl}/v10/channels/${art.id}/messages`, {
        method: 'POST',
        signal: patience,
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json', 'user-agent': 'DiscordBot (x, 1)' },
        body: '{"content":"x"}',
      });
      await expect(call).rejects.toThrow('timeout');
      expect(art.messages()).toHaveLength(count);
    }
  });
});

describe('a call', () => {
  it('without the right token is refused, and the old token with it once there is a new one', async () => {
    const me = (): Promise<Got> => callRest(discord, 'GET', '/users/@me', { authorization: `Bot ${old}` });
    const old = discord.token;
    expect((await me()).status).toBe(200);
    discord.resetToken();
    expect(await me()).toMatchObject({ status: 401, body: { message: '401: Unauthorized', code: 0 } });
    expect(discord.violations).toEqual([]);
  });

  const WRONG: readonly (readonly [what: string, call: () => Promise<Got>, status: number, words: string])[] = [
    ['nowhere', () => callRest(discord, 'GET', '/nowhere'), 404, 'no such route'],
    ['by a method that is not there', () => callRest(discord, 'PUT', '/users/@me', {}), 405, 'no such method'],
    ['with a query that is not there', () => callRest(discord, 'GET', '/users/@me?x=1'), 400, 'asks for x'],
    [
      'with a body where none belongs',
      () => callRest(discord, 'POST', `/channels/${art.id}/typing`, { body: { a: 1 } }),
      400,
      'takes no body',
    ],
    [
      'with files where none belong',
      () =>
        callRest(discord, 'POST', '/users/@me/channels', {
          body: { recipient_id: '1' },
          files: [{ name: 'x.png', type: 'image/png', bytes: Buffer.from('x') }],
        }),
      400,
      'takes no files',
    ],
    [
      'with a list where an object belongs',
      () => callRest(discord, 'POST', `/channels/${art.id}/messages`, { body: [] }),
      400,
      'wrong kind',
    ],
    ['with an id that is none', () => callRest(discord, 'GET', '/channels/art/messages'), 400, 'snowflake'],
    ['without saying who calls', () => callRest(discord, 'GET', '/users/@me', { userAgent: 'node' }), 200, 'user agent'],
  ];

  it.each(WRONG)('%s is no call of a correct program', async (_, call, status, words) => {
    expect((await call()).status).toBe(status);
    expect(discord.violations).toEqual([expect.stringContaining(words)]);
  });

  it('is recorded with what was sent and answered', async () => {
    await callRest(discord, 'POST', `/channels/${art.id}/messages`, {
      body: { content: 'x' },
      files: [{ name: 'x.png', type: 'image/png', bytes: Buffer.from('xyz') }],
    });
    expect(discord.calls()).toMatchObject([
      {
        route: POST,
        authorised: true,
        body: { content: 'x' },
        files: [{ filename: 'x.png', contentType: 'image/png', bytes: 3 }],
        status: 200,
        answer: { content: 'x' },
      },
    ]);
  });
});
