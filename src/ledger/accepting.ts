import type { Receipt } from '#src/core/answer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Acceptance, Ledger } from '#src/core/ledger.ts';
import { requestSchema, type GenerationRequest } from '#src/core/request.ts';
import { reserve } from './budget.ts';
import { refusingWhenFull } from './failure.ts';
import { aheadOf, usualDurationMs } from './line.ts';
import { inTransaction, UNFINISHED, type Database, type RequestsTable, type Writing } from './tables.ts';
import { fold, plain } from './words.ts';

export interface AdmissionRules {
  /** How many requests may be unfinished at once, everybody's together. */
  readonly maxUnfinished: number;
  /** What one tenant may spend in a UTC day. */
  readonly dailyBudgetMicros: number | undefined;
  /** How many requests are worked on at once, for the estimate. */
  readonly parallel: number;
}

/** Beyond it everybody is equally patient. */
const RANK_MAX = 64;

export function createAccept(database: Database, rules: AdmissionRules, now: () => number): Ledger['accept'] {
  return async (request, reserveMicros, untilMs) => {
    const row = rowOf(requestSchema.parse(request), reserveMicros, now());
    try {
      return await refusingWhenFull(() =>
        inTransaction(database, async (writing) => {
          const acceptance = await accept(writing, row, rules);
          if (untilMs !== undefined && now() > untilMs && isNew(acceptance)) throw new Refusal('ledger-unavailable');
          return acceptance;
        }),
      );
    } catch (error) {
      // Thrown so that the transaction is undone; to the caller a no is an answer like another.
      if (!(error instanceof Refusal)) throw error;
      return { receipt: { kind: 'refused', code: error.code, details: error.details }, entry: undefined };
    }
  };
}

const isNew = ({ receipt }: Acceptance): boolean => receipt.kind === 'accepted' && !receipt.repeated;

/** The insert comes first: it alone decides whether this is a repetition, and makes a twin wait until that is known. */
async function accept(writing: Writing, row: RequestsTable, rules: AdmissionRules): Promise<Acceptance> {
  const inserted = await writing
    .insertInto('requests')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) {
    await reserve(writing, row, rules.dailyBudgetMicros);
    await refuseWhenFull(writing, rules.maxUnfinished);
    await rankBehindOwn(writing, row);
  }
  return placed(writing, row.id, rules.parallel, inserted === undefined);
}

/** Those that are cancelled do not count, they are about to end. Exact within a tenant. Tenants that ask in the same instant may each get the last place: the limit is a protection, not an account. */
async function refuseWhenFull(writing: Writing, limit: number): Promise<void> {
  const unfinished = writing
    .selectFrom('requests')
    .select('id')
    .where('state', 'in', UNFINISHED)
    .where('rank', '>=', 0)
    .limit(limit + 1);
  const { count } = await writing
    .selectFrom(unfinished.as('unfinished'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count > limit) throw new Refusal('queue-full', { limit });
}

async function rankBehindOwn(writing: Writing, row: RequestsTable): Promise<void> {
  const own = await writing
    .selectFrom('requests')
    .select('id')
    .where('tenant', '=', row.tenant)
    .where('requester_id', '=', row.requester_id)
    .where('state', 'in', UNFINISHED)
    .where('id', '!=', row.id)
    .limit(RANK_MAX)
    .execute();
  if (own.length > 0) await writing.updateTable('requests').set({ rank: own.length }).where('id', '=', row.id).execute();
}

async function placed(writing: Writing, id: string, parallel: number, repeated: boolean): Promise<Acceptance> {
  const { state, rank, ahead } = await writing
    .selectFrom('requests')
    .select(['state', 'rank'])
    .select(aheadOf)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const finished = state === 'finished';
  const estimateMs = finished ? 0 : Math.round((await usualDurationMs(writing)) * (ahead / parallel + 1));
  const receipt: Receipt = { kind: 'accepted', id, ahead, estimateMs, repeated };
  return { receipt, entry: finished ? undefined : { id, rank } };
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
    made: 0,
    reserved_micros: reserveMicros,
    cost_micros: 0,
    words: fold(request.prompt),
    request: JSON.stringify(request),
    answer: null,
  };
}

const plainOrNull = (text: string | undefined): string | null => (text === undefined ? null : plain(text));
