import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { freshDatabase } from '#test/setup/fresh.ts';
import { findPostgres, startPostgres } from '#test/setup/postgres.ts';
import { findRedis, startRedis } from '#test/setup/redis.ts';
import type { Environment } from './bot.ts';
import { openChatBot, type ChatOptions } from './chat/bot.ts';
import type { ChatName } from './chat/start.ts';
import { openControl } from './control/control.ts';
import { APART, openProduct, TOGETHER } from './product.ts';
import type { Program } from './programs.ts';

export interface OpenedEnvironments {
  readonly environments: readonly Environment[];
  stop(): Promise<void>;
}

/**
 * The control, the product alone, and, where both servers are installed, the product's halves on Redis and PostgreSQL; of these the wanted ones. With a
 * folder for profiles every program leaves one there when it ends in an orderly way.
 */
export async function openEnvironments(wanted: readonly string[], profileDir?: string): Promise<OpenedEnvironments> {
  const profiling = profileDir === undefined ? '' : ` --cpu-prof --cpu-prof-dir=${resolve(profileDir)}`;
  const settings: Settings = { MALLOC_ARENA_MAX: '2', NODE_OPTIONS: `${AS_STARTED}${profiling}` };
  const alone = [control(settings), embedded(settings)].filter(({ configuration }) => wanted.includes(configuration));
  if (!wanted.includes(APART_NAME)) return { environments: alone, stop: async () => {} };
  const [redisProgram, initdb] = [findRedis(), findPostgres()];
  if (redisProgram === undefined || initdb === undefined) {
    console.error('[bench] without redis-server and PostgreSQL only the embedded configuration is measured');
    return { environments: alone, stop: async () => {} };
  }
  // Flushed at every commit as in earnest, unlike in tests.
  const [redis, postgres] = await Promise.all([startRedis(redisProgram), startPostgres(initdb, { fsync: 'on' })]);
  return {
    environments: [...alone, apart(redis.address, postgres.address, settings)],
    stop: async () => {
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

/** What `npm start` and the image give to Node, beside `MALLOC_ARENA_MAX`. */
const AS_STARTED = '--disable-warning=ExperimentalWarning --max-semi-space-size=4';

const APART_NAME = 'redis+postgres';

type Settings = Readonly<Record<string, string>>;

const controlIn = (name: ChatName, { atOnce, clips }: ChatOptions): Program => ({
  name: 'control',
  file: `bench/control/${name}${clips === undefined ? '' : '-clips'}.ts`,
  argv: [String(atOnce)],
  ready: 'connected to',
});

function control(settings: Settings): Environment {
  return {
    configuration: 'control',
    open: async (options) => openControl(options, settings),
    openChat: async (name, options) =>
      openChatBot({ ...options, name, programs: [controlIn(name, options)], settings, close: async () => {} }),
  };
}

function embedded(settings: Settings): Environment {
  const close = async (): Promise<void> => {};
  return {
    configuration: 'embedded',
    open: async (options) =>
      openProduct({
        ...options,
        programs: TOGETHER,
        settings,
        database: (dataDir) => ({ kind: 'sqlite', file: join(dataDir, 'ledger.sqlite') }),
        close,
      }),
    openChat: async (name, options) => openChatBot({ ...options, name, programs: TOGETHER, settings, close }),
  };
}

function apart(redisUrl: string, postgresUrl: string, settings: Settings): Environment {
  const fresh = async () => {
    const redis = new Redis(redisUrl);
    await redis.flushall();
    redis.disconnect();
    const database = await freshDatabase(postgresUrl);
    const shared = { ...settings, REDIS_URL: redisUrl, DATABASE_URL: database.url };
    return { url: database.url, settings: shared, close: async () => database.drop() };
  };
  return {
    configuration: APART_NAME,
    async open(options) {
      const { url, ...place } = await fresh();
      return openProduct({ ...options, ...place, programs: APART, database: () => ({ kind: 'postgres', url }) });
    },
    async openChat(name, options) {
      const place = await fresh();
      return openChatBot({ ...options, ...place, name, programs: APART });
    },
  };
}
