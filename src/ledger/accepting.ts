import type { Receipt } from '#src/core/answer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Acceptance, Ledger } from '#src/core/ledger.ts';
import { requestSchema, type GenerationRequest } from '#src/core/request.ts';
import { reserve } from './budget.ts';
import { refusingWhenFull } from './failure.ts';
import { createGate } from './gate.ts';
import { aheadOf, usualDurationOf, USUAL_DURATION_MS } from './line.ts';
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
/**
 * How many are accepted at a time. Those of one tenant wait for each other whatever their number; each that waits in the database has a connection, which
 * everything else that the gateway looks up then has to do without.
 */
const ACCEPTING_MAX = 4;

export function createAccept(database: Database, rules: AdmissionRules, now: () => number): Ledger['accept'] {
  const enter = createGate(ACCEPTING_MAX);
  return async (request, reserveMicros, untilMs) => {
    const row = rowOf(requestSchema.parse(request), reserveMicros, now());
    const isLate = (): boolean => untilMs !== undefined && now() > untilMs;
    const transact = async (writing: Writing): Promise<Acceptance> => {
      // Whoever had to wait so long that they were told no makes nobody behind them late as well.
      if (isLate() && !(await isKnown(writing, row))) throw new Refusal('ledger-unavailable');
      const acceptance = await accept(writing, row, rules);
      if (isLate() && isNew(acceptance)) throw new Refusal('ledger-unavailable');
      return acceptance;
    };
    try {
      return await enter(async () => refusingWhenFull(() => inTransaction(database, transact)));
    } catch (error) {
      // Thrown so that the transaction is undone; to the caller a no is an answer like another.
      if (!(error instanceof Refusal)) throw error;
      return { receipt: { kind: 'refused', code: error.code, details: error.details }, entry: undefined };
    }
  };
}

const isNew = ({ receipt }: Acceptance): boolean => receipt.kind === 'accepted' && !receipt.repeated;

async function isKnown(writing: Writing, { id }: RequestsTable): Promise<boolean> {
  return (await writing.selectFrom('requests').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

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
    await standInLine(writing, row, rules.maxUnfinished);
  }
  return placed(writing, row.id, rules.parallel, inserted === undefined);
}

/**
 * Behind one's own, or throws Refusal `queue-full`. Those that are cancelled do not count for the limit, they are about to end. Exact within a tenant.
 * Tenants that ask in the same instant may each get the last place: the limit is a protection, not an account. Both are counted in one statement, as the
 * tenant's others wait for this transaction.
 */
async function standInLine(writing: Writing, row: RequestsTable, limit: number): Promise<void> {
  const unfinished = writing.selectFrom('requests').select('id').where('state', 'in', UNFINISHED);
  const everybodys = unfinished.where('rank', '>=', 0).limit(limit + 1);
  const others = unfinished
    .where('tenant', '=', row.tenant)
    .where('requester_id', '=', row.requester_id)
    .where('id', '!=', row.id)
    .limit(RANK_MAX);
  const { waiting, own } = await writing
    .selectFrom(everybodys.as('unfinished'))
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .select((eb) =>
      eb
        .selectFrom(others.as('unfinished_own'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('own'),
    )
    .executeTakeFirstOrThrow();
  if (waiting > limit) throw new Refusal('queue-full', { limit });
  if (own > 0) await writing.updateTable('requests').set({ rank: own }).where('id', '=', row.id).execute();
}

async function placed(writing: Writing, id: string, parallel: number, repeated: boolean): Promise<Acceptance> {
  const { state, rank, ahead, usualMs } = await writing
    .selectFrom('requests')
    .select(['state', 'rank'])
    .select(aheadOf)
    .select(usualDurationOf)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const finished = state === 'finished';
  const estimateMs = finished ? 0 : Math.round((usualMs ?? USUAL_DURATION_MS) * (ahead / parallel + 1));
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
