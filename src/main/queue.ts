import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { createBullQueue, type BullQueue } from '../queue/bullmq.ts';
import { claimHost, type Host } from '../queue/host.ts';
import type { RedisAddress } from '../queue/redis.ts';
import { say } from '../core/messages.ts';
import type { Opened } from './run.ts';
import type { CannotStart } from './start.ts';
import { opening } from './trouble.ts';

/** Another process works on this data directory, and goes on. */
export type Taken = 'taken';

/** With the page's few seconds beside it and the ledger's after it, within the 30 s that a stop may take. */
const GRACE_MS = 20_000;
const LOOK_EVERY_MS = 200;

/** The queue at this address. */
export function queueAt(connection: RedisAddress, { concurrency }: Config, opened: Opened): BullQueue {
  // One process works with an embedded queue, and hosts it: when that is new, so are they both.
  const settling = 'url' in connection ? {} : { settleMs: 0 };
  const queue = createBullQueue({ connection, concurrency, graceMs: GRACE_MS, log: opened.log, ...settling });
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
  const host = await opening('queue', config.dataDir, async () => becomeHost(config));
  if (host === 'taken') return host;
  opened.defer(host.release);
  return queueAt(host.connection, config, opened);
}

async function becomeHost({ dataDir, language }: Config): Promise<Host | Taken> {
  let told = false;
  for (;;) {
    const claim = await claimHost(dataDir, { program: 'server' });
    if (claim.role === 'host') return claim;
    if (claim.program === 'server') return 'taken';
    if (!told) process.stderr.write(`${say(language, 'start-waiting-for-shell', { place: dataDir })}\n`);
    told = true;
    while (!claim.hostIsGone()) await sleep(LOOK_EVERY_MS);
  }
}
