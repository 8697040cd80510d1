import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { freshDatabase } from './fresh.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const chromiumPath = inject('chromiumPath') ?? '';

const names = async (url: string): Promise<string[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
  await client.end();
  return rows.map((row) => row.name);
};

describe.skipIf(redisUrl === '')('the Redis provided to tests', () => {
  it('answers in its own protocol and never evicts a job', async () => {
    const { hostname, port } = new URL(redisUrl);
    const socket = connect(Number(port), hostname);
    socket.write('CONFIG GET maxmemory-policy\r\n');
    const [reply] = await once(socket.setEncoding('utf8'), 'data');
    socket.destroy();
    expect(reply).toContain('noeviction');
  });
});

describe.skipIf(postgresUrl === '')('the PostgreSQL provided to tests', () => {
  it('gives every caller an empty database of its own', async () => {
    const [first, second] = await Promise.all([freshDatabase(postgresUrl), freshDatabase(postgresUrl)]);
    const client = new Client({ connectionString: first.url });
    await client.connect();
    await client.query('create table picture (id text)');
    await client.end();

    expect(await names(first.url)).toEqual(['picture']);
    expect(await names(second.url)).toEqual([]);
    await Promise.all([first.drop(), second.drop()]);
  });

  it('drops a database that somebody is still connected to', async () => {
    const database = await freshDatabase(postgresUrl);
    const client = new Client({ connectionString: database.url });
    const thrownOut = new Promise((resolve) => client.once('error', resolve).on('error', () => undefined));
    await client.connect();
    await database.drop();
    expect(await thrownOut).toMatchObject({ code: '57P01' });
    await expect(names(database.url)).rejects.toThrow('does not exist');
  });
});

describe.skipIf(chromiumPath === '')('the Chromium provided to tests', () => {
  it('says its version', async () => {
    const { stdout } = await promisify(execFile)(chromiumPath, ['--version', '--no-sandbox']);
    expect(stdout).toMatch(/Chrom/);
  });
});
