import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { made } from '#test/ledger/asked.ts';
import { openRoom, type Room } from './room.ts';
import { PATIENT } from './visitor.ts';

interface Heard {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

const viewSchema = z.looseObject({ id: z.string(), state: z.string() });
const positionSchema = z.object({ position: z.string() });
const COOKIES = ['a', 'b'].map((letter) => `hoami-browser=${letter.repeat(8)}-0000-4000-8000-000000000000`);

/** One page's stream, read as a browser reads it. */
async function listen(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ next(): Promise<Heard>; close(): Promise<void>; status: number }> {
  const response = await fetch(url, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    close: async () => reader?.cancel(),
    next: async () => {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end !== -1) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const field = (name: string): string | undefined => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          return { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') };
        }
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) throw new Error('the stream has ended');
        text += chunk.value;
      }
    },
  };
}

describe('what happens, as a page hears it', () => {
  let room: Room;
  beforeEach(async () => {
    room = await openRoom();
  });
  afterEach(async () => {
    await room.stop();
  });

  const ask = async (body: object, cookie = COOKIES[0] ?? ''): Promise<string> => {
    const headers = { 'Content-Type': 'application/json', Cookie: cookie };
    const response = await fetch(room.address('/api/ask'), { method: 'POST', headers, body: JSON.stringify(body) });
    return z.object({ id: z.string() }).parse(await response.json()).id;
  };
  const hear = async (since = '', cookie = COOKIES[0] ?? '', more = {}) =>
    listen(room.address(`/api/events?lang=en&since=${since}`), { Cookie: cookie, ...more });
  const position = async (): Promise<string> =>
    positionSchema.parse(await (await fetch(room.address('/api/channels/general/messages'))).json()).position;

  it('is every change, in its order and in the language of the page', async () => {
    const page = await hear(await position());
    expect((await page.next()).event).toBe('hello');
    const id = await ask({ text: 'một chiếc thuyền' });
    expect(await page.next()).toMatchObject({ event: 'change', data: { id, state: 'queued', status: 'Waiting, 1 before you' } });
    room.change(id, { stage: 'running', progress: 'painting', ahead: 0 });
    expect(await page.next()).toMatchObject({ event: 'change', data: { id, state: 'running', status: 'Painting' } });
    room.finish(id, made());
    expect(await page.next()).toMatchObject({ event: 'change', data: { id, state: 'made' } });
    await page.close();
  });

  it('goes on after the last event that was heard, by header or address, without a gap and without repeating', async () => {
    const watcher = await hear();
    expect((await watcher.next()).event).toBe('reset');
    const first = await ask({ text: 'a boat' });
    const heard = await watcher.next();
    const missed = [await ask({ text: 'a second boat' }), await ask({ text: 'a third boat' })];
    for (const id of missed) expect(await watcher.next()).toMatchObject({ data: { id } });
    for (const page of [await hear(heard.id), await hear('', COOKIES[0], { 'Last-Event-ID': heard.id })]) {
      expect((await page.next()).event).toBe('hello');
      const ids = [await page.next(), await page.next()].map(({ data }) => viewSchema.parse(data).id);
      expect([ids, ids.includes(first)]).toEqual([missed, false]);
      await page.close();
    }
    await watcher.close();
  });

  it('says so when it does not know any more what a page has missed', async () => {
    const strange = ['x', '00000000-0000-4000-8000-000000000000.3', `${(await position()).split('.')[0]}.99`, '.', '../..'];
    for (const since of strange) {
      const page = await hear(since);
      expect((await page.next()).event, since).toBe('reset');
      await page.close();
    }
  });

  it('is told to nobody who may not see it', async () => {
    const [lan, minh] = [await hear('', COOKIES[0]), await hear('', COOKIES[1])];
    for (const page of [lan, minh]) expect((await page.next()).event).toBe('reset');
    const secret = await ask({ text: 'a diary', channel: 'me' });
    const open = await ask({ text: 'a boat' });
    expect(await lan.next()).toMatchObject({ data: { id: secret, asker: { isYou: true } } });
    expect(await minh.next()).toMatchObject({ data: { id: open, asker: { isYou: false } } });
    expect(JSON.stringify((await lan.next()).data)).not.toContain('aaaaaaaa');
    await Promise.all([lan.close(), minh.close()]);
  });

  it('is heard of what other programs do, too, such as the shell or another gateway', async () => {
    const page = await hear();
    await page.next();
    const elsewhere = { text: 'a boat', options: {}, images: [], requester: { id: 'lan' }, tenant: 'local', locale: undefined };
    await room.ask({ ...elsewhere, id: 'cli-1', thread: { platform: 'cli', address: null } });
    expect(await page.next()).toMatchObject({ event: 'change', data: { id: 'cli-1', platform: 'cli' } });
    await page.close();
  });

  it('keeps no place for whoever asks for its headers alone', async () => {
    for (let count = 0; count < 31; count += 1) await fetch(room.address('/api/events'), { method: 'HEAD' });
    const page = await listen(room.address('/api/events'));
    expect([page.status, (await page.next()).event]).toEqual([200, 'reset']);
    await page.close();
  });

  it('has places for so many pages of one person, and ends with the server at once', async () => {
    const pages = await Promise.all(Array.from({ length: 30 }, () => hear()));
    expect((await hear()).status).toBe(503);
    await pages[0]?.close();
    await expect.poll(async () => (await hear()).status, PATIENT).toBe(200);
    await room.stop();
    await expect(pages[1]?.next().then(() => pages[1]?.next())).rejects.toBeInstanceOf(Error);
  });
});
