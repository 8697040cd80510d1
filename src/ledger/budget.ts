import { randomUUID } from 'node:crypto';
import { Refusal } from '#src/core/failure.ts';
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
 * Holds money back, or throws Refusal `budget-reached`. One conditional statement: reading first and writing then would let everybody through at once.
 * It also holds the day's row, so that what follows in the transaction happens for one request of the tenant at a time.
 */
export async function reserve(writing: Writing, account: Account, capMicros = UNLIMITED_MICROS): Promise<void> {
  const { tenant, reserved_micros: reserveMicros } = account;
  const roomMicros = capMicros - reserveMicros;
  const reserved = await writing
    .insertInto('budgets')
    .values({ tenant, day: dayOf(account), reserved_micros: reserveMicros, spent_micros: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'day'])
        .doUpdateSet((eb) => ({ reserved_micros: eb('budgets.reserved_micros', '+', reserveMicros) }))
        .where((eb) => eb(eb('budgets.reserved_micros', '+', eb.ref('budgets.spent_micros')), '<=', roomMicros)),
    )
    .returning('tenant')
    .executeTakeFirst();
  // The first of a day meets no row that could say so. What it has written goes with the transaction.
  if (reserved === undefined || roomMicros < 0) throw new Refusal('budget-reached', { capMicros });
}

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
