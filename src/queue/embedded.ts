import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Peer } from './embedded-connection.ts';
import { startEngine, type Engine } from './embedded-engine.ts';

export interface EmbeddedRedis {
  readonly connection: { readonly host: string; readonly port: number; readonly password: string };
  /** Closes every connection and forgets everything. */
  stop(): Promise<void>;
}

/** Loopback only: the queue of one machine is nobody else's business. */
const HOST = '127.0.0.1';
/** Room for some 100,000 jobs; beyond it adding fails, and the ledger keeps what was accepted. */
const MEMORY_MAX = '256mb';
const BOOT_LIMIT_MS = 5000;

/**
 * A Redis in this process, in memory only: it writes no file and is empty at every start, since the ledger refills it.
 * The random password is set before the port is open, so no other user of the machine can ever talk to it.
 */
export async function startEmbeddedRedis(): Promise<EmbeddedRedis> {
  const engine = await startEngine();
  try {
    const password = randomBytes(32).toString('hex');
    await configure(engine, ['requirepass', password, 'maxmemory', MEMORY_MAX, 'maxmemory-policy', 'noeviction']);
    const server = createServer({ noDelay: true }, (socket) => admit(socket, engine));
    return { connection: { host: HOST, port: await listen(server), password }, stop: () => close(server, engine) };
  } catch (error) {
    engine.stop();
    throw error;
  }
}

async function configure(engine: Engine, settings: readonly string[]): Promise<void> {
  const { promise: replied, resolve } = Promise.withResolvers<string>();
  let reply = '';
  const line = engine.connect({
    send(bytes) {
      reply += Buffer.from(bytes).toString();
      if (reply.endsWith('\r\n')) resolve(reply.trim());
      return true;
    },
    hold() {},
    hangUp() {},
  });
  line?.receive(Buffer.from(`CONFIG SET ${settings.join(' ')}\r\n`));
  const outcome = await withinDeadline(replied, BOOT_LIMIT_MS);
  line?.ended();
  if (outcome.kind !== 'done' || outcome.value !== '+OK') throw new Error('the embedded queue did not take its settings');
}

function admit(socket: Socket, engine: Engine): void {
  const line = engine.connect(peerOf(socket));
  if (line === undefined) {
    socket.destroy();
    return;
  }
  // A reset connection has ended like any other; its 'close' follows.
  socket.on('error', line.ended).on('end', line.ended).on('close', line.ended);
  socket.on('data', line.receive).on('drain', line.drained);
}

function peerOf(socket: Socket): Peer {
  return {
    send: (bytes) => socket.write(bytes),
    hold(on) {
      if (on) socket.pause();
      else socket.resume();
    },
    hangUp() {
      socket.destroySoon();
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen({ host: HOST, port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the embedded queue got no port');
  return address.port;
}

async function close(server: Server, engine: Engine): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  engine.stop();
  await closed;
}
