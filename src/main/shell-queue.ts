import type { Config } from '../config.ts';
import type { Handle, Queue } from '../core/queue.ts';
import { claimHost, type Guest, type Host } from '../queue/host.ts';
import { queueAt } from './queue.ts';
import type { Opened } from './run.ts';

/** A queue that somebody certainly works on: this process, or the server that hosts it. */
export interface ShellQueue {
  readonly queue: Queue;
  /** When the host went away before the request was finished, this process takes its place. */
  readonly keepGoing: (id: string) => Promise<void>;
}

/** How often a guest looks whether its host is still there. */
const LOOK_EVERY_MS = 1000;

/** Joins Redis, or the server that hosts this data directory, or else hosts the queue itself for as long as the command runs. */
export async function openShellQueue(config: Config, handle: () => Handle, opened: Opened): Promise<ShellQueue> {
  const host = async ({ connection, release }: Pick<Host, 'release'> & { connection: Parameters<typeof queueAt>[0] }): Promise<Queue> => {
    opened.defer(release);
    const queue = queueAt(connection, config, opened);
    opened.defer(await queue.work(handle()));
    return queue;
  };
  if (config.redisUrl !== undefined) {
    return { queue: await host({ connection: { url: config.redisUrl }, release: async () => {} }), keepGoing: async () => {} };
  }
  let claim: Host | Guest = await claimHost(config.dataDir);
  const queue = claim.role === 'host' ? await host(claim) : queueAt(claim.connection, config, opened);
  let lookedAt = Date.now();
  const keepGoing = async (id: string): Promise<void> => {
    if (claim.role === 'host' || Date.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = Date.now();
    if (!claim.hostIsGone()) return;
    claim = await claimHost(config.dataDir);
    const taken = claim.role === 'host' ? await host(claim) : queueAt(claim.connection, config, opened);
    await taken.add({ id, rank: 0 });
  };
  return { queue, keepGoing };
}
