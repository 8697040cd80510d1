import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAssets } from '#adapters/web/assets.ts';
import { isOwnHost } from '#adapters/web/guard.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made, REFUSED } from '#test/ledger/asked.ts';
import { openRoom, type Room } from './room.ts';
import { heldBy } from '../desk.ts';

const ID = 'web-0b6f1c7e-1111-4222-8333-444455556666';
const MEGABYTE = 1024 * 1024;
const toldSchema = z.object({ id: z.string(), sentence: z.string(), receipt: z.looseObject({ kind: z.string() }) });
const listSchema = z.object({ messages: z.array(z.object({ id: z.string() })), more: z.boolean() });

/** One request exactly as given: fetch would not let a program choose its Host. */
async function send(url: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<IncomingMessage & { text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest(url, { method, headers }, resolve).on('error', reject).end(body);
  const response = await promise;
  return Object.assign(response, { text: await text(response) });
}

it.each([undefined, '', 'a@localhost', 'localhost/x', 'localhost?', ' ', '[::1', 'evil.example#localhost'])(
  '%j names nobody of ours',
  (host) => {
    expect(isOwnHost(host, [])).toBe(false);
  },
);

describe('the page’s server', () => {
  let room: Room;
  beforeEach(async () => {
    room = await openRoom();
  });
  afterEach(async () => {
    await room.stop();
  });

  const post = async (body: string | FormData, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(room.address('/api/ask'), { method: 'POST', body, headers });
  const postJson = async (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    post(JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
  const postPicture = async (bytes: Uint8Array, id?: string, words = 'a red boat'): Promise<Response> => {
    const form = new FormData();
    if (id !== undefined) form.set('id', id);
    form.set('text', words);
    form.set('picture', new File([Uint8Array.from(bytes)], 'a.png'));
    return post(form, { 'Accept-Language': 'vi' });
  };

  describe('who is let in', () => {
    const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'hoa-mi.example.org.evil'];
    it.each(foreign)('nobody who calls it %j: that is what a rebound name looks like', async (host) => {
      const answers = await Promise.all(
        ['/', '/api/channels', '/assets/page.mjs'].map(async (path) => send(room.address(path), { Host: host })),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    });

    it.each(['localhost', 'localhost:3000', '127.0.0.1:1', '[::1]:3000', '192.168.1.20:3000'])('who calls it %j', async (host) => {
      expect((await send(room.address('/'), { Host: host })).statusCode).toBe(200);
    });

    it('by a configured name, such as a proxy’s on this machine, only who has signed in', async () => {
      const named = await openRoom({ names: ['hoa-mi.example.org'] });
      const ask = async (host: string, path = '/api/channels') => (await send(named.address(path), { Host: host })).statusCode;
      const own = new URL(named.platform.url()).host;
      expect([await ask('hoa-mi.example.org'), await ask(own), await ask('hoa-mi.example.org.evil')]).toEqual([401, 401, 403]);
      expect([await ask('hoa-mi.example.org', '/assets/base.css'), await ask('hoa-mi.example.org', '/health')]).toEqual([200, 200]);
      await named.stop();
    });

    it('a probe, by whatever name', async () => {
      const answer = await send(room.address('/health'), { Host: 'pod-17' });
      expect([answer.statusCode, answer.text]).toEqual([200, '{"ok":true}']);
    });

    it.each([
      ['another site', { Origin: 'https://evil.example' }],
      ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
      ['a page without an origin', { Origin: 'null' }],
      ['a file', { Origin: 'file://' }],
      ['a form on another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['a form on a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
    ])('%s may not ask in the person’s name', async (_, headers) => {
      const host = new URL(room.platform.url()).host;
      const answer = await send(
        room.address('/api/ask'),
        { Host: host, 'Content-Type': 'application/json', ...headers },
        'POST',
        '{"text":"a boat"}',
      );
      expect(answer.statusCode).toBe(403);
      expect(room.asks).toEqual([]);
    });

    it('the page itself, and a program', async () => {
      const { origin } = new URL(room.platform.url());
      expect((await postJson({ text: 'a boat' }, { Origin: origin, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(202);
      expect((await postJson({ text: 'a boat' })).status).toBe(202);
    });
  });

  describe('asking', () => {
    it('answers the receipt and the sentence, and makes an id where there is none', async () => {
      const response = await postJson({ text: 'một con mèo' });
      const told = toldSchema.parse(await response.json());
      expect(told).toMatchObject({
        receipt: { kind: 'accepted', ahead: 1 },
        sentence: 'Đã nhận, còn 1 yêu cầu phía trước (khoảng 12 giây).',
      });
      expect(told.id).toMatch(/^web-[0-9a-f-]{36}$/);
      expect((await postJson({ text: 'a boat', id: ID })).status).toBe(202);
      expect(room.asks.at(-1)?.id).toBe(ID);
    });

    it.each([[{ text: 'a boat', id: 'web-1' }], [{ text: 'a boat', id: `slack-${ID}` }], [{ text: 7 }], [{}], ['a boat'], [null]])(
      'does not take %j for a request',
      async (body) => {
        expect((await postJson(body)).status).toBe(400);
        expect(room.asks).toEqual([]);
      },
    );

    it('takes no JSON above 64 kB and no form above 21 MB, and goes on afterwards', async () => {
      expect((await postJson({ text: 'a'.repeat(70_000) })).status).toBe(413);
      const response = await postPicture(new Uint8Array(22 * MEGABYTE));
      expect([response.status, await response.json()]).toEqual([
        413,
        { error: 'too-large', sentence: 'Ảnh nặng quá; nhiều nhất là 20 MB. Hãy gửi ảnh nhẹ hơn.' },
      ]);
      expect((await postPicture(PNG)).status).toBe(202);
      expect(room.asks).toHaveLength(1);
    });

    it.each([
      ['picture-too-heavy', Buffer.concat([PNG, Buffer.alloc(20 * MEGABYTE)])],
      ['picture-empty', new Uint8Array()],
    ])('refuses with %s, keeps nothing and asks nobody', async (code, bytes) => {
      const response = await postPicture(bytes);
      const told = toldSchema.parse(await response.json());
      expect([response.status, told.receipt]).toEqual([422, expect.objectContaining({ kind: 'refused', code })]);
      expect([room.blobs.size(), room.asks.length]).toEqual([0, 0]);
    });

    it.each(['', '--ar 16:9', 'a boat --sed 4', 'a boat --ar'])('keeps no picture when the words are refused: “%s”', async (words) => {
      const response = await postPicture(PNG, ID, words);
      expect([response.status, room.blobs.size()]).toEqual([422, 0]);
    });

    it('lets go of a picture whose request is refused for another reason', async () => {
      room.refuseNext('queue-full');
      expect([(await postPicture(PNG)).status, room.blobs.size()]).toEqual([422, 0]);
    });

    it('keeps it when nobody knows whether the request was taken', async () => {
      room.refuseNext('ledger-unavailable');
      expect([(await postPicture(PNG)).status, room.blobs.size()]).toEqual([422, 1]);
    });

    it('keeps the first picture of a request and no later one, also when it comes again after the answer', async () => {
      for (const picture of [PNG, PNG, Buffer.from('another')]) expect((await postPicture(picture, ID)).status).toBe(202);
      expect(room.blobs.size()).toBe(1);
      const image = heldBy(room.asks[0]?.images[0]);
      expect((await room.platform.download(image, AbortSignal.timeout(1000))).bytes).toEqual(PNG);
      room.finish(ID, REFUSED);
      expect((await postPicture(PNG, ID)).status).toBe(202);
      expect(room.blobs.size()).toBe(0);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=a; boundary=b'])(
      'does not take for JSON or a form what says it is %j',
      async (type) => {
        expect((await post('{"text":"a boat"}', { 'Content-Type': type })).status).toBe(400);
        expect(room.asks).toEqual([]);
      },
    );

    it('reads a form whichever way its boundary is written, and none of very many parts', async () => {
      const part = (name: string, value: string): string => `--x.y\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
      const postForm = async (type: string, ...parts: readonly string[]): Promise<number> =>
        (await post(`${parts.join('')}--x.y--\r\n`, { 'Content-Type': type })).status;
      const words = part('text', 'a red boat');
      expect(await postForm('multipart/form-data; boundary=x.y', words)).toBe(202);
      expect(await postForm('Multipart/Form-Data; boundary="x.y"', words)).toBe(202);
      expect(await postForm('multipart/form-data; boundary=x.y', words, ...Array.from({ length: 12 }, () => part('a', '1')))).toBe(400);
    });

    it('reads so many forms at once and no more, and tells the others to come again', async () => {
      const head = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '1000' };
      const slow = Array.from({ length: 24 }, () => httpRequest(room.address('/api/ask'), { method: 'POST', headers: head }));
      for (const request of slow) request.on('error', () => {}).write('--x');
      await expect.poll(async () => (await postPicture(PNG)).status, { timeout: 5000 }).toBe(503);
      expect((await postJson({ text: 'a boat' })).status).toBe(202);
      for (const request of slow) request.destroy();
      await expect.poll(async () => (await postPicture(PNG)).status, { timeout: 5000 }).toBe(202);
      expect(room.errors).toEqual([]);
    });

    it('leaves it to the worker what kind of file it is', async () => {
      expect((await postPicture(Buffer.from('hello'))).status).toBe(202);
    });

    it('refuses a form with more words than anybody writes before it reads them', async () => {
      const form = new FormData();
      form.set('text', 'a'.repeat(70_000));
      const told = toldSchema.parse(await (await post(form)).json());
      expect(told.receipt).toMatchObject({ code: 'prompt-too-long', details: { limit: 4000, length: 70_000 } });
    });
  });

  describe('looking', () => {
    const visit = async (): Promise<{ cookie: string }> => ({
      cookie: (await fetch(room.platform.url())).headers.getSetCookie()[0]?.split(';')[0] ?? '',
    });
    const list = async (channel: string, headers: Record<string, string>): Promise<string[]> =>
      listSchema
        .parse(await (await fetch(room.address(`/api/channels/${channel}/messages`), { headers })).json())
        .messages.map(({ id }) => id);

    it('knows a browser by a cookie that scripts cannot read and other sites cannot send', async () => {
      const [cookie = ''] = (await fetch(room.platform.url())).headers.getSetCookie();
      expect(cookie).toMatch(/^hoami-browser=[0-9a-f-]{36}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Strict$/);
    });

    it('shows everybody what was asked in an open channel, and what was asked alone to who asked it', async () => {
      const [lan, minh] = [await visit(), await visit()];
      await postJson({ text: 'a boat', id: ID }, lan);
      const alone = toldSchema.parse(await (await postJson({ text: 'a secret boat', channel: 'me' }, lan)).json()).id;
      expect([await list('general', lan), await list('general', minh)]).toEqual([[ID], [ID]]);
      expect([await list('me', lan), await list('me', minh)]).toEqual([[alone], []]);
      const answers = await Promise.all([minh, lan].map((headers) => fetch(room.address(`/api/requests/${alone}`), { headers })));
      expect(answers.map(({ status }) => status)).toEqual([404, 200]);
    });

    it.each(['?before=1', '?before=x,y', '?before=1,../x'])('does not understand %s', async (search) => {
      expect((await fetch(room.address(`/api/channels/general/messages${search}`))).status).toBe(400);
      expect((await fetch(room.address(`/api/gallery${search}`))).status).toBe(400);
    });

    it('knows no channel, thread or width that is not there', async () => {
      const paths = ['/api/channels/nowhere/messages', `/api/threads/${ID}`];
      const answers = await Promise.all(paths.map((path) => fetch(room.address(path))));
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
      expect((await postJson({ text: 'a boat', channel: 'nowhere' })).status).toBe(404);
      expect((await postJson({ text: 'a boat', topic: ID })).status).toBe(404);
      expect(room.asks).toEqual([]);
    });

    it('gives pictures to keep for ever, under their request only, and nothing else that is stored', async () => {
      const told = toldSchema.parse(await (await postPicture(PNG)).json());
      const { upload } = z.object({ upload: z.string() }).parse(heldBy(room.asks[0]?.images[0]).source);
      const [prepared, result, stranger] = await Promise.all(
        [PNG, Buffer.from('result'), Buffer.from('stranger')].map((bytes) => room.blobs.put({ bytes, type: 'image/png' })),
      );
      const gone = `${'0'.repeat(64)}.png`;
      const pictures = [result, gone].map((key = '') => ({ key, type: 'image/png' as const, width: 1, height: 1, seed: 1 }));
      room.finish(told.id, made({ pictures, recipe: { ...made().recipe, inputs: [prepared ?? ''] } }));
      const get = async (key = '', id = told.id): Promise<Response> => fetch(room.address(`/pictures/${id}/${key}`));
      const response = await get(prepared);
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/png',
        'cache-control': 'private, max-age=31536000, immutable',
        vary: 'Cookie, Authorization',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      expect((await get(result)).status).toBe(200);
      const others = await Promise.all([get(upload), get(stranger), get(prepared, ID), get('..%2f..%2fetc%2fpasswd'), get(gone)]);
      expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    });

    it('shows nobody what was asked on a platform with people of its own, whoever knows the id', async () => {
      const key = await room.blobs.put({ bytes: PNG, type: 'image/png' });
      const pictures = [{ key, type: 'image/png' as const, width: 1, height: 1, seed: 1 }];
      const ask = { id: 'slack-1', text: 'a secret', options: {}, images: [], requester: { id: 'lan' }, locale: undefined };
      await room.ask({ ...ask, thread: { platform: 'slack', address: null }, tenant: 'T024BE7LD' });
      room.finish('slack-1', made({ pictures }));
      const answers = await Promise.all(['/api/requests/slack-1', `/pictures/slack-1/${key}`].map((path) => fetch(room.address(path))));
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    });

    it('serves the page’s own files and no others', async () => {
      const first = await fetch(room.address('/assets/page.mjs'));
      expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      const again = await send(room.address('/assets/page.mjs'), { 'If-None-Match': first.headers.get('etag') ?? '' });
      expect([again.statusCode, again.text]).toEqual([304, '']);
      for (const path of ['index.html', '..%2fclient.ts', '%2e%2e/client.ts', '../client.ts', '__proto__', 'toString']) {
        expect((await send(room.address('/assets/') + path, {})).statusCode).toBe(404);
      }
    });

    it.each(['brotli', 'gzip'] as const)('weighs less than 150 kB with all its files, sent with %s', async (packing) => {
      const page = (await (await fetch(room.platform.url())).arrayBuffer()).byteLength;
      const { files } = await readAssets();
      const weight = [...files.values()].reduce((sum, { packed }) => sum + packed[packing].byteLength, page);
      expect(weight).toBeLessThan(150_000);
    });

    it('lets the page load and run nothing but its own files, and nobody frame it', async () => {
      const policy = (await fetch(room.platform.url())).headers.get('content-security-policy') ?? '';
      expect(policy.split('; ')).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
        ]),
      );
      expect(policy).not.toContain('unsafe');
    });
  });
});

it('says sorry in the person’s language and logs when what is behind it is down', async () => {
  const down = async (): Promise<never> => Promise.reject(new Error('connection refused'));
  const room = await openRoom({ archive: { find: down, history: down, replies: down, spent: down, usage: down, load: down } });
  const response = await fetch(room.address('/api/gallery'), { headers: { 'Accept-Language': 'fr, vi;q=0.8, en;q=0.5' } });
  expect([response.status, await response.json()]).toEqual([500, { error: 'failed', sentence: expect.stringContaining('Có lỗi') }]);
  expect(room.errors).toHaveLength(1);
  await room.stop();
});

it('gives a receipt in time while the ledger says nothing: everybody’s channel is there, and what has to be looked up is refused', async () => {
  const silent = async (): Promise<never> => new Promise(() => {});
  const archive = { find: silent, history: silent, replies: silent, spent: silent, usage: silent, load: silent };
  const cabinet = { read: silent, write: silent, remove: silent, list: silent };
  const room = await openRoom({ archive, cabinet });
  const ask = async (body: object): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(room.address('/api/ask'), { method: 'POST', headers, body: JSON.stringify({ text: 'a boat', ...body }) });
    return response.json();
  };
  expect(await ask({})).toMatchObject({ receipt: { kind: 'accepted' } });
  for (const place of [{ channel: 'c-0011223344556677' }, { topic: ID }, { reply: ID }])
    expect(await ask(place)).toMatchObject({ receipt: { kind: 'refused', code: 'ledger-unavailable' } });
  await room.stop();
});

it.each([
  ['refuses', async () => Promise.reject(new Error('connection refused'))],
  ['says nothing', async () => new Promise<never>(() => {})],
])('tells a probe that it is not well when what is behind it %s', async (_, check) => {
  const room = await openRoom({ check });
  const answer = await send(room.address('/health'), { Host: 'pod-17' });
  expect([answer.statusCode, answer.text]).toEqual([503, '{"ok":false}']);
  await room.stop();
});

it('tells a probe that it is well, though not whole, while only what people wait for is away: what is asked is taken', async () => {
  const room = await openRoom({ check: async () => Promise.reject(new Error('no Redis')), ledgerCheck: async () => {} });
  const answer = await send(room.address('/health'), { Host: 'pod-17' });
  expect([answer.statusCode, answer.text]).toEqual([200, '{"ok":true,"degraded":true}']);
  await room.stop();
});

it('lets a request that is being answered end before it is closed', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const never = async (): Promise<never> => Promise.reject(new Error('not asked for'));
  const history = async (): Promise<[]> => {
    begin();
    await answered;
    return [];
  };
  const room = await openRoom({ archive: { find: never, history, replies: never, spent: never, usage: never, load: never } });
  const response = fetch(room.address('/api/gallery'));
  await begun;
  const stopped = room.stop();
  answer();
  expect((await response).status).toBe(200);
  await stopped;
  await expect(fetch(room.address('/health'))).rejects.toBeInstanceOf(TypeError);
});
