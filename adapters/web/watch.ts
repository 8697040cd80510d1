import type { Archive, Entry } from '#src/core/archive.ts';
import type { Log } from '#src/core/log.ts';
import { STREAM_LIMITS } from './config.ts';
import { TENANT } from './parse.ts';

/** Notices what becomes of requests, for everybody who looks at this gateway's pages: one look at the ledger, however many they are. */
export interface Watch {
  /** Resolves once everything that happens from now on will be noticed. The function ends it. */
  follow(listener: (entry: Entry) => void): Promise<() => void>;
  /** Something was done to this request here: it is looked at without waiting for the next turn. */
  nudge(id: string): void;
}

export interface WatchOptions {
  readonly archive: Pick<Archive, 'find' | 'history'>;
  readonly log: Log;
}

/** More than are ever looked at again. */
const KNOWN_MAX = 2000;
const PAGES_MAX = 5;

/** How a request stands, as far as anybody can see. */
const standOf = ({ stage, progress, ahead, isCancelled, answer }: Entry): string =>
  [stage, progress, ahead, isCancelled, answer?.kind === 'refused' ? answer.code : answer?.kind].join(' ');

interface Known {
  isEmpty(): boolean;
  has(id: string): boolean;
  /** Whether it stands differently from when it was last seen. */
  isNew(entry: Entry): boolean;
}

function createKnown(): Known {
  const stands = new Map<string, string>();
  return {
    isEmpty: () => stands.size === 0,
    has: (id) => stands.has(id),
    isNew: (entry) => {
      const { id } = entry.request;
      const stand = standOf(entry);
      if (stands.get(id) === stand) return false;
      stands.delete(id);
      stands.set(id, stand);
      const [oldest] = stands.keys();
      if (stands.size > KNOWN_MAX && oldest !== undefined) stands.delete(oldest);
      return true;
    },
  };
}

export function createWatch({ archive, log }: WatchOptions): Watch {
  const { lookMs, idleLookMs, newestLength, openLength } = STREAM_LIMITS;
  const followers = new Set<(entry: Entry) => void>();
  const known = createKnown();
  const open = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let first: Promise<void> | undefined;

  function note(entry: Entry): void {
    if (entry.answer === undefined) open.add(entry.request.id);
    else open.delete(entry.request.id);
    if (known.isNew(entry)) for (const follower of followers) follower(entry);
  }

  /** The newest requests, back to one that is known, and then those that are not finished. */
  async function look(): Promise<void> {
    const entries: Entry[] = [];
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const last = entries.at(-1)?.request;
      const before = last === undefined ? {} : { before: { acceptedAt: last.acceptedAt, id: last.id } };
      const newest = await archive.history({ tenant: TENANT, limit: newestLength, ...before });
      entries.push(...newest);
      const oldest = newest.at(-1)?.request.id;
      if (newest.length < newestLength || known.isEmpty() || known.has(oldest ?? '')) break;
    }
    const seen = new Set(entries.map(({ request }) => request.id));
    const others = [...open].filter((id) => !seen.has(id)).slice(0, openLength);
    const rest = await Promise.all(others.map(async (id) => archive.find(id)));
    for (const entry of entries.toReversed()) note(entry);
    for (const entry of rest) if (entry !== undefined) note(entry);
  }

  async function turn(): Promise<void> {
    try {
      await look();
    } catch (error) {
      log.warn('watch-failed', {}, error);
    }
    if (followers.size > 0) timer = setTimeout(() => void turn(), open.size > 0 ? lookMs : idleLookMs);
    else first = undefined;
  }

  return {
    follow: async (listener) => {
      followers.add(listener);
      first ??= turn();
      await first;
      return () => {
        followers.delete(listener);
        if (followers.size > 0) return;
        clearTimeout(timer);
        first = undefined;
      };
    },
    nudge: (id) => {
      if (followers.size === 0) return;
      const work = async (): Promise<void> => {
        const entry = await archive.find(id);
        if (entry !== undefined) note(entry);
        clearTimeout(timer);
        timer = setTimeout(() => void turn(), lookMs);
      };
      void work().catch((error: unknown) => log.warn('watch-failed', { id }, error));
    },
  };
}
