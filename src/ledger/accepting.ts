import { sql } from 'kysely';
import { Refusal } from '#src/core/failure.ts';
import type { Acceptance, Ledger } from '#src/core/ledger.ts';
import { requestSchema, type GenerationRequest } from '#src/core/request.ts';
import { admit, RANK_MAX, type AdmissionRules, type Standing } from './admission.ts';
import { createBatches, type Turn } from './batches.ts';
import { giveBack, hold } from './budget.ts';
import { isOfOneRow, refusingWhenFull } from './failure.ts';
import { aheadOf, USUAL_MS, usualDurationsOf } from './line.ts';
import { inTransaction, UNFINISHED, type Database, type RequestsTable, type Writing } from './tables.ts';
import { fold, plain } from './words.ts';

/** One that wants to be accepted, and until when. */
interface Wish {
  readonly row: RequestsTable;
  readonly untilMs: number;
}

/** How many are accepted in one transaction: what a burst brings, in a few round trips and with one flush of the disk. */
const ACCEPTING_MAX = 128;

/**
 * Everybody who comes while others are being accepted is accepted in the next transaction, with everybody who came by then. One transaction at a time: a
 * tenant's would wait for each other anyway, and each takes a connection from whoever looks something up.
 */
export function createAccept(database: Database, rules: AdmissionRules, now: () => number): Ledger['accept'] {
  const isLate = ({ untilMs }: Wish): boolean => now() > untilMs;
  const serve = async (batch: readonly Turn<Wish, Acceptance>[]): Promise<void> => {
    const wishes = batch.map(({ item }) => item);
    const transact = async (writing: Writing) => acceptAll(writing, wishes, rules, isLate);
    try {
      const told = await refusingWhenFull(() => inTransaction(database, transact));
      for (const { item, resolve } of batch) resolve(told(item));
    } catch (error) {
      if (batch.length === 1 || !isOfOneRow(error)) throw error;
      // Nothing was committed. What cannot be kept must not keep the others out.
      for (const turn of batch) await serve([turn]).catch(turn.reject);
    }
  };
  const enter = createBatches(serve, ACCEPTING_MAX);
  return async (request, reserveMicros, untilMs = Infinity) => {
    const row = rowOf(requestSchema.parse(request), reserveMicros, now());
    try {
      return await enter({ row, untilMs });
    } catch (error) {
      // Thrown so that the transaction is undone; to the caller a no is an answer like another.
      if (!(error instanceof Refusal)) throw error;
      return refusal(error);
    }
  };
}

const refusal = ({ code, details }: Refusal): Acceptance => ({ receipt: { kind: 'refused', code, details }, entry: undefined });

/**
 * Reserves first, which holds the day's row: of one tenant there is one such transaction at a time, so that what is counted here stays true until it is
 * committed. Budgets, then requests, both in order: whoever else does the same waits, and never in a circle.
 */
async function acceptAll(
  writing: Writing,
  wishes: readonly Wish[],
  rules: AdmissionRules,
  isLate: (wish: Wish) => boolean,
): Promise<(wish: Wish) => Acceptance> {
  // Whoever had to wait so long that they were told no makes nobody behind them late as well.
  const inTime = firstOfEachId(wishes.filter((wish) => !isLate(wish)));
  const rows = inTime.map(({ row }) => row);
  const roomMicros = await hold(writing, rows, rules.dailyBudgetMicros);
  const { known, ...standing } = await lookUp(
    writing,
    wishes.map(({ row }) => row),
    rules,
  );
  const { admitted, refused } = admit(
    rows.filter(({ id }) => !known.has(id)),
    { ...standing, roomMicros },
    rules,
  );
  const inserted = await insert(writing, admitted);
  const places = await placesOf(writing, [...known, ...admitted.map(({ id }) => id)], rules);
  const tooLate = inTime.filter((wish) => inserted.has(wish.row.id) && isLate(wish)).map(({ row }) => row.id);
  await takeOut(writing, tooLate);
  for (const id of tooLate) {
    places.delete(id);
    inserted.delete(id);
  }
  await giveBack(
    writing,
    rows.filter(({ id }) => !inserted.has(id)),
  );
  return (wish) => {
    const { id } = wish.row;
    const place = places.get(id);
    if (place === undefined) return refusal(refused.get(id) ?? new Refusal('ledger-unavailable'));
    const { entry, ...said } = place;
    return { receipt: { kind: 'accepted', id, ...said, repeated: !inserted.has(id) || !inTime.includes(wish) }, entry };
  };
}

function firstOfEachId(wishes: readonly Wish[]): readonly Wish[] {
  const firsts = new Map<string, Wish>();
  for (const wish of wishes) if (!firsts.has(wish.row.id)) firsts.set(wish.row.id, wish);
  return [...firsts.values()];
}

/**
 * What there is of these rows already, and how long the line is. Those that are cancelled do not count for the limit, they are about to end. Exact within
 * a tenant. Tenants that ask several gateways in the same instant may each get the last place: the limit is a protection, not an account.
 */
async function lookUp(
  writing: Writing,
  rows: readonly RequestsTable[],
  { maxUnfinished }: AdmissionRules,
): Promise<Pick<Standing, 'waiting' | 'own'> & { readonly known: ReadonlySet<string> }> {
  const states = sql.join(UNFINISHED.map((state) => sql.lit(state)));
  const asking = sql.join(rows.map(({ id, tenant, requester_id: person }) => sql`(${id}, ${tenant}, ${person})`));
  const unfinishedOwn = sql`select rank from requests
    where tenant = asking.column2 and requester_id = asking.column3 and state in (${states}) limit ${sql.lit(RANK_MAX)}`;
  const { rows: found } = await sql<{
    readonly id: string;
    readonly known: number;
    readonly own: number;
    readonly behind: number;
    readonly waiting: number;
  }>`select asking.column1 as id,
      (select count(*) from requests where requests.id = asking.column1) as known,
      (select count(*) from (${unfinishedOwn}) as unfinished_own) as own,
      (select coalesce(max(unfinished_own.rank), 0) from (${unfinishedOwn}) as unfinished_own) as behind,
      (select count(*) from (select 1 as one from requests
        where state in (${states}) and rank >= 0 limit ${maxUnfinished}) as unfinished) as waiting
    from (values ${asking}) as asking`.execute(writing);
  // Whoever asks again stands behind all of their own: some that were counted before it may have ended since, and it must not pass the rest.
  const own = new Map(found.map((row) => [row.id, Math.max(row.own, row.behind)]));
  return {
    known: new Set(found.filter(({ known }) => known > 0).map(({ id }) => id)),
    waiting: found[0]?.waiting ?? 0,
    own: ({ id }) => own.get(id) ?? 0,
  };
}

/** Which of them are new. Of the same id in two transactions one waits for the other here, when they are not of the same budget. */
async function insert(writing: Writing, rows: readonly RequestsTable[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await writing
    .insertInto('requests')
    .values(rows.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return new Set(inserted.map(({ id }) => id));
}

async function takeOut(writing: Writing, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await writing.deleteFrom('requests').where('id', 'in', ids).execute();
}

interface Place {
  readonly ahead: number;
  readonly estimateMs: number;
  readonly entry: Acceptance['entry'];
}

async function placesOf(
  writing: Writing,
  ids: readonly string[],
  { parallel, clipsAtOnce = 1 }: AdmissionRules,
): Promise<Map<string, Place>> {
  if (ids.length === 0) return new Map();
  const rows = await writing
    .selectFrom('requests')
    .select(['id', 'state', 'rank', 'clip'])
    .select(aheadOf)
    .select(usualDurationsOf)
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.map(({ id, state, rank, clip, usualMs, usualClipMs, ...row }) => {
      const finished = state === 'finished';
      const ahead = finished ? 0 : row.ahead;
      const [takesMs, atOnce] = clip === 1 ? [usualClipMs ?? USUAL_MS.clip, clipsAtOnce] : [usualMs ?? USUAL_MS.picture, parallel];
      const estimateMs = finished ? 0 : Math.round(takesMs * (ahead / atOnce + 1));
      return [id, { ahead, estimateMs, entry: finished ? undefined : { id, rank } }];
    }),
  );
}

function rowOf(request: GenerationRequest, reserveMicros: number, touchedAt: number): RequestsTable {
  return {
    id: request.id,
    tenant: plain(request.tenant),
    platform: plain(request.thread.platform),
    requester_id: plain(request.requester.id),
    room: plainOrNull(request.thread.room),
    topic: plainOrNull(request.thread.topic),
    rank: 0,
    state: 'queued',
    fence: 0,
    attempts: 0,
    accepted_at: request.acceptedAt,
    touched_at: touchedAt,
    started_at: null,
    finished_at: null,
    cancelled_at: null,
    model_id: plain(request.modelId),
    clip: request.task.kind === 'video' ? 1 : 0,
    made: 0,
    reserved_micros: reserveMicros,
    cost_micros: 0,
    words: fold(request.prompt),
    request: JSON.stringify(request),
    answer: null,
  };
}

const plainOrNull = (text: string | undefined): string | null => (text === undefined ? null : plain(text));
