import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { createTokens, type Tokens } from '#adapters/web/people.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import { made } from '#test/ledger/asked.ts';
import { PNG } from '#test/contracts/platform.ts';
import { audit, useBrowser } from './browser.ts';
import { createMemoryCabinet, openRoom, type Room } from './room.ts';

const channelSchema = z.object({ id: z.string() });
const channelsSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })),
  others: z.array(z.object({ id: z.string(), name: z.string() })),
});
const toldSchema = z.object({ id: z.string() });
const gallerySchema = z.object({ results: z.array(z.object({ id: z.string() })) });

/** Somebody who talks to the page's server as the page does. */
interface Guest {
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, body?: object, headers?: Record<string, string>) => Promise<Response>;
}

/** What a stream says up to some words. */
async function readUntil({ body }: Response, words: string): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(words)) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return text;
}

describe('a page that listens beyond this machine', () => {
  let cabinet: Cabinet;
  let tokens: Tokens;
  let room: Room;
  beforeEach(async () => {
    cabinet = createMemoryCabinet();
    tokens = createTokens(cabinet, () => Date.now());
    room = await openRoom({ host: '0.0.0.0', cabinet });
  });
  afterEach(async () => {
    await room.stop();
  });

  const guest = (headers: Record<string, string> = {}): Guest => ({
    get: async (path) => fetch(room.address(path), { headers }),
    post: async (path, body = {}, more = {}) =>
      fetch(room.address(path), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers, ...more },
        body: JSON.stringify(body),
      }),
  });
  const signIn = async (token: string): Promise<Response> => guest().post('/api/sign-in', { token });
  const enter = async (name: string, isAdmin = false): Promise<Guest> => {
    const [cookie = ''] = (await signIn(await tokens.make(name, isAdmin))).headers.getSetCookie();
    return guest({ Cookie: cookie.split(';')[0] ?? '' });
  };
  const ask = async (who: Guest, body: object): Promise<string> => toldSchema.parse(await (await who.post('/api/ask', body)).json()).id;
  const paint = async (id: string): Promise<string> => {
    const key = await room.blobs.put({ bytes: Uint8Array.from([...PNG, id.length]), type: 'image/png' });
    room.finish(id, made({ pictures: [{ key, type: 'image/png', width: 1, height: 1, seed: 1 }] }));
    return `/pictures/${id}/${key}`;
  };
  const gallery = async (who: Guest): Promise<string[]> =>
    gallerySchema.parse(await (await who.get('/api/gallery')).json()).results.map(({ id }) => id);

  it('shows a stranger the door and nothing else', async () => {
    const paths = [
      '/api/channels',
      '/api/channels/general/messages',
      '/api/gallery',
      '/api/usage',
      '/api/events',
      '/api/requests/x',
      '/pictures/x/y',
    ];
    const answers = await Promise.all(paths.map((path) => guest().get(path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 401));
    expect((await guest().post('/api/ask', { text: 'a boat' })).status).toBe(401);
    const door = await guest().get('/');
    expect([door.status, (await door.text()).includes('id="sign-in"')]).toEqual([401, true]);
    expect(room.asks).toEqual([]);
    expect((await guest().get('/health')).status).toBe(200);
  });

  it('lets in whoever has a token, with a cookie that scripts cannot read and other sites cannot send', async () => {
    const token = await tokens.make('Lan', false);
    for (const wrong of ['', 'hoami_', `${token}x`, token.slice(0, -1), `hoami_${'A'.repeat(43)}`])
      expect((await signIn(wrong)).status).toBe(401);
    const [cookie = ''] = (await signIn(` ${token}\n`)).headers.getSetCookie();
    expect(cookie).toMatch(/^hoami-session=[A-Za-z0-9_-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Strict$/);
    const lan = guest({ Cookie: cookie.split(';')[0] ?? '' });
    expect((await lan.post('/api/ask', { text: 'a boat' })).status).toBe(202);
    expect(room.asks[0]?.requester.name).toBe('Lan');
    const kept = JSON.stringify([await cabinet.list('web-tokens'), await cabinet.list('web-sessions')]);
    expect([kept.includes(token), kept.includes(cookie.slice(14, 57))]).toEqual([false, false]);
  });

  it('takes a program’s token as it is, and a post of another site not even with the cookie', async () => {
    const bearer = guest({ Authorization: `Bearer ${await tokens.make('robot', false)}` });
    expect((await bearer.post('/api/ask', { text: 'a boat' })).status).toBe(202);
    const lan = await enter('Lan');
    expect((await lan.post('/api/ask', { text: 'a boat' }, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await guest({ Authorization: 'Bearer hoami_no' }).get('/api/channels')).status).toBe(401);
  });

  it('shows out whoever signs out, and whoever’s token is taken back, and tells them nothing more', async () => {
    const [lan, minh] = [await enter('Lan'), await enter('Minh')];
    expect((await lan.post('/api/sign-out')).status).toBe(200);
    expect([(await lan.get('/api/channels')).status, (await minh.get('/api/channels')).status]).toEqual([401, 200]);
    const stream = (await minh.get('/api/events')).text();
    await sleep(1100);
    const [, second] = await tokens.list();
    expect([await tokens.revoke(second?.id ?? ''), await tokens.revoke('nobody')]).toEqual([true, false]);
    expect((await minh.get('/api/channels')).status).toBe(401);
    await ask(await enter('Hoa'), { text: 'a boat that Minh is not told of' });
    expect(await stream).not.toContain('Minh is not told');
  });

  it('keeps what is said in private between its members: messages, threads, pictures, gallery, channels', async () => {
    const [lan, minh, hoa, boss] = [await enter('Lan'), await enter('Minh'), await enter('Hoa'), await enter('Boss', true)];
    const { others } = channelsSchema.parse(await (await lan.get('/api/channels')).json());
    const members = others.filter(({ name }) => name === 'Minh').map(({ id }) => id);
    const secret = channelSchema.parse(await (await lan.post('/api/channels', { name: 'kín', members })).json()).id;
    const inPrivate = await ask(lan, { text: 'a surprise', channel: secret });
    const alone = await ask(lan, { text: 'a diary', channel: 'me' });
    const open = await ask(lan, { text: 'a boat' });
    const pictures = [await paint(inPrivate), await paint(alone), await paint(open)];
    const seenBy = async (who: Guest): Promise<number[]> => {
      const paths = [
        `/api/channels/${secret}/messages`,
        ...[inPrivate, alone, open].flatMap((id) => [`/api/requests/${id}`, `/api/threads/${id}`]),
        ...pictures,
      ];
      return Promise.all(paths.map(async (path) => (await who.get(path)).status));
    };
    const [yes, no] = [200, 404];
    expect(await seenBy(lan)).toEqual(Array(10).fill(yes));
    expect(await seenBy(minh)).toEqual([yes, yes, yes, no, no, yes, yes, yes, no, yes]);
    for (const who of [hoa, boss]) expect(await seenBy(who)).toEqual([no, no, no, no, no, yes, yes, no, no, yes]);
    expect((await gallery(lan)).toSorted()).toEqual([inPrivate, alone, open].toSorted());
    expect((await gallery(minh)).toSorted()).toEqual([inPrivate, open].toSorted());
    expect([await gallery(hoa), await gallery(boss)]).toEqual([[open], [open]]);
    const names = async (who: Guest): Promise<number> =>
      channelsSchema.parse(await (await who.get('/api/channels')).json()).channels.length;
    expect([await names(lan), await names(minh), await names(hoa)]).toEqual([3, 3, 2]);
  });

  it('tells what happens in private to its members’ pages alone, and serves nobody else a narrow picture of it', async () => {
    const [lan, hoa, boss] = [await enter('Lan'), await enter('Hoa'), await enter('Boss', true)];
    const secret = channelSchema.parse(await (await lan.post('/api/channels', { name: 'kín', members: [] })).json()).id;
    const streams = await Promise.all([lan, hoa, boss].map(async (who) => who.get('/api/events')));
    const inPrivate = await ask(lan, { text: 'a surprise', channel: secret });
    const picture = await paint(inPrivate);
    const open = await ask(lan, { text: 'a boat' });
    const heard = await Promise.all(streams.map(async (stream) => readUntil(stream, open)));
    expect(heard.map((text) => text.includes(inPrivate))).toEqual([true, false, false]);
    const narrow = await Promise.all([lan, hoa, boss].map(async (who) => who.get(`${picture}?w=320`)));
    expect(narrow.map(({ status }) => status)).toEqual([200, 404, 404]);
  });

  it('shows everybody’s spending to admins, and to others their own', async () => {
    const asked: unknown[] = [];
    room.archive.usage = async (query) => {
      asked.push(query.requesterId);
      return [];
    };
    const [lan, boss] = [await enter('Lan'), await enter('Boss', true)];
    for (const who of [lan, boss]) expect((await who.get('/api/usage')).status).toBe(200);
    const [own] = await tokens.list();
    expect(asked).toEqual([`web-${own?.id}`, undefined]);
  });

  it('does nothing with what somebody may not see: replying, repeating, cancelling, deleting', async () => {
    const [lan, hoa] = [await enter('Lan'), await enter('Hoa')];
    const alone = await ask(lan, { text: 'a diary', channel: 'me' });
    await paint(alone);
    const id = 'web-0b6f1c7e-1111-4222-8333-444455556666';
    expect((await hoa.post(`/api/requests/${alone}/repeat`, { id, how: 'again' })).status).toBe(404);
    for (const what of ['cancel', 'remove']) expect((await hoa.post(`/api/requests/${alone}/${what}`)).status).toBe(404);
    expect((await hoa.post('/api/ask', { text: 'in red', topic: alone })).status).toBe(404);
    const told = await hoa.post('/api/ask', { text: 'in red', reply: alone });
    expect([told.status, await told.json()]).toMatchObject([422, { receipt: { code: 'picture-gone' } }]);
    expect([room.wants, room.asks.length]).toEqual([[], 1]);
    const open = await ask(lan, { text: 'a boat' });
    await paint(open);
    expect((await hoa.post(`/api/requests/${open}/remove`)).status).toBe(422);
    expect((await lan.post(`/api/requests/${open}/remove`)).status).toBe(200);
  });

  it('lets one person ask only so fast, and nobody try tokens for long', async () => {
    const [lan, minh] = [await enter('Lan'), await enter('Minh')];
    const statuses = [];
    for (let count = 0; count < 25; count += 1) statuses.push((await lan.post('/api/ask', { text: 'a boat' })).status);
    expect([statuses.slice(0, 20).every((status) => status === 202), statuses.at(-1)]).toEqual([true, 429]);
    // Whoever asks too fast makes no channels either, and repeats nothing.
    expect((await lan.post('/api/channels', { name: 'one more' })).status).toBe(429);
    expect((await lan.post('/api/requests/web-1/repeat', { how: 'again' })).status).toBe(429);
    expect((await minh.post('/api/ask', { text: 'a boat' })).status).toBe(202);
    const tries = [];
    for (let count = 0; count < 12; count += 1) tries.push((await signIn('hoami_guess')).status);
    expect(tries.at(-1)).toBe(429);
  });

  describe.skipIf(inject('chromiumPath') === undefined)('in a browser', () => {
    const browser = useBrowser();

    it.each(['light', 'dark'] as const)(
      'has a door in which an automatic check of accessibility finds nothing: %s',
      async (colorScheme) => {
        const page = await browser.open({ locale: 'en-GB', colorScheme, bypassCSP: true });
        await page.goto(room.address('/'));
        expect(await audit(page)).toEqual([]);
        await page.getByLabel('Your token').fill('hoami_wrong');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
        expect(await audit(page)).toEqual([]);
      },
    );

    it('asks for the token, says when it is wrong, lets in, stays in after a reload, and lets out', async () => {
      const page = await browser.open({ locale: 'vi-VN' });
      await page.goto(room.address('/gallery'));
      const field = page.getByLabel('Mã của bạn');
      await field.fill('hoami_wrong');
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByRole('alert').filter({ hasText: 'Mã này không đúng' }).waitFor();
      await field.fill(await tokens.make('Lan', false));
      await field.press('Enter');
      await page.getByRole('heading', { name: 'Bộ sưu tập' }).waitFor();
      await page.reload();
      await page.getByText('Lan', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await field.waitFor();
      expect(await page.context().cookies()).toEqual([]);
    });
  });
});
