import type { ExpressionBuilder } from 'kysely';
import type { Load } from '#src/core/archive.ts';
import { UNFINISHED, type Database, type Tables } from './tables.ts';

/** What one request takes when nobody has been watched yet: clips take minutes. */
export const USUAL_MS = { picture: 8000, clip: 180_000 } as const;
const DURATIONS_WATCHED = 20;

type Requests = ExpressionBuilder<Tables, 'requests'>;

/** How many unfinished requests are before a row, the cancelled ones left out: pictures before a picture, clips before a clip. 0 when it is not waiting itself. */
export function aheadOf(eb: Requests) {
  return eb
    .case()
    .when('requests.clip', '=', eb.lit(1))
    .then(clipsBefore(eb))
    .when('requests.state', '=', 'queued')
    .then(picturesBefore(eb))
    .else(eb.lit(0))
    .end()
    .$notNull()
    .as('ahead');
}

/** Those in work, and those the queue takes first. */
function picturesBefore(eb: Requests) {
  const others = eb
    .selectFrom('requests as other')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('other.rank', '>=', 0)
    .where('other.clip', '=', eb.lit(0));
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
  return eb(running, '+', earlier);
}

/** Longer than any clip may wait, be made and be shown: what is older is nothing that a worker here can end, and is in nobody's way. */
const IN_LINE_MS = 26 * 60 * 60_000;

/**
 * Clips that the service has in the making, and those that go first: whoever has fewer of their own before them, and then who came earlier. One whose answer
 * is fixed is only being shown, and is in nobody's way.
 */
export function clipsBefore(eb: Requests) {
  return eb
    .selectFrom('requests as other')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('other.clip', '=', eb.lit(1))
    .where('other.finished_at', 'is', null)
    .where('other.rank', '>=', 0)
    .whereRef('other.id', '!=', 'requests.id')
    .where((inner) => inner('other.accepted_at', '>', inner('requests.accepted_at', '-', inner.lit(IN_LINE_MS))))
    .where((inner) =>
      inner.or([
        inner(
          inner.refTuple('other.rank', 'other.accepted_at', 'other.id'),
          '<',
          inner.refTuple('requests.rank', 'requests.accepted_at', 'requests.id'),
        ),
        hasFact(inner, 'film', 'ticket'),
      ]),
    )
    .where((inner) => inner.not(hasFact(inner, 'settle', 'answer')));
}

function hasFact(eb: ExpressionBuilder<Tables & { other: Tables['requests'] }, 'requests' | 'other'>, step: string, name: string) {
  return eb.exists(
    eb
      .selectFrom('facts')
      .select(eb.lit(1).as('one'))
      .whereRef('facts.request_id', '=', 'other.id')
      .where('facts.step', '=', step)
      .where('facts.name', '=', name),
  );
}

/**
 * How long the latest pictures took, from the first hold to the end, and the latest clips, from the moment in which the service had taken them: before that
 * they stood in line. Null before the first. Refusals are left out: they end at once and would promise too much.
 */
export function usualDurationsOf(eb: Requests) {
  const pictures = latest(eb, 0).select((inner) => inner('made.finished_at', '-', inner.ref('made.started_at')).as('tookMs'));
  const clips = latest(eb, 1)
    .innerJoin('facts', (join) =>
      join.onRef('facts.request_id', '=', 'made.id').on('facts.step', '=', 'film').on('facts.name', '=', 'ticket'),
    )
    .select((inner) => inner('made.finished_at', '-', inner.ref('facts.at')).as('tookMs'));
  const average = (watched: typeof pictures | typeof clips) =>
    eb.selectFrom(watched.as('latest')).select(({ fn }) => fn.avg<number | null>('latest.tookMs').as('averageMs'));
  return [average(pictures).as('usualMs'), average(clips).as('usualClipMs')] as const;
}

const latest = (eb: Requests, clip: 0 | 1) =>
  eb
    .selectFrom('requests as made')
    .where('made.clip', '=', eb.lit(clip))
    .where('made.made', '=', 1)
    .orderBy('made.finished_at', 'desc')
    .limit(DURATIONS_WATCHED);

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
