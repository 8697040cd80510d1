/** Real time that a test can move forward: everything that expires in the emulator expires by it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  advance(milliseconds: number): void;
  /** Resolves when that much time has passed, by itself or because it was moved. */
  wait(milliseconds: number): Promise<void>;
  /** Lets everybody who still waits go. */
  stop(): void;
}

interface Waiter {
  readonly until: number;
  readonly resolve: () => void;
  timer: NodeJS.Timeout | undefined;
}

export function createClock(): Clock {
  let ahead = 0;
  const waiters = new Set<Waiter>();
  const now = (): number => Date.now() + ahead;

  function look(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    const left = waiter.until - now();
    if (left > 0) {
      waiter.timer = setTimeout(() => look(waiter), left);
      return;
    }
    waiters.delete(waiter);
    waiter.resolve();
  }

  return {
    now,
    advance(milliseconds) {
      ahead += milliseconds;
      for (const waiter of waiters) look(waiter);
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const waiter: Waiter = { until: now() + milliseconds, resolve, timer: undefined };
        waiters.add(waiter);
        look(waiter);
      }),
    stop() {
      for (const waiter of waiters) {
        clearTimeout(waiter.timer);
        waiter.resolve();
      }
      waiters.clear();
    },
  };
}
