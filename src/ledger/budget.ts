import { randomUUID } from 'node:crypto';
import type { Spending } from '#src/core/ledger.ts';
import type { RequestsTable, Writing } from './tables.ts';

const DAY_MS = 86_400_000;
/** Without a budget the days are kept in the books all the same, so that one that is set later counts from what was spent. */
const UNLIMITED_MICROS = Number.MAX_SAFE_INTEGER;

/** The part of a request's row that money is booked by. */
export type Account = Pick<RequestsTable, 'id' | 'tenant' | 'requester_id' | 'accepted_at' | 'reserved_micros'>;

/** Budgets are of UTC days, and a request belongs to the day of its acceptance however long it takes. */
const dayOf = ({ accepted_at: acceptedAt }: Account): number => Math.floor(acceptedAt / DAY_MS);

/**
 * Holds money back for all of them, whether there is enough or not, and says how much their day had left for them: what does not fit is for the caller to
 * give back in the same transaction. It also holds the rows of their days, so that what follows happens for one transaction of a tenant at a time.
 */
export async function hold(
  writing: Writing,
  accounts: readonly Account[],
  capMicros = UNLIMITED_MICROS,
): Promise<(account: Account) => number> {
  const sums = sumByDay(accounts);
  if (sums.length === 0) return () => 0;
  const days = await writing
    .insertInto('budgets')
    .values(sums.map(({ tenant, day, heldMicros }) => ({ tenant, day, reserved_micros: heldMicros, spent_micros: 0 })))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'day'])
        .doUpdateSet((eb) => ({ reserved_micros: eb('budgets.reserved_micros', '+', eb.ref('excluded.reserved_micros')) })),
    )
    .returning(['tenant', 'day', 'reserved_micros', 'spent_micros'])
    .execute();
  return (account) => {
    const isOf = (each: { readonly tenant: string; readonly day: number }): boolean =>
      each.tenant === account.tenant && each.day === dayOf(account);
    const [sum, day] = [sums.find(isOf), days.find(isOf)];
    if (sum === undefined || day === undefined) return 0;
    return capMicros - (day.reserved_micros - sum.heldMicros) - day.spent_micros;
  };
}

/** Undoes `hold` for those that were not taken after all. */
export async function giveBack(writing: Writing, accounts: readonly Account[]): Promise<void> {
  for (const { tenant, day, heldMicros } of sumByDay(accounts)) {
    await writing
      .updateTable('budgets')
      .set((eb) => ({ reserved_micros: eb('reserved_micros', '-', heldMicros) }))
      .where('tenant', '=', tenant)
      .where('day', '=', day)
      .execute();
  }
}

interface DaySum {
  readonly tenant: string;
  readonly day: number;
  readonly heldMicros: number;
}

/** One for each day of each tenant, always in the same order. */
function sumByDay(accounts: readonly Account[]): readonly DaySum[] {
  const sums = new Map<string, DaySum>();
  for (const account of accounts) {
    const { tenant, reserved_micros: micros } = account;
    const day = dayOf(account);
    const name = accountName(account);
    sums.set(name, { tenant, day, heldMicros: (sums.get(name)?.heldMicros ?? 0) + micros });
  }
  return [...sums.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum);
}

/** Equal for what counts against the same budget. */
export const accountName = (account: Account): string => JSON.stringify([account.tenant, dayOf(account)]);

/** Books money that left. What was held back for it is used up first, so that nothing counts twice against the day. */
export async function book(writing: Writing, account: Account, spending: Spending, at: number): Promise<void> {
  const { id, tenant, requester_id } = account;
  const { what, modelId, costMicros } = spending;
  await writing
    .insertInto('spending')
    .values({ id: randomUUID(), request_id: id, tenant, requester_id, at, what, model_id: modelId, cost_micros: costMicros })
    .execute();
  await settle(writing, account, Math.min(costMicros, account.reserved_micros), costMicros);
}

/** Gives back what is still held for a request. */
export async function release(writing: Writing, account: Account): Promise<void> {
  await settle(writing, account, account.reserved_micros, 0);
}

async function settle(writing: Writing, account: Account, releasedMicros: number, spentMicros: number): Promise<void> {
  await writing
    .updateTable('requests')
    .set((eb) => ({ reserved_micros: eb('reserved_micros', '-', releasedMicros), cost_micros: eb('cost_micros', '+', spentMicros) }))
    .where('id', '=', account.id)
    .execute();
  await writing
    .updateTable('budgets')
    .set((eb) => ({
      reserved_micros: eb('reserved_micros', '-', releasedMicros),
      spent_micros: eb('spent_micros', '+', spentMicros),
    }))
    .where('tenant', '=', account.tenant)
    .where('day', '=', dayOf(account))
    .execute();
}
