export interface BreakerOptions {
  readonly now: () => number;
  readonly failuresMax?: number;
  readonly windowMs?: number;
  readonly openMs?: number;
}

/** Keeps calls from a service that is down. Every `true` of `enter` is followed by exactly one of the other three. */
export interface Breaker {
  /** False while the service is taken to be down; after the pause one call at a time is let through to see. */
  enter(): boolean;
  succeeded(): void;
  /** `downMs`: the service, or the kind of failure, said for how long; it is not asked before. */
  failed(downMs?: number): void;
  /** The call ended without telling anything, as when the caller left. */
  left(): void;
}

/** Opens after `failuresMax` failures within `windowMs` without a success between them. */
export function createBreaker({ now, failuresMax = 5, windowMs = 60_000, openMs = 30_000 }: BreakerOptions): Breaker {
  let failures: readonly number[] = [];
  let openUntil = 0;
  let probing = false;

  function halfOpen(): boolean {
    return openUntil !== 0 && now() >= openUntil;
  }

  return {
    enter() {
      if (openUntil === 0) return true;
      if (!halfOpen() || probing) return false;
      probing = true;
      return true;
    },
    succeeded() {
      failures = [];
      openUntil = 0;
      probing = false;
    },
    failed(downMs) {
      failures = [...failures.filter((at) => at > now() - windowMs), now()].slice(-failuresMax);
      if (downMs !== undefined || probing || failures.length >= failuresMax) openUntil = Math.max(openUntil, now() + (downMs ?? openMs));
      probing = false;
    },
    left() {
      probing = false;
    },
  };
}
