import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** An empty database of the caller's own. `drop` removes it even while somebody is still connected to it. */
export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const execute = async (connectionString: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Makes a database beside the one that `postgresUrl` names. The URL's user must be allowed to create databases. */
export const freshDatabase = async (postgresUrl: string): Promise<FreshDatabase> => {
  const name = `hoami_test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  // template0 has no visitors; template1 cannot be copied while anybody, autovacuum included, is looking at it.
  await execute(postgresUrl, `create database ${name} template template0`);
  return { url: url.href, drop: () => execute(postgresUrl, `drop database if exists ${name} with (force)`) };
};
