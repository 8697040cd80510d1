import { UNQUEUED_MAX, type Ledger } from '#src/core/ledger.ts';
import { refusingWhenFull } from './failure.ts';
import { inTransaction, type Database } from './tables.ts';

/** `locksRows`: the database lets several transactions write at once, so that two sweepers could get into each other's way. */
export function createUnqueued(database: Database, locksRows: boolean, now: () => number): Ledger['unqueued'] {
  return (olderThanMs) =>
    refusingWhenFull(() =>
      inTransaction(database, async (writing) => {
        const at = now();
        const due = await writing
          .selectFrom('requests')
          .select(['id', 'rank'])
          .where('finished_at', 'is', null)
          .where('touched_at', '<', at - olderThanMs)
          .orderBy('touched_at')
          .orderBy('id')
          .limit(UNQUEUED_MAX)
          // Rows another sweeper is claiming are left to it: waiting for them in different orders would be a deadlock.
          .$if(locksRows, (query) => query.forUpdate().skipLocked())
          .execute();
        const ids = due.map(({ id }) => id);
        if (ids.length > 0) await writing.updateTable('requests').set({ touched_at: at }).where('id', 'in', ids).execute();
        return due.map(({ id, rank }) => ({ id, rank }));
      }),
    );
}
