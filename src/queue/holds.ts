import { withinDeadline } from '#src/core/deadline.ts';
import { TryLater } from '#src/core/failure.ts';

/** One job while this process works on it. */
export interface Hold {
  /** Aborts with TryLater `superseded` when the job was lost, and with `stopping` when the process stops. */
  readonly signal: AbortSignal;
  /** Resolves when the worker begins to stop: the job may go on, but should not dawdle. */
  readonly stopping: Promise<void>;
  /** Resolves when the job is taken from a handler that does not end although its signal has aborted. */
  readonly abandoned: Promise<void>;
  readonly isLost: () => boolean;
  readonly release: () => void;
}

/** The jobs that one worker holds. BullMQ keeps such a list by id alone and confuses two runs of one job; this one does not let that happen. */
export interface Holds {
  /** Undefined when the worker is stopping, or still has an earlier run of this job, which is thereby lost. */
  readonly take: (id: string) => Hold | undefined;
  readonly lose: (id: string) => void;
  readonly count: () => number;
  /** Nothing can be taken any more. Resolves when nothing is held: at the latest after both times. */
  readonly drain: (graceMs: number, settleMs: number) => Promise<void>;
}

interface Held {
  readonly controller: AbortController;
  readonly hurry: () => void;
  readonly abandon: () => void;
  readonly released: Promise<void>;
  lost: boolean;
}

export function createHolds(): Holds {
  const all = new Map<string, Held>();
  let isStopping = false;

  const lose = (id: string): void => {
    const held = all.get(id);
    if (held === undefined) return;
    held.lost = true;
    held.controller.abort(new TryLater('superseded', 0));
  };

  const take = (id: string): Hold | undefined => {
    lose(id);
    if (isStopping || all.has(id)) return undefined;
    const stopping = Promise.withResolvers<void>();
    const abandoned = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const controller = new AbortController();
    const held: Held = { controller, hurry: stopping.resolve, abandon: abandoned.resolve, released: released.promise, lost: false };
    all.set(id, held);
    return {
      signal: controller.signal,
      stopping: stopping.promise,
      abandoned: abandoned.promise,
      isLost: () => held.lost,
      release() {
        all.delete(id);
        released.resolve();
      },
    };
  };

  const allReleased = async (limitMs: number): Promise<boolean> => {
    const outcome = await withinDeadline(Promise.all(Array.from(all.values(), (held) => held.released)), limitMs);
    return outcome.kind === 'done';
  };

  const drain = async (graceMs: number, settleMs: number): Promise<void> => {
    isStopping = true;
    for (const { hurry } of all.values()) hurry();
    if (await allReleased(graceMs)) return;
    for (const { controller } of all.values()) controller.abort(new TryLater('stopping', 0));
    if (await allReleased(settleMs)) return;
    for (const { abandon } of all.values()) abandon();
  };

  return { take, lose, count: () => all.size, drain };
}
