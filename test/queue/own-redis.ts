import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { answers } from '#src/queue/redis.ts';
import { findRedis } from '#test/setup/redis.ts';
import { freePort, startServer, type Service } from '#test/setup/server.ts';

/** A real Redis on one port that comes and goes as a test says. */
export interface OwnRedis {
  readonly connection: { readonly host: string; readonly port: number };
  /** Empty, as a Redis without persistence is at every start. */
  start(): Promise<void>;
  stop(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export async function createOwnRedis(): Promise<OwnRedis> {
  const command = findRedis();
  if (command === undefined) throw new Error('there is no redis-server on this machine');
  const connection = { host: '127.0.0.1', port: await freePort() };
  const settings = { bind: connection.host, port: String(connection.port), save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  let service: Service | undefined;
  let pid = 0;
  return {
    connection,
    async start() {
      const folder = await mkdtemp(join(tmpdir(), 'hoami-own-redis-'));
      service = await startServer({ address: '', command, args, folder, answers: () => answers(connection) });
      pid = await askPid(connection);
    },
    async stop() {
      if (service === undefined) return;
      process.kill(pid, 'SIGCONT');
      await service.stop();
      service = undefined;
    },
    freeze: () => process.kill(pid, 'SIGSTOP'),
    thaw: () => process.kill(pid, 'SIGCONT'),
  };
}

async function askPid(connection: OwnRedis['connection']): Promise<number> {
  const client = new Redis(connection);
  const info = await client.info('server');
  client.disconnect();
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}
