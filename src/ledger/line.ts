import type { ExpressionBuilder } from 'kysely';
import type { Load } from '#src/core/archive.ts';
import { UNFINISHED, type Database, type Tables } from './tables.ts';

/** What one request takes when nobody has been watched yet. */
export const USUAL_DURATION_MS = 8000;
const DURATIONS_WATCHED = 20;

/** How many unfinished requests are before a row: those in work, and those the queue takes first, the cancelled ones left out. 0 when it is not waiting itself. */
export function aheadOf(eb: ExpressionBuilder<Tables, 'requests'>) {
  const others = eb
    .selectFrom('requests as other')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('other.rank', '>=', 0);
  const running = others.where('other.state', '=', 'running');
  const earlier = others
    .where('other.state', '=', 'queued')
    .where((inner) =>
      inner(
        inner.refTuple('other.rank', 'other.accepted_at', 'other.id'),
        '<',
        inner.refTuple('requests.rank', 'requests.accepted_at', 'requests.id'),
      ),
    );
  return eb
    .case()
    .when('requests.state', '=', 'queued')
    .then(eb(running, '+', earlier))
    .else(eb.lit(0))
    .end()
    .$notNull()
    .as('ahead');
}

/** How long the latest pictures took, from the first hold to the end; null before the first. Refusals are left out: they end at once and would promise too much. */
export function usualDurationOf(eb: ExpressionBuilder<Tables, 'requests'>) {
  const latest = eb
    .selectFrom('requests as made')
    .select((inner) => inner('made.finished_at', '-', inner.ref('made.started_at')).as('tookMs'))
    .where('made.made', '=', 1)
    .orderBy('made.finished_at', 'desc')
    .limit(DURATIONS_WATCHED);
  return eb
    .selectFrom(latest.as('latest'))
    .select(({ fn }) => fn.avg<number | null>('latest.tookMs').as('averageMs'))
    .as('usualMs');
}

/** Those that are cancelled wait as well, until they have ended. */
export async function load(database: Database): Promise<Load> {
  const rows = await database
    .selectFrom('requests')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count'), fn.min<number>('accepted_at').as('oldestAt')])
    .where('state', 'in', UNFINISHED)
    .groupBy('state')
    .execute();
  const queued = rows.find(({ state }) => state === 'queued');
  const running = rows.find(({ state }) => state === 'running');
  return { queued: queued?.count ?? 0, running: running?.count ?? 0, oldestQueuedAt: queued?.oldestAt };
}
