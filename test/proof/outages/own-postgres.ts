import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostgres, unprivilegedAccount } from '#test/setup/postgres.ts';
import { freePort, startServer, type Service } from '#test/setup/server.ts';

/** A real PostgreSQL on one port that comes and goes as a story says, and keeps what it was told. */
export interface OwnPostgres {
  /** With a password that nobody asks for, so that a log can be searched for it. */
  readonly url: string;
  start(): Promise<void>;
  /** At once, as in a crash. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export async function createOwnPostgres(password: string): Promise<OwnPostgres> {
  const initdb = findPostgres();
  if (initdb === undefined) throw new Error('there is no PostgreSQL on this machine');
  const account = await unprivilegedAccount();
  const makeFolder = async (name: string): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), `hoami-${name}-`));
    if (account !== undefined) await chown(folder, account.uid, account.gid);
    return folder;
  };
  const data = await makeFolder('own-postgres');
  const init = ['--pgdata', data, '--username', 'hoami', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
  await promisify(execFile)(initdb, init, { cwd: data, ...account });
  const port = await freePort();
  const url = `postgres://hoami:${password}@127.0.0.1:${port}/postgres`;
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off', max_connections: 100 };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const command = join(dirname(initdb), 'postgres');
  let service: Service | undefined;

  const stop = async (): Promise<void> => {
    await service?.stop();
    service = undefined;
  };
  return {
    url,
    async start() {
      // Removed with every stop, unlike the data.
      const folder = await makeFolder('own-postgres-run');
      service = await startServer({ address: url, command, args, folder, account, answers: async () => answers(url) });
    },
    stop,
    async remove() {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 1000 });
  // A server that is still starting hangs up in more ways than one.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
