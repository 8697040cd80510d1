import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { acceptWebSocket, type WebSocketEnd } from './websocket.ts';

const UPGRADE = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** A server with one end, and what it heard. */
async function openEnd() {
  const heard: string[] = [];
  const ends: WebSocketEnd[] = [];
  const server = createServer();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const listener = {
      onText: (text: string) => void heard.push(text),
      onClose: () => void heard.push('(closed)'),
      onBroken: (reason: string) => void heard.push(`(broken: ${reason})`),
    };
    ends.push(acceptWebSocket(request, socket, listener));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { heard, ends, port: address.port, [Symbol.asyncDispose]: async () => void server.close() };
}

async function rawClient(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(UPGRADE);
  const [head]: unknown[] = await once(socket, 'data');
  // The example of RFC 6455, section 1.3.
  expect(String(head)).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  return socket;
}

it('carries texts of every length both ways, in whatever pieces they come', async () => {
  await using end = await openEnd();
  const client = new WebSocket(`ws://127.0.0.1:${end.port}`);
  const received: unknown[] = [];
  client.addEventListener('message', ({ data }) => void received.push(data));
  await once(client, 'open');
  const texts = [0, 125, 126, 65_535, 65_536, 300_000].map((length) => 'ả'.repeat(length));
  for (const text of texts) {
    client.send(text);
    end.ends[0]?.send(text);
  }
  await expect.poll(() => [end.heard.length, received.length]).toEqual([6, 6]);
  expect(end.heard).toEqual(texts);
  expect(received).toEqual(texts);
  client.close();
  await expect.poll(() => end.heard.at(-1)).toBe('(closed)');
});

it.each([
  ['a client’s frame without a mask', [0x81, 0x02, 0x68, 0x69], 'without a mask'],
  ['a fragment', [0x01, 0x80, 0, 0, 0, 0], 'a fragment'],
  ['a reserved bit', [0xc1, 0x80, 0, 0, 0, 0], 'reserved bit'],
  ['an opcode that there is not', [0x83, 0x80, 0, 0, 0, 0], 'opcode 3'],
  ['more than Slack takes', [0x81, 0xff, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0], 'a message of'],
])('ends the connection after %s', async (_name, bytes, about) => {
  await using end = await openEnd();
  const socket = await rawClient(end.port);
  socket.write(Buffer.from(bytes));
  await once(socket, 'close');
  expect(end.heard[0]).toContain(about);
});

it('answers a ping with its own words', async () => {
  await using end = await openEnd();
  const socket = await rawClient(end.port);
  socket.write(Buffer.from([0x89, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
  const [pong]: unknown[] = await once(socket, 'data');
  expect(pong).toEqual(Buffer.from([0x8a, 0x02, 0x68, 0x69]));
  socket.destroy();
});
