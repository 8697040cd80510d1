/** Virtual time. It stands still while code runs, and jumps to whatever is due next. */
export interface Clock {
  now(): number;
  /** Runs `action` in `waitMs`, once everything that is due earlier has run and come to rest. Returns what calls it off. */
  in(waitMs: number, action: () => void): () => void;
  /** Goes on until `isOver` says so, nothing is due any more, or `actionsMax` were run. Resolves with how it ended. */
  run(isOver: () => boolean, actionsMax: number): Promise<'over' | 'idle' | 'runaway'>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

export function createClock(startMs: number): Clock {
  const heap: Due[] = [];
  let nowMs = startMs;
  let order = 0;
  return {
    now: () => nowMs,
    in(waitMs, action) {
      order += 1;
      const due: Due = { at: nowMs + Math.max(0, waitMs), order, action };
      push(heap, due);
      return () => {
        due.action = undefined;
      };
    },
    run: (isOver, actionsMax) =>
      new Promise((resolve, reject) => {
        let left = actionsMax;
        const rest = (): void => process.nextTick(step);
        const step = (): void => {
          try {
            if (isOver()) return resolve('over');
            const due = pop(heap);
            if (due === undefined) return resolve('idle');
            if (left === 0) return resolve('runaway');
            left -= 1;
            nowMs = due.at;
            due.action?.();
          } catch (error) {
            return reject(error);
          }
          // Node runs a tick that a microtask asks for once no microtask is left: every promise has then gone as far as it can.
          queueMicrotask(rest);
          return undefined;
        };
        process.nextTick(step);
      }),
  };
}

const isBefore = (one: Due, other: Due): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap, since a history is little else than this. */
function push(heap: Due[], due: Due): void {
  let place = heap.length;
  heap.push(due);
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, due)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = due;
}

function pop(heap: Due[]): Due | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let place = 0;
  for (;;) {
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
    if (left === undefined) break;
    const goesLeft = right === undefined || isBefore(left, right);
    const child = goesLeft ? left : right;
    if (isBefore(last, child)) break;
    heap[place] = child;
    place = 2 * place + (goesLeft ? 1 : 2);
  }
  heap[place] = last;
  return first;
}
