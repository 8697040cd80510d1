import type { Clock } from './clock.ts';

/**
 * Lets the product's own timers (intake's deadline, the download's limit) run on virtual time while `work` goes on, and puts the real ones back.
 * A history is one unbroken run of ticks and microtasks, so nobody else's timer is set meanwhile.
 */
export async function withVirtualTimers<Value>(clock: Clock, work: () => Promise<Value>): Promise<Value> {
  const { setTimeout, clearTimeout } = globalThis;
  const { timeout } = AbortSignal;
  const { stackTraceLimit } = Error;
  const calledOff = new Map<number, () => void>();
  let last = 0;
  Object.assign(globalThis, {
    setTimeout: (action: () => void, waitMs: number) => {
      last += 1;
      calledOff.set(last, clock.in(waitMs, action));
      return last;
    },
    clearTimeout: (timer: number) => calledOff.get(timer)?.(),
  });
  Object.assign(AbortSignal, {
    timeout: (waitMs: number) => {
      const controller = new AbortController();
      clock.in(waitMs, () => controller.abort(new DOMException('timed out', 'TimeoutError')));
      return controller.signal;
    },
  });
  // Nobody reads where in a history an error was made, and finding that out takes longer than whatever failed.
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Object.assign(AbortSignal, { timeout });
    Error.stackTraceLimit = stackTraceLimit;
  }
}
