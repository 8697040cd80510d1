/** How often somebody may do something: so many at once, and then so many in a minute. */
export interface Pace {
  /** Whether it may be done now; if so, it counts. */
  allows(who: string): boolean;
}

export interface PaceOptions {
  readonly atOnce: number;
  readonly perMinute: number;
  readonly now: () => number;
}

/** Whoever is forgotten has done nothing for so long that it makes no difference, unless there are more people than this. */
const PEOPLE_MAX = 10_000;

export function createPace({ atOnce, perMinute, now }: PaceOptions): Pace {
  const left = new Map<string, { readonly count: number; readonly at: number }>();
  return {
    allows: (who) => {
      const known = left.get(who) ?? { count: atOnce, at: now() };
      const count = Math.min(atOnce, known.count + ((now() - known.at) * perMinute) / 60_000);
      left.delete(who);
      left.set(who, { count: count < 1 ? count : count - 1, at: now() });
      const [first] = left.keys();
      if (left.size > PEOPLE_MAX && first !== undefined) left.delete(first);
      return count >= 1;
    },
  };
}
