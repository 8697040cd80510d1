import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { readAsk, send, type Ask, type Reply } from './http.ts';

/** Something that listens on loopback. */
export interface Listening {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  stop(): Promise<void>;
}

export async function listen(
  port: number,
  answer: (ask: Ask) => Promise<Reply> | Reply,
  upgrade?: (request: IncomingMessage, socket: Duplex) => void,
): Promise<Listening> {
  const server = createServer();
  const upgraded = new Set<Duplex>();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the emulator has no port');
  const origin = `http://127.0.0.1:${address.port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, await answer(await readAsk(request, origin)));
    } catch {
      response.socket?.destroy(); // The client went away, or sent more than anybody should.
    }
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => void serve(request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    if (upgrade === undefined) socket.destroy();
    else upgrade(request, socket);
  });
  return {
    origin,
    async stop() {
      for (const socket of upgraded) socket.end(() => socket.destroy());
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
