import type { ProblemCode } from './problems.ts';

/**
 * How a call goes wrong. `drop-before`: the connection breaks and nothing happened; `drop-after`: it breaks and everything happened.
 * `hang-after`: everything happened and no answer ever comes. `malformed`: done, and the answer is no JSON.
 */
export type FaultKind =
  | 'drop-before'
  | 'drop-after'
  | 'hang-before'
  | 'hang-after'
  | 'slow'
  | 'status'
  | 'status-after'
  | 'malformed'
  | 'problem';

export interface FaultRule {
  /** `POST /channels/:channel/messages`, `GET cdn`; none for every route. */
  readonly route?: string;
  readonly kind: FaultKind;
  /** How many calls it spoils; without it, one. */
  readonly times?: number;
  /** For `status`: 500, 502, 503, 504. */
  readonly status?: number;
  /** For `slow`. */
  readonly delayMs?: number;
  /** For `problem`: what Discord says. */
  readonly code?: ProblemCode;
  /** Lets so many calls through first. */
  readonly after?: number;
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** What this call has to suffer; asking uses the rule up by one. */
  strike(route: string): FaultRule | undefined;
}

/** `known`: the names of all routes. A rule for a route that does not exist would never strike, and nobody would know. */
export function createFaults(known: () => ReadonlySet<string>): Faults {
  let rules: { readonly rule: FaultRule; left: number; toPass: number }[] = [];
  return {
    add(rule) {
      if (rule.route !== undefined && !known().has(rule.route)) throw new Error(`there is no route ${rule.route}`);
      rules.push({ rule, left: rule.times ?? 1, toPass: rule.after ?? 0 });
    },
    clear() {
      rules = [];
    },
    strike(route) {
      const found = rules.find(({ rule }) => rule.route === undefined || rule.route === route);
      if (found === undefined) return undefined;
      if (found.toPass > 0) {
        found.toPass -= 1;
        return undefined;
      }
      found.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return found.rule;
    },
  };
}
