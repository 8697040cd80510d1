import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForm, inOnePiece } from '#adapters/discord/multipart.ts';
import { createTransport } from '#adapters/discord/transport.ts';

const CHUNK_BYTES = 64 * 1024;
const CHUNKS = 640;

/** A file of 40 MiB that says how much of it was asked for. */
function heavy() {
  let chunks = 0;
  async function* read(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < CHUNKS; index += 1) {
      chunks += 1;
      yield await Promise.resolve(new Uint8Array(CHUNK_BYTES));
    }
  }
  const file = { name: 'ai-x.mp4', type: 'video/mp4', sizeBytes: CHUNKS * CHUNK_BYTES, open: () => Promise.resolve(read()) };
  return { file, chunks: () => chunks };
}

describe('a form with files', () => {
  it('is what a parser of forms reads, each time from the beginning, and as long as it says', async () => {
    const text = new TextEncoder().encode('--\r\n"a"');
    const files = [
      { name: 'a"\r\nb.png', type: 'image/png', sizeBytes: text.length, open: () => Promise.resolve(inOnePiece(text)) },
      { name: 'c.mp4', type: 'video/mp4', sizeBytes: 3, open: () => Promise.resolve(inOnePiece(Uint8Array.of(1, 2, 3))) },
    ];
    const form = createForm({ content: 'một con mèo' }, files);
    for (let time = 0; time < 2; time += 1) {
      const bytes = await buffer(Readable.from(form.read()));
      expect(bytes.length).toBe(form.sizeBytes);
      const parsed = await new Response(bytes, { headers: { 'content-type': form.contentType } }).formData();
      expect(parsed.get('payload_json')).toBeTypeOf('string');
      const [one, other] = [parsed.get('files[0]'), parsed.get('files[1]')];
      if (!(one instanceof File) || !(other instanceof File)) throw new Error('no files');
      expect([one.name, one.type, await one.text()]).toEqual(['a___b.png', 'image/png', '--\r\n"a"']);
      expect([other.name, other.size]).toEqual(['c.mp4', 3]);
    }
  });
});

describe('a form on its way', () => {
  const server = createServer();
  let url: string;
  beforeEach(async () => {
    server.removeAllListeners('request');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('is read only as fast as the other side takes it: a clip is never whole in memory', async () => {
    const { file, chunks } = heavy();
    const form = createForm({}, [file]);
    const stopped = new AbortController();
    const arrived = new Promise<void>((resolve) => {
      // Nobody reads the body.
      server.on('request', (request) => resolve(void request.pause()));
    });
    const headers = { 'content-type': form.contentType, 'content-length': String(form.sizeBytes) };
    const sending = createTransport()(url, { method: 'POST', headers, body: form, signal: stopped.signal });
    await arrived;
    await new Promise((resolve) => setTimeout(resolve, 500));
    // What the sockets of both sides hold is some megabytes.
    expect(chunks()).toBeLessThan(CHUNKS / 2);
    stopped.abort();
    await expect(sending).rejects.toBeInstanceOf(Error);
  });

  it('tells its length first, and does not pretend when a file gives less than it said', async () => {
    server.on('request', (request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(request.headers['content-length']));
    });
    const whole = createForm({}, [{ ...heavy().file, sizeBytes: 3, open: async () => inOnePiece(Uint8Array.of(1, 2, 3)) }]);
    const headersOf = (form: typeof whole) => ({ 'content-type': form.contentType, 'content-length': String(form.sizeBytes) });
    const answer = await createTransport()(url, { method: 'POST', headers: headersOf(whole), body: whole });
    expect(await answer.text()).toBe(String(whole.sizeBytes));
    const short = createForm({}, [{ ...heavy().file, sizeBytes: 5, open: async () => inOnePiece(Uint8Array.of(1, 2, 3)) }]);
    await expect(createTransport()(url, { method: 'POST', headers: headersOf(short), body: short })).rejects.toBeInstanceOf(Error);
  });
});
