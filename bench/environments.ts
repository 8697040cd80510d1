import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { freshDatabase } from '#test/setup/fresh.ts';
import { findPostgres, startPostgres } from '#test/setup/postgres.ts';
import { findRedis, startRedis } from '#test/setup/redis.ts';
import type { Environment } from './bot.ts';
import { openControl } from './control/control.ts';
import { APART, openProduct, TOGETHER } from './product.ts';

export interface OpenedEnvironments {
  readonly environments: readonly Environment[];
  stop(): Promise<void>;
}

/**
 * The control, the product alone, and, where both servers are installed, the product's halves on Redis and PostgreSQL. With a folder for profiles every
 * program leaves one there when it ends in an orderly way.
 */
export async function openEnvironments(profileDir?: string): Promise<OpenedEnvironments> {
  const settings: Settings = profileDir === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(profileDir)}` };
  const control: Environment = { configuration: 'control', open: async (options) => openControl(options, settings) };
  const embedded: Environment = {
    configuration: 'embedded',
    open: async (options) =>
      openProduct({
        ...options,
        programs: TOGETHER,
        settings,
        database: (dataDir) => ({ kind: 'sqlite', file: join(dataDir, 'ledger.sqlite') }),
        close: async () => {},
      }),
  };
  const [redisProgram, initdb] = [findRedis(), findPostgres()];
  if (redisProgram === undefined || initdb === undefined) {
    console.error('[bench] without redis-server and PostgreSQL only the embedded configuration is measured');
    return { environments: [control, embedded], stop: async () => {} };
  }
  // Flushed at every commit as in earnest, unlike in tests.
  const [redis, postgres] = await Promise.all([startRedis(redisProgram), startPostgres(initdb, { fsync: 'on' })]);
  return {
    environments: [control, embedded, apart(redis.address, postgres.address, settings)],
    stop: async () => {
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

type Settings = Readonly<Record<string, string>>;

function apart(redisUrl: string, postgresUrl: string, settings: Settings): Environment {
  return {
    configuration: 'redis+postgres',
    async open(options) {
      const redis = new Redis(redisUrl);
      await redis.flushall();
      redis.disconnect();
      const database = await freshDatabase(postgresUrl);
      return openProduct({
        ...options,
        programs: APART,
        settings: { ...settings, REDIS_URL: redisUrl, DATABASE_URL: database.url },
        database: () => ({ kind: 'postgres', url: database.url }),
        close: async () => database.drop(),
      });
    },
  };
}
