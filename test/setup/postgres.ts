import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findProgram, versionedFolders } from './programs.ts';
import { freePort, startServer, type Account, type Service } from './server.ts';

/** Debian keeps PostgreSQL's own programs off PATH, one folder for each version. */
export const findPostgres = (): string | undefined => findProgram(['initdb'], versionedFolders('/usr/lib/postgresql'));

/** PostgreSQL refuses to run as root, so root lends it an account without rights. Anybody else runs it as themselves. */
export const unprivilegedAccount = async (): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = new Map((await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => [line.split(':')[0], line.split(':')]));
  const found = accounts.get('postgres') ?? accounts.get('nobody');
  if (found === undefined) throw new Error('running as root, and there is neither a user postgres nor a user nobody');
  return { uid: Number(found[2]), gid: Number(found[3]) };
};

const answersQueries = async (connectionString: string): Promise<boolean> => {
  const client = new Client({ connectionString, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A PostgreSQL of this run's own: loopback only, in a temporary folder. It forgets on a power cut, which no test stages; a bench pays for not forgetting. */
export const startPostgres = async (initdb: string, { fsync = 'off' }: { readonly fsync?: 'on' | 'off' } = {}): Promise<Service> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'hoami-postgres-'));
  const account = await unprivilegedAccount();
  if (account !== undefined) await chown(folder, account.uid, account.gid);

  const data = join(folder, 'data');
  const init = ['--pgdata', data, '--username', 'hoami', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
  await promisify(execFile)(initdb, init, { cwd: folder, ...account });

  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync, max_connections: 200 };
  const address = `postgres://hoami@127.0.0.1:${port}/postgres`;
  return startServer({
    address,
    command: join(dirname(initdb), 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    folder,
    account,
    answers: () => answersQueries(address),
  });
};
