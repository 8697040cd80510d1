import { sql } from 'kysely';
import { USAGE_ROWS_MAX, type SpentQuery, type SpentRow, type UsageRow } from '#src/core/archive.ts';
import type { Database } from './tables.ts';
import { plain } from './words.ts';

export async function spent(database: Database, query: SpentQuery): Promise<SpentRow[]> {
  const rows = await bookings(database, query)
    .select(['what', 'model_id as modelId'])
    .groupBy(['what', 'model_id'])
    .orderBy('costMicros', 'desc')
    .orderBy('what')
    .orderBy('model_id')
    .execute();
  return rows;
}

/** A day in UTC is a number of milliseconds like every other; on both databases whole numbers divide into whole numbers. */
const DAY = sql<number>`at / 86400000`;

export async function usage(database: Database, query: SpentQuery): Promise<UsageRow[]> {
  return bookings(database, query)
    .select([DAY.as('day'), 'requester_id as requesterId', 'what', 'model_id as modelId'])
    .groupBy([DAY, 'requester_id', 'what', 'model_id'])
    .orderBy('day', 'desc')
    .orderBy('costMicros', 'desc')
    .orderBy('requester_id')
    .orderBy('what')
    .orderBy('model_id')
    .limit(USAGE_ROWS_MAX)
    .execute();
}

function bookings(database: Database, { tenant, requesterId, requestId, from, to }: SpentQuery) {
  let query = database
    .selectFrom('spending')
    .select(({ fn }) => [fn.countAll<number>().as('calls'), fn.sum<number>('cost_micros').as('costMicros')]);
  if (tenant !== undefined) query = query.where('tenant', '=', plain(tenant));
  if (requesterId !== undefined) query = query.where('requester_id', '=', plain(requesterId));
  if (requestId !== undefined) query = query.where('request_id', '=', plain(requestId));
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  return query;
}
