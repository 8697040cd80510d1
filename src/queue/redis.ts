import { Redis, type RedisOptions } from 'ioredis';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';

/** Where a Redis is. A URL may carry user, password, database and TLS (`rediss:`). */
export type RedisAddress = { readonly url: string } | { readonly host: string; readonly port: number; readonly password?: string };

/** One log line when the first of several clients loses Redis, and one when the last has it again. */
export interface Link {
  readonly isDown: () => boolean;
  readonly lost: (client: Redis, error?: unknown) => void;
  readonly back: (client: Redis) => void;
  readonly forget: (client: Redis) => void;
}

export interface RedisClientOptions {
  readonly address: RedisAddress;
  readonly link: Link;
  /** A client comes back for as long as this says true. */
  readonly isWanted: () => boolean;
  readonly settings: Pick<RedisOptions, 'enableOfflineQueue' | 'maxRetriesPerRequest' | 'socketTimeout'>;
}

const RECONNECT_MS = 50;
const RECONNECT_MAX_MS = 1000;
const CONNECT_LIMIT_MS = 5000;
const KEEP_ALIVE_MS = 5000;
const ANSWER_LIMIT_MS = 1000;

/** Opens a client that never throws at the process and that reconnects whatever happens to Redis. */
export function openRedis({ address, link, isWanted, settings }: RedisClientOptions): Redis {
  const options = {
    ...settings,
    connectTimeout: CONNECT_LIMIT_MS,
    keepAlive: KEEP_ALIVE_MS,
    // Also asked by the copy that BullMQ makes for its blocking reads, which nobody else could end.
    retryStrategy: (times: number) => (isWanted() ? Math.min(RECONNECT_MS * 2 ** times, RECONNECT_MAX_MS) : null),
  };
  const client = 'url' in address ? new Redis(address.url, options) : new Redis({ ...options, ...address });
  const lost = (error?: unknown): void => {
    if (isWanted()) link.lost(client, error);
  };
  return client
    .on('error', lost)
    .on('close', () => lost())
    .on('ready', () => link.back(client))
    .on('end', () => link.forget(client));
}

export function createLink(log: Log): Link {
  const down = new Set<Redis>();
  return {
    isDown: () => down.size > 0,
    lost(client, error) {
      if (down.size === 0) log.warn('redis-lost', {}, error);
      down.add(client);
    },
    back(client) {
      if (down.delete(client) && down.size === 0) log.info('redis-back');
    },
    forget(client) {
      down.delete(client);
    },
  };
}

/** Whether a Redis answers there, on a connection of its own. Never throws. */
export async function answers(address: RedisAddress): Promise<boolean> {
  const options = { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => null };
  const client = 'url' in address ? new Redis(address.url, options) : new Redis({ ...options, ...address });
  // The attempt fails with the same error.
  client.on('error', () => {});
  const outcome = await withinDeadline(
    client.connect().then(() => client.ping()),
    ANSWER_LIMIT_MS,
  );
  client.disconnect();
  return outcome.kind === 'done';
}
