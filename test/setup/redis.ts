import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import { freePort, startServer, type Service } from './server.ts';

export const findRedis = (): string | undefined => findProgram(['redis-server', 'valkey-server']);

const ping = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

/** A Redis of this test run's own: loopback only, nothing written to disk, and never evicting, as BullMQ demands. */
export const startRedis = async (program: string): Promise<Service> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'hoami-redis-'));
  const settings = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
  return startServer({
    address: `redis://127.0.0.1:${port}`,
    command: program,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    folder,
    answers: () => ping(port),
  });
};
