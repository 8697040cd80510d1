import type { Config } from '../config.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Handle, Queue } from '../core/queue.ts';
import { claimHost, type Guest, type Host } from '../queue/host.ts';
import { queueAt } from './queue.ts';
import type { Opened } from './run.ts';
import { startSweeping } from './sweeping.ts';
import { opening } from './trouble.ts';

/** A queue that somebody works on: a worker at the same Redis, the server that hosts it, or this process. */
export interface ShellQueue {
  readonly queue: Queue;
  /** Called while the answer is awaited: puts the request back where it was forgotten, and takes the place of a host that went away. */
  readonly keepGoing: (id: string) => Promise<void>;
}

export interface ShellQueueRoom {
  readonly config: Config;
  readonly ledger: Ledger;
  /** What this process does with a job, should it have to work itself. */
  readonly handle: () => Promise<Handle>;
  readonly opened: Opened;
}

/** How often a guest looks whether its host is still there. */
const LOOK_EVERY_MS = 1000;
/** How often a request that somebody else is to work on is put on the queue again; while it is there, that changes nothing. */
const REMIND_EVERY_MS = 3000;

/** Joins Redis, or the server that hosts this data directory, or else hosts the queue itself for as long as the command runs. */
export async function openShellQueue(room: ShellQueueRoom): Promise<ShellQueue> {
  const { config, opened } = room;
  if (config.redisUrl !== undefined) {
    const queue = queueAt({ url: config.redisUrl }, config, opened);
    return { queue, keepGoing: reminder(queue) };
  }
  const claim = () => opening('queue', config.dataDir, async () => claimHost(config.dataDir, { program: 'shell' }));
  let role = await claim();
  const queue = await join(role, room);
  let remind = reminder(queue);
  let lookedAt = Date.now();
  const keepGoing = async (id: string): Promise<void> => {
    if (role.role === 'host') return;
    await remind(id);
    if (Date.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = Date.now();
    if (!role.hostIsGone()) return;
    role = await claim();
    remind = reminder(await join(role, room), 0);
    await remind(id);
  };
  return { queue, keepGoing };
}

/** A host works on what it is asked, and on what an interrupted command before it has left unfinished. */
async function join(role: Host | Guest, { config, ledger, handle, opened }: ShellQueueRoom): Promise<Queue> {
  if (role.role === 'host') opened.defer(role.release);
  const queue = queueAt(role.connection, config, opened);
  if (role.role === 'guest') return queue;
  opened.defer(await queue.work(await handle()), 'first');
  opened.defer(startSweeping(ledger, queue, opened.log), 'first');
  return queue;
}

function reminder(queue: Queue, remindedAt = Date.now()): (id: string) => Promise<void> {
  return async (id) => {
    if (Date.now() - remindedAt < REMIND_EVERY_MS) return;
    remindedAt = Date.now();
    // A queue that is away is asked again in a while: that is what this is for.
    await queue.add({ id, rank: 0 }).catch(() => {});
  };
}
