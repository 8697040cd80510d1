import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import type { Handle, Queue } from '#src/core/queue.ts';

/** Where a process is to die: before the call is made, or after its answer has come. */
export interface Death {
  readonly place: string;
  readonly when: 'before' | 'after';
}

/** What becomes of one request's process. A place is one call to the outside, named after the port, the call and, from the second time on, its number. */
export interface Fate {
  /** Every place the request has come to, in order. */
  readonly places: readonly string[];
  /** Work in the request's name: only within it is a place a place. What the process does for others meanwhile is not counted. */
  living<Value>(work: () => Promise<Value>): Promise<Value>;
  /** From here on, whatever called this works in the request's name: for what begins in code that cannot be wrapped as a whole. */
  enter(): void;
  /** Work beside the request: nothing in it is a place. */
  aside<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Comes to a place without being the one who makes the call. What it returns is to be called when the answer has come. */
  arrive(name: string): () => void;
  /** Resolves when at least one place was come to, and for that long no call has been under way. */
  quiet(forMs: number): Promise<void>;
  /** Makes the call, and is the end of the process, by SIGKILL, if this is where it is to die. */
  at<Value>(name: string, call: () => Promise<Value>): Promise<Value>;
}

export function createFate(death: Death | undefined): Fate {
  const context = new AsyncLocalStorage<true>();
  const places: string[] = [];
  const times = new Map<string, number>();
  const calls = { underWay: 0, lastAt: Infinity };

  function arrive(name: string): () => void {
    if (context.getStore() === undefined) return () => {};
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    const place = count === 1 ? name : `${name} (${count})`;
    places.push(place);
    calls.underWay += 1;
    if (death?.place === place && death.when === 'before') process.kill(process.pid, 'SIGKILL');
    return () => {
      if (death?.place === place && death.when === 'after') process.kill(process.pid, 'SIGKILL');
      calls.underWay -= 1;
      calls.lastAt = performance.now();
    };
  }

  return {
    places,
    arrive,
    living: async (work) => context.run(true, work),
    aside: async (work) => context.exit(work),
    enter: () => context.enterWith(true),
    at: async (name, call) => {
      const leave = arrive(name);
      try {
        return await call();
      } finally {
        leave();
      }
    },
    quiet: async (forMs) => {
      while (calls.underWay > 0 || performance.now() < calls.lastAt + forMs) await sleep(QUIET_LOOK_MS);
    },
  };
}

const QUIET_LOOK_MS = 20;

/** The same port, each of its calls a place to die. For ports all of whose functions answer with a promise. */
export function mortal<Port extends object>(port: Port, name: string, fate: Fate): Port {
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]): Promise<unknown> =>
        fate.at(`${name} ${String(key)}`, async () => Reflect.apply(member, target, values));
    },
  });
}

export function mortalLedger(ledger: Ledger, fate: Fate): Ledger {
  const { accept, open, unqueued } = mortal(ledger, 'ledger', fate);
  return {
    accept,
    unqueued,
    open: async (id) => {
      const journal = await open(id);
      return journal === undefined ? undefined : mortalJournal(journal, fate);
    },
  };
}

/** Pages are named after their step and each call after the fact it is about. */
function mortalJournal(journal: Journal, fate: Fate): Journal {
  const { request, attempt, answer } = journal;
  const { isCancelled, clipsAhead, spentMicros, postpone, close } = mortal(journal, 'ledger', fate);
  return {
    request,
    attempt,
    answer,
    isCancelled,
    clipsAhead,
    spentMicros,
    postpone,
    close,
    page: (step) => {
      const page = journal.page(step);
      return {
        read: async (name) => fate.at(`read ${step}/${name}`, async () => page.read(name)),
        write: async (name, ...fact) => fate.at(`write ${step}/${name}`, async () => page.write(name, ...fact)),
      };
    },
  };
}

/** How long the queue certainly needs at most to write down how a job ended. */
const NOTED_MS = 250;

/** The queue with its verdict as a place: before it the queue has not heard it, after it the queue has written it down. */
export function mortalQueue(queue: Queue, isMortal: (id: string) => boolean, fate: Fate): Queue {
  const { add } = mortal(queue, 'queue', fate);
  const noted = async (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, NOTED_MS);
    });
  const dying =
    (handle: Handle): Handle =>
    async (id, signal) => {
      if (!isMortal(id)) return handle(id, signal);
      return fate.living(async () => {
        const verdict = await handle(id, signal);
        // Begun now, so that the death before it comes before the verdict leaves; the one after it comes when the queue had time to hear it.
        void fate.at('queue verdict', noted);
        return verdict;
      });
    };
  return { ...queue, add, work: async (handle) => queue.work(dying(handle)) };
}
