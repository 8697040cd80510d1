import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { createBullQueue, type BullQueue } from '../queue/bullmq.ts';
import { claimHost, type Guest, type Host } from '../queue/host.ts';
import type { RedisAddress } from '../queue/redis.ts';
import { say } from '../core/messages.ts';
import type { Opened } from './run.ts';
import type { CannotStart } from './start.ts';

/** Another process works on this data directory, and goes on. */
export type Taken = 'taken';

const HOST_LEAVES_MS = 5000;
const LOOK_EVERY_MS = 200;

/** The queue at this address. */
export function queueAt(connection: RedisAddress, { concurrency }: Config, opened: Opened): BullQueue {
  const queue = createBullQueue({ connection, concurrency, log: opened.log });
  opened.defer(async () => queue.close());
  return queue;
}

/** The queue that gateways and workers of their own share: it has to be in Redis. */
export function openSharedQueue(config: Config, opened: Opened): BullQueue | CannotStart {
  const { redisUrl, language } = config;
  if (redisUrl === undefined)
    return { cannotStart: `${say(language, 'config-wrong')}\n  REDIS_URL ${say(language, 'config-needed-apart')}` };
  return queueAt({ url: redisUrl }, config, opened);
}

/** The queue in Redis, or else the embedded one, hosted by this process. A shell command that hosts it just now is waited for. */
export async function openQueue(config: Config, opened: Opened): Promise<BullQueue | Taken> {
  if (config.redisUrl !== undefined) return queueAt({ url: config.redisUrl }, config, opened);
  const host = await becomeHost(config.dataDir);
  if (host === 'taken') return host;
  opened.defer(host.release);
  return queueAt(host.connection, config, opened);
}

async function becomeHost(dataDir: string): Promise<Host | Taken> {
  const until = Date.now() + HOST_LEAVES_MS;
  for (let claim: Host | Guest = await claimHost(dataDir); ; claim = await claimHost(dataDir)) {
    if (claim.role === 'host') return claim;
    while (!claim.hostIsGone()) {
      if (Date.now() > until) return 'taken';
      await sleep(LOOK_EVERY_MS);
    }
  }
}
