import { withinDeadline } from '#src/core/deadline.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Claim } from './reclaim.ts';

/** One job while this process works on it. */
export interface Hold {
  /** Aborts with TryLater `superseded` when the job was lost to another worker, and with `stopping` when the process stops. */
  readonly signal: AbortSignal;
  /** Resolves when the worker begins to stop: the job may go on, but should not dawdle. */
  readonly stopping: Promise<void>;
  /** Resolves when the job is taken from a handler that does not end although its signal has aborted. */
  readonly abandoned: Promise<void>;
}

/** The jobs that one worker holds. BullMQ keeps such a list by id alone and confuses two runs of one job; this one does not let that happen. */
export interface Holds<End> {
  /**
   * Begins a run of the job. Where one is going on already, as the queue had forgotten that, there is still only that one: whoever came last is told
   * its end, and whoever was told of the job before is told undefined. So is everybody when the job was lost meanwhile; what comes back of a lost
   * job begins when the lost run has ended.
   */
  readonly run: (claim: Claim, begin: (hold: Hold) => Promise<End>) => Promise<End | undefined>;
  readonly claims: () => readonly Claim[];
  /** This run's job is somebody else's. Does nothing when it has ended, or was told of the job once more. */
  readonly lose: (claim: Claim) => void;
  readonly count: () => number;
  readonly isStopping: () => boolean;
  /** Resolves when nothing is held: at the latest after both times. */
  readonly drain: (graceMs: number, settleMs: number) => Promise<void>;
}

interface Held<End> {
  readonly controller: AbortController;
  readonly hurry: () => void;
  readonly abandon: () => void;
  readonly end: Promise<End>;
  claim: Claim;
  lost: boolean;
}

export function createHolds<End>(): Holds<End> {
  const all = new Map<string, Held<End>>();
  let isStopping = false;

  const start = (claim: Claim, begin: (hold: Hold) => Promise<End>): Held<End> => {
    const stopping = Promise.withResolvers<void>();
    const abandoned = Promise.withResolvers<void>();
    const controller = new AbortController();
    const running = begin({ signal: controller.signal, stopping: stopping.promise, abandoned: abandoned.promise });
    // Before anybody is told the end: from then on nothing that the queue says of the job is about this run.
    const end = running.finally(() => all.delete(claim.id));
    const held = { controller, hurry: stopping.resolve, abandon: abandoned.resolve, end, claim, lost: false };
    all.set(claim.id, held);
    return held;
  };

  const run: Holds<End>['run'] = async (claim, begin) => {
    for (let lost = all.get(claim.id); lost?.lost === true; lost = all.get(claim.id)) await lost.end;
    const held = all.get(claim.id) ?? start(claim, begin);
    held.claim = claim;
    const end = await held.end;
    return held.lost || held.claim !== claim ? undefined : end;
  };

  const lose = (claim: Claim): void => {
    const held = all.get(claim.id);
    if (held?.claim !== claim) return;
    held.lost = true;
    held.controller.abort(new TryLater('superseded', 0));
  };

  const allEnded = async (limitMs: number): Promise<boolean> => {
    const outcome = await withinDeadline(Promise.all(Array.from(all.values(), ({ end }) => end)), limitMs);
    return outcome.kind === 'done';
  };

  const drain = async (graceMs: number, settleMs: number): Promise<void> => {
    isStopping = true;
    for (const { hurry } of all.values()) hurry();
    if (await allEnded(graceMs)) return;
    for (const { controller } of all.values()) controller.abort(new TryLater('stopping', 0));
    if (await allEnded(settleMs)) return;
    for (const { abandon } of all.values()) abandon();
  };

  const claims = (): readonly Claim[] => Array.from(all.values(), ({ claim }) => claim);
  return { run, claims, lose, count: () => all.size, isStopping: () => isStopping, drain };
}
