/** The emulator's time: three seconds to acknowledge, two minutes of status, twelve hours of a token. */
export interface Clock {
  nowMs(): number;
  /** Rings once when the time has come; the function it returns takes that back. */
  after(waitMs: number, ring: () => void): () => void;
  /**
   * Puts the clock forward; what becomes due on the way rings in its order, at its own time. What is begun on the way has its whole time left
   * afterwards: a payload that is sent again during a jump can still be acknowledged.
   */
  advance(byMs: number): void;
  /** Nothing rings afterwards. */
  stop(): void;
}

interface Alarm {
  readonly dueMs: number;
  readonly ring: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** A running clock goes on by itself and can be put forward as well; one that does not run moves only when told to. */
export function createClock({ running, startMs = Date.now() }: { readonly running: boolean; readonly startMs?: number }): Clock {
  const alarms = new Set<Alarm>();
  const beganMs = performance.now();
  let skippedMs = 0;
  let jumpEndMs = 0;
  const nowMs = (): number => Math.floor(startMs + skippedMs + (running ? performance.now() - beganMs : 0));

  function take(alarm: Alarm): boolean {
    clearTimeout(alarm.timer);
    return alarms.delete(alarm);
  }

  function arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    if (running) alarm.timer = setTimeout(() => take(alarm) && alarm.ring(), alarm.dueMs - nowMs());
  }

  function firstUntil(untilMs: number): Alarm | undefined {
    const due = [...alarms].filter(({ dueMs }) => dueMs <= untilMs);
    return due.toSorted((left, right) => left.dueMs - right.dueMs)[0];
  }

  return {
    nowMs,
    after(waitMs, ring) {
      const alarm: Alarm = { dueMs: Math.max(nowMs(), jumpEndMs) + waitMs, ring, timer: undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => void take(alarm);
    },
    advance(byMs) {
      const untilMs = nowMs() + byMs;
      jumpEndMs = untilMs;
      for (let alarm = firstUntil(untilMs); alarm !== undefined; alarm = firstUntil(untilMs)) {
        take(alarm);
        skippedMs += Math.max(0, alarm.dueMs - nowMs());
        alarm.ring();
      }
      skippedMs += Math.max(0, untilMs - nowMs());
      for (const alarm of alarms) arm(alarm);
    },
    stop() {
      for (const alarm of alarms) take(alarm);
    },
  };
}
