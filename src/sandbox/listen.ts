import { createServer as createHttp1 } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createTcp, type Socket } from 'node:net';
import type { Incoming, Outgoing } from './http.ts';

/** What a client that speaks HTTP/2 without TLS says first (RFC 9113, 3.4). */
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n');
const CONNECTIONS_MAX = 1000;
const FIRST_BYTES_WAIT_MS = 60_000;

export interface Listener {
  readonly port: number;
  /** Closes every connection; resolves when the port is free. */
  stop(): Promise<void>;
}

export type Handle = (request: Incoming, response: Outgoing) => void;

/** One port for HTTP/1.1 and HTTP/2 without TLS: the first bytes of a connection tell which. */
export async function listen(host: string, port: number, handle: Handle): Promise<Listener> {
  const http1 = createHttp1(handle);
  const http2 = createHttp2(handle);
  const sockets = new Set<Socket>();
  const tcp = createTcp((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that resets its connection is its own business.
    socket.on('error', () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  http2.on('sessionError', () => undefined);
  tcp.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, host, resolve);
  });
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  return {
    port: address.port,
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        tcp.close(() => resolve());
      });
    },
  };
}

/** Reads just enough to know the protocol and puts it back. */
function sniff(socket: Socket, found: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const look = (): void => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) return;
    seen = Buffer.concat([seen, chunk]);
    const start = HTTP2_PREFACE.subarray(0, seen.byteLength);
    const maybeHttp2 = seen.subarray(0, HTTP2_PREFACE.byteLength).equals(start);
    if (maybeHttp2 && seen.byteLength < HTTP2_PREFACE.byteLength) return;
    socket.off('readable', look);
    socket.setTimeout(0);
    socket.unshift(seen);
    found(maybeHttp2);
  };
  socket.setTimeout(FIRST_BYTES_WAIT_MS, () => socket.destroy());
  socket.on('readable', look);
}
