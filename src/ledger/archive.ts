import { sql } from 'kysely';
import { answerSchema, STAGES } from '#src/core/answer.ts';
import { TOPICS_MAX, type Archive, type Entry, type HistoryQuery, type Replies, type RepliesQuery } from '#src/core/archive.ts';
import { requestIdSchema, requestSchema } from '#src/core/request.ts';
import { spent, usage } from './books.ts';
import { aheadOf, load } from './line.ts';
import type { Database, RequestsTable } from './tables.ts';
import { patternsOf, plain } from './words.ts';

const HISTORY_LIMIT_MAX = 100;

export function createArchive(database: Database): Archive {
  return {
    find: async (id) => {
      if (!requestIdSchema.safeParse(id).success) return undefined;
      const row = await entries(database).where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : entryOf(row);
    },
    history: async (query) => (await history(database, query).execute()).flatMap((row) => entryOf(row) ?? []),
    replies: (query) => replies(database, query),
    spent: (query) => spent(database, query),
    usage: (query) => usage(database, query),
    load: () => load(database),
  };
}

function entries(database: Database) {
  return database
    .selectFrom('requests')
    .leftJoin('facts', (join) =>
      join.onRef('facts.request_id', '=', 'requests.id').on('facts.step', '=', 'progress').on('facts.name', '=', 'stage'),
    )
    .select(['request', 'state', 'answer', 'finished_at', 'cancelled_at', 'cost_micros', 'facts.fact as progress'])
    .select(aheadOf);
}

function history(database: Database, { tenant, onlyRoots, onlyMade, words, before, limit, ...wanted }: HistoryQuery) {
  const { requesterId, platform, room, topic, modelId } = wanted;
  let query = entries(database).where('tenant', '=', plain(tenant));
  if (requesterId !== undefined) query = query.where('requester_id', '=', plain(requesterId));
  if (platform !== undefined) query = query.where('platform', '=', plain(platform));
  if (room !== undefined) query = query.where('room', '=', plain(room));
  if (topic !== undefined) query = query.where('topic', '=', plain(topic));
  if (onlyRoots === true) query = query.where('topic', 'is', null);
  if (onlyMade === true) query = query.where('made', '=', 1);
  if (modelId !== undefined) query = query.where('model_id', '=', plain(modelId));
  for (const pattern of patternsOf(words ?? '')) query = query.where(sql<boolean>`words like ${pattern} escape '!'`);
  if (before !== undefined) {
    const { acceptedAt, id } = before;
    query = query.where((eb) => eb(eb.refTuple('accepted_at', 'id'), '<', eb.tuple(acceptedAt, plain(id))));
  }
  const pageSize = Math.max(1, Math.min(limit, HISTORY_LIMIT_MAX));
  return query.orderBy('accepted_at', 'desc').orderBy('id', 'desc').limit(pageSize);
}

async function replies(database: Database, { tenant, topics }: RepliesQuery): Promise<readonly Replies[]> {
  // PostgreSQL does not know an empty list.
  if (topics.length === 0) return [];
  const rows = await database
    .selectFrom('requests')
    .select(({ fn }) => ['topic', fn.countAll<number>().as('count'), fn.max<number>('accepted_at').as('lastAt')])
    .where('tenant', '=', plain(tenant))
    .where('topic', 'in', topics.slice(0, TOPICS_MAX).map(plain))
    .groupBy('topic')
    .execute();
  return rows.flatMap(({ topic, count, lastAt }) => (topic === null ? [] : [{ topic, count, lastAt }]));
}

type EntryRow = Pick<RequestsTable, 'request' | 'state' | 'answer' | 'finished_at' | 'cancelled_at' | 'cost_micros'> & {
  readonly ahead: number;
  readonly progress: string | null;
};

/** Undefined for a row that this version cannot read, such as one a newer version wrote: one such row must not hide all others. */
function entryOf(row: EntryRow): Entry | undefined {
  const request = requestSchema.safeParse(JSON.parse(row.request));
  const answer = row.answer === null ? undefined : answerSchema.safeParse(JSON.parse(row.answer));
  if (!request.success || answer?.success === false) return undefined;
  const progress = STAGES.find((stage) => JSON.stringify(stage) === row.progress);
  // Nobody holds a clip that is being made, but it does not wait: somebody asks for it now and then.
  const stage = row.state === 'queued' && progress === 'filming' ? 'running' : row.state;
  return {
    request: request.data,
    ahead: stage === 'queued' ? row.ahead : 0,
    stage,
    progress: stage === 'running' ? progress : undefined,
    isCancelled: row.cancelled_at !== null && row.answer === null,
    answer: answer?.data,
    finishedAt: row.finished_at ?? undefined,
    costMicros: row.cost_micros,
  };
}
