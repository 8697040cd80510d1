/** How many jobs a worker takes at once, and how long it rests when even one is too many. */
export interface Pace {
  /** From 1 to the configured number. */
  readonly limit: number;
  /** How many were done since the limit last changed. */
  readonly done: number;
  /** 0 while others are at work: their ends are when to try again. */
  readonly restMs: number;
}

const REST_MS = 1000;
const REST_MAX_MS = 8000;

/** Where a worker begins: it takes as many as it may. */
export const fullPace = (most: number): Pace => ({ limit: most, done: 0, restMs: 0 });

/**
 * After a job that was turned away while `others` were at work: those are how many there may be. A burst of refusals therefore ends at what
 * the service bears, whatever the order in which they come. A worker that is given nothing takes one job at a time, each after a longer rest.
 */
export function slower({ limit, restMs }: Pace, others: number): Pace {
  if (others > 0) return { limit: Math.min(limit, others), done: 0, restMs: 0 };
  return { limit: 1, done: 0, restMs: restMs === 0 ? REST_MS : Math.min(restMs * 2, REST_MAX_MS) };
}

/** After a job that was done: when as many were done as there may be at once, there may be one more. */
export function faster({ limit, done }: Pace, most: number): Pace {
  if (limit >= most) return fullPace(most);
  return done + 1 < limit ? { limit, done: done + 1, restMs: 0 } : { limit: limit + 1, done: 0, restMs: 0 };
}
