import { z } from 'zod';
import type { Cabinet } from '#src/core/cabinet.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import { DISCORD_LIMITS } from './config.ts';

/** What the gateway needs to go on where it was: Discord keeps a session's events for some minutes. */
const sessionSchema = z.strictObject({
  sessionId: z.string(),
  resumeURL: z.string(),
  sequence: z.int(),
  shardCount: z.int(),
  shardId: z.int(),
});
type Session = z.infer<typeof sessionSchema>;
/** `owner`: the process that listens on it, or was the last to. `at`: when it was last known to. */
const keptSchema = z.strictObject({ ...sessionSchema.shape, owner: z.string(), at: z.int() });
type Kept = z.infer<typeof keptSchema>;

/**
 * The gateway's sessions, in memory for the library, and in the cabinet for whoever starts after this process. What is kept is a mark below which
 * every event was handled: a killed process is told the rest once more, and nothing is missed. Whoever starts takes the kept session over; a process
 * whose session was taken goes on with one of its own that is not kept.
 */
export interface Sessions {
  /** Null for a session of its own. Waits for ever once frozen: a shard that is just coming back stays away. */
  retrieve(shardId: number): Promise<Session | null>;
  update(session: Session): void;
  /** The session is no good any more. Nothing is forgotten once frozen: that is the library on its way out. */
  forget(shardId: number): void;
  /** An event that asks for nothing. */
  passed(shardId: number, sequence: number): void;
  /** An event that is being handled, until the returned function is called. */
  begin(shardId: number, sequence: number): () => void;
  /** The connection is gone: somebody else may have the session now. */
  closed(shardId: number): void;
  freeze(): void;
  /** Puts down where it is now. Never rejects. */
  keep(): Promise<void>;
  /** Puts down how far everything was handled. */
  close(): Promise<void>;
}

interface SessionsOptions {
  readonly cabinet: Cabinet;
  readonly now: () => number;
  /** A name that no other process has. */
  readonly owner: string;
  readonly log: Log;
}

interface Shard {
  session: Session | undefined;
  /** The one that Discord has forgotten, whatever the cabinet says. */
  dead: string | undefined;
  /** The highest sequence that was seen, and those that are still being handled. */
  seen: number;
  readonly pending: Set<number>;
  /** What is known to be kept may have changed. */
  unsure: boolean;
  /** Another process has the place in the cabinet. */
  isTaken: boolean;
  written: number;
}

const DRAWER = 'discord-sessions';
const BEAT_MS = 5000;
/** A cabinet that does not answer costs the way back to what was missed, and not the connection. */
const LOOK_MS = 3000;
/** A process that has not been heard of for so long has left its place. */
const LEFT_MS = 3 * BEAT_MS;

export function createSessions(options: SessionsOptions): Sessions {
  const shards = new Map<number, Shard>();
  const keeper = createKeeper(shards, options);
  let frozen = false;

  const shardOf = (id: number): Shard => {
    const shard = shards.get(id) ?? {
      session: undefined,
      dead: undefined,
      seen: 0,
      pending: new Set(),
      unsure: true,
      isTaken: false,
      written: 0,
    };
    shards.set(id, shard);
    return shard;
  };
  const see = (id: number, sequence: number): Shard => {
    const shard = shardOf(id);
    shard.seen = Math.max(shard.seen, sequence);
    keeper.soon();
    return shard;
  };

  return {
    async retrieve(id) {
      if (frozen) return new Promise(() => {});
      const shard = shardOf(id);
      if (shard.unsure) await withinDeadline(keeper.look(id, shard), LOOK_MS);
      return shard.session ?? null;
    },
    update(session) {
      const shard = shardOf(session.shardId);
      if (shard.session?.sessionId !== session.sessionId) {
        shard.pending.clear();
        Object.assign(shard, { seen: session.sequence, written: 0 });
      }
      shard.session = session;
      keeper.soon();
    },
    forget(id) {
      const shard = shardOf(id);
      if (frozen || shard.session === undefined) return;
      shard.dead = shard.session.sessionId;
      shard.session = undefined;
    },
    passed: (id, sequence) => void see(id, sequence),
    begin(id, sequence) {
      const { pending } = see(id, sequence);
      pending.add(sequence);
      return () => {
        pending.delete(sequence);
        keeper.soon();
      };
    },
    closed(id) {
      shardOf(id).unsure = true;
    },
    freeze() {
      frozen = true;
    },
    keep: () => keeper.keep(),
    async close() {
      frozen = true;
      await keeper.close();
    },
  };
}

/** What of it stands in the cabinet. */
interface Keeper {
  /** Looks whether the session is still this process's, and takes over the one that is kept when it has none yet. */
  look(id: number, shard: Shard): Promise<void>;
  /** Puts down, in a moment, what has changed by then. */
  soon(): void;
  keep(): Promise<void>;
  close(): Promise<void>;
}

function createKeeper(shards: ReadonlyMap<number, Shard>, { cabinet, now, owner, log }: SessionsOptions): Keeper {
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const read = async (id: number): Promise<Kept | undefined> => keptSchema.safeParse(await cabinet.read(DRAWER, nameOf(id))).data;

  async function write(id: number, shard: Shard): Promise<void> {
    const { session } = shard;
    if (session === undefined) return;
    const kept = await read(id);
    shard.isTaken = kept !== undefined && kept.owner !== owner && now() - kept.at < LEFT_MS;
    if (shard.isTaken) return;
    const sequence = markOf(shard);
    await cabinet.write(DRAWER, nameOf(id), { ...session, sequence, owner, at: now() });
    shard.written = sequence;
  }

  const writeAll = (onlyChanged: boolean): Promise<void> => {
    const work = async (): Promise<void> => {
      for (const [id, shard] of shards) if (!onlyChanged || shard.written !== markOf(shard)) await write(id, shard);
    };
    // One after the other. A mark that was not written is written with the next one; until then more than needed would be told again.
    writing = writing.then(work).catch((error: unknown) => log.warn('discord-mark-unwritten', {}, error));
    return writing;
  };
  const beat = setInterval(() => void writeAll(false), BEAT_MS);
  beat.unref();

  return {
    async look(id, shard) {
      const kept = await read(id);
      shard.unsure = false;
      if (shard.session !== undefined) {
        shard.isTaken = kept !== undefined && kept.owner !== owner;
        if (shard.isTaken && kept?.sessionId === shard.session.sessionId) shard.session = undefined;
      } else if (kept !== undefined && !shard.isTaken && kept.sessionId !== shard.dead && now() - kept.at < DISCORD_LIMITS.sessionMs) {
        const { owner: _, at: __, ...session } = kept;
        Object.assign(shard, { session, seen: session.sequence });
        await cabinet.write(DRAWER, nameOf(id), { ...kept, owner, at: now() });
      }
    },
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        void writeAll(true);
      }, DISCORD_LIMITS.markMs);
    },
    keep: () => writeAll(false),
    async close() {
      clearInterval(beat);
      clearTimeout(timer);
      await writeAll(false);
    },
  };
}

const nameOf = (shardId: number): string => `shard-${shardId}`;

/** Everything up to here was handled. */
function markOf({ seen, pending }: Shard): number {
  return Math.min(seen, ...[...pending].map((sequence) => sequence - 1));
}
