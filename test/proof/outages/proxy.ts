import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server, over which a story decides. */
export interface Proxy {
  /** The server's address, by this way. */
  readonly url: string;
  /** Every connection is broken, and from now on each one in the middle of an answer. */
  cut(): void;
  /** From now on nothing goes through, in either direction, and nobody is told. */
  swallow(): void;
  /** All goes through again: what was swallowed is lost with its connections, as when a router forgets them. */
  heal(): void;
  close(): Promise<void>;
}

type Mood = 'well' | 'cutting' | 'silent';

export async function openProxy(target: string): Promise<Proxy> {
  const url = new URL(target);
  const { hostname: host, port } = url;
  const sockets = new Set<Socket>();
  let mood: Mood = 'well';

  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const pass = (from: Socket, to: Socket, isAnswer: boolean): void => {
    sockets.add(from);
    // A connection that is broken has an error more often than not, which is the story's doing.
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      if (mood !== 'silent') to.destroy();
    });
    from.on('data', (bytes) => {
      if (mood === 'silent') return;
      if (mood === 'well' || !isAnswer) return void to.write(bytes);
      to.write(bytes.subarray(0, bytes.length / 2), () => to.destroy());
    });
  };
  const server = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    pass(near, far, false);
    pass(far, near, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    cut() {
      mood = 'cutting';
      breakAll();
    },
    swallow() {
      mood = 'silent';
    },
    heal() {
      mood = 'well';
      breakAll();
    },
    async close() {
      mood = 'well';
      breakAll();
      server.close();
    },
  };
}
