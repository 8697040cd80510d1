import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRange } from '#adapters/web/range.ts';
import { made } from '#test/ledger/asked.ts';
import { openRoom, type Room } from './room.ts';

const ID = 'web-0b6f1c7e-1111-4222-8333-444455556666';
const MEGABYTE = 1024 * 1024;

it.each([
  [undefined, 'whole'],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=10-19', { from: 10, to: 19 }],
  ['bytes=90-1000', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=19-10', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['lines=0-1', 'whole'],
  ['bytes=99999999999999999999-', 'whole'],
])('of 100 bytes %j asks for %j', (header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});

describe('a clip', () => {
  let room: Room;
  let bytes: Buffer;
  let path: string;
  beforeEach(async () => {
    room = await openRoom();
    bytes = randomBytes(3 * MEGABYTE);
    path = await give(ID, bytes);
  });
  afterEach(async () => {
    await room.stop();
  });

  /** A finished request with this clip; where the clip is. */
  async function give(id: string, content: Buffer, channel = 'general'): Promise<string> {
    const key = room.clips.put(content);
    const headers = { 'Content-Type': 'application/json' };
    await fetch(room.address('/api/ask'), { method: 'POST', headers, body: JSON.stringify({ id, text: '/video a boat', channel }) });
    const facts = { type: 'video/mp4', width: 960, height: 540, durationMs: 5000, sizeBytes: content.length } as const;
    room.finish(id, made({ clip: { key, ...facts } }));
    return `/clips/${id}/${key}`;
  }
  const get = async (headers: Record<string, string> = {}, method = 'GET', from = path): Promise<Response> =>
    fetch(room.address(from), { headers, method });

  it('comes whole, as what it is, to be kept by this browser for this person', async () => {
    const response = await get();
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      200,
      {
        'content-type': 'video/mp4',
        'content-length': String(bytes.length),
        'accept-ranges': 'bytes',
        'cache-control': 'private, max-age=31536000, immutable',
        vary: 'Cookie, Authorization',
        'x-content-type-options': 'nosniff',
      },
    ]);
    expect((await get({ 'If-None-Match': response.headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('comes in the part that is asked for', async () => {
    const response = await get({ Range: 'bytes=100000-199999' });
    expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes 100000-199999/${bytes.length}`]);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(100_000, 200_000))).toBe(true);
    const beyond = await get({ Range: `bytes=${bytes.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
  });

  it('comes whole to whoever has the beginning of another', async () => {
    expect((await get({ Range: 'bytes=10-19', 'If-Range': '"another"' })).status).toBe(200);
    const tag = (await get({}, 'HEAD')).headers.get('etag') ?? '';
    expect((await get({ Range: 'bytes=10-19', 'If-Range': tag })).status).toBe(206);
  });

  it('is not read for whoever asks for its headers alone', async () => {
    const response = await get({}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), room.clips.read()]).toEqual([200, String(bytes.length), 0]);
  });

  it('is nobody’s who may not see its request, and nothing else is served there', async () => {
    const lan = { Cookie: (await fetch(room.platform.url())).headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    const key = path.split('/').at(-1) ?? '';
    const alone = room.clips.put(Buffer.from('alone'));
    const headers = { 'Content-Type': 'application/json', ...lan };
    const id = 'web-0b6f1c7e-1111-4222-8333-444455557777';
    await fetch(room.address('/api/ask'), { method: 'POST', headers, body: JSON.stringify({ id, text: '/video a boat', channel: 'me' }) });
    const facts = { type: 'video/mp4', width: 960, height: 540, durationMs: 5000, sizeBytes: 5 } as const;
    room.finish(id, made({ clip: { key: alone, ...facts } }));
    const own = `/clips/${id}/${alone}`;
    expect([(await get(lan, 'GET', own)).status, (await get({}, 'GET', own)).status]).toEqual([200, 404]);
    const others = [
      `/clips/${ID}/${alone}`,
      `/clips/web-2/${key}`,
      `/clips/${ID}/..%2f..%2fetc%2fpasswd`,
      `/clips/${ID}/${'0'.repeat(64)}.mp4`,
    ];
    expect(await Promise.all(others.map(async (from) => (await get({}, 'GET', from)).status))).toEqual([404, 404, 404, 404]);
  });

  it('is read as fast as it is taken, and no further when whoever takes it goes away', async () => {
    const heavy = await give('web-0b6f1c7e-1111-4222-8333-444455558888', randomBytes(60 * MEGABYTE));
    const { port } = new URL(room.platform.url());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${heavy} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const before = room.clips.read();
    await new Promise((resolve) => void socket.once('data', resolve));
    socket.pause();
    const read = (): number => room.clips.read() - before;
    let last = -1;
    // What fits between the two is taken, and then nothing more.
    await expect
      .poll(
        () => {
          const isSame = read() === last;
          last = read();
          return isSame;
        },
        { interval: 300, timeout: 15_000 },
      )
      .toBe(true);
    expect(read()).toBeLessThan(40 * MEGABYTE);
    socket.destroy();
    await expect.poll(async () => (await get({ Range: 'bytes=0-9' })).status).toBe(206);
    expect(room.errors).toEqual([]);
  });
});
