import type { Clock } from './clock.ts';

/** One simulated process. Its code is ordinary code; it can die or freeze because all that reaches it from outside comes through `whenAwake`. */
export interface Life {
  readonly name: string;
  /** The requests that it is busy with. */
  readonly holding: Map<string, number>;
  isAlive(): boolean;
  isFrozen(): boolean;
  /** Runs `action` now, or when the process thaws, or never when it is dead: what waits for it then waits for ever. */
  whenAwake(action: () => void): void;
  kill(): void;
  freeze(forMs: number): void;
  thaw(): void;
}

export interface LifeEvents {
  killed(life: Life): void;
  frozen(life: Life, forMs: number): void;
  thawed(life: Life): void;
}

export function createLife(name: string, clock: Clock, events: LifeEvents): Life {
  let state: 'awake' | 'frozen' | 'dead' = 'awake';
  let waiting: (() => void)[] = [];
  const life: Life = {
    name,
    holding: new Map(),
    isAlive: () => state !== 'dead',
    isFrozen: () => state === 'frozen',
    whenAwake(action) {
      if (state === 'awake') action();
      else if (state === 'frozen') waiting.push(action);
    },
    kill() {
      if (state === 'dead') return;
      state = 'dead';
      waiting = [];
      events.killed(life);
    },
    freeze(forMs) {
      if (state !== 'awake') return;
      state = 'frozen';
      clock.in(forMs, life.thaw);
      events.frozen(life, forMs);
    },
    thaw() {
      if (state !== 'frozen') return;
      state = 'awake';
      events.thawed(life);
      const due = waiting;
      waiting = [];
      // What thaws first may kill or freeze the process again.
      for (const action of due) life.whenAwake(action);
    },
  };
  return life;
}

/** Notes that the process is busy with a request until the returned function is called. */
export function hold(life: Life, id: string): () => void {
  life.holding.set(id, (life.holding.get(id) ?? 0) + 1);
  return () => {
    const left = (life.holding.get(id) ?? 1) - 1;
    if (left > 0) life.holding.set(id, left);
    else life.holding.delete(id);
  };
}
