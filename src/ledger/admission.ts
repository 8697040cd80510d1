import { Refusal } from '#src/core/failure.ts';
import { accountName } from './budget.ts';
import type { RequestsTable } from './tables.ts';

export interface AdmissionRules {
  /** How many requests may be unfinished at once, everybody's together. */
  readonly maxUnfinished: number;
  /** What one tenant may spend in a UTC day. */
  readonly dailyBudgetMicros: number | undefined;
  /** How many requests are worked on at once, for the estimate. */
  readonly parallel: number;
  /** How many clips are made at once, for theirs: one, unless it says otherwise. */
  readonly clipsAtOnce?: number;
}

/** Beyond it everybody is equally patient. */
export const RANK_MAX = 64;

/** How things stand before any of them is let in. */
export interface Standing {
  /** What the tenant may still spend on the row's day. */
  readonly roomMicros: (row: RequestsTable) => number;
  /** How many wait already, everybody's together; from the limit on it need not be exact. */
  readonly waiting: number;
  /** How many unfinished requests the row's person has; from `RANK_MAX` on it need not be exact. */
  readonly own: (row: RequestsTable) => number;
}

export interface Admission {
  /** With their rank: behind the person's own. */
  readonly admitted: readonly RequestsTable[];
  readonly refused: ReadonlyMap<string, Refusal>;
}

/** Who is let in, in the order in which they came: whoever is refused takes nobody's place, and a cheaper one behind them may still be let in. */
export function admit(rows: readonly RequestsTable[], standing: Standing, { maxUnfinished, dailyBudgetMicros }: AdmissionRules): Admission {
  const admitted: RequestsTable[] = [];
  const refused = new Map<string, Refusal>();
  const [heldMicros, came] = [new Map<string, number>(), new Map<string, number>()];
  for (const row of rows) {
    const [account, person] = [accountName(row), JSON.stringify([row.tenant, row.requester_id])];
    const [held, earlier] = [heldMicros.get(account) ?? 0, came.get(person) ?? 0];
    if (dailyBudgetMicros !== undefined && held + row.reserved_micros > standing.roomMicros(row)) {
      refused.set(row.id, new Refusal('budget-reached', { capMicros: dailyBudgetMicros }));
    } else if (standing.waiting + admitted.length >= maxUnfinished) {
      refused.set(row.id, new Refusal('queue-full', { limit: maxUnfinished }));
    } else {
      heldMicros.set(account, held + row.reserved_micros);
      came.set(person, earlier + 1);
      admitted.push({ ...row, rank: Math.min(standing.own(row) + earlier, RANK_MAX) });
    }
  }
  return { admitted, refused };
}
