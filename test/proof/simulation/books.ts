import type { Answer } from '#src/core/answer.ts';
import type { SpentQuery, SpentRow } from '#src/core/archive.ts';
import { TryLater } from '#src/core/failure.ts';
import { UNQUEUED_MAX, type Acceptance, type QueueEntry, type Spending } from '#src/core/ledger.ts';
import { requestSchema, type GenerationRequest, type Json } from '#src/core/request.ts';
import type { AdmissionRules } from '#src/ledger/admission.ts';

const RANK_MAX = 64;
const FACT_LENGTH_MAX = 256 * 1024;
const USUAL_DURATION_MS = 8000;
const DURATIONS_WATCHED = 20;
const DAY_MS = 86_400_000;

const LATE: Acceptance = { receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, entry: undefined };

/** One row of the ledger. */
export interface Row {
  readonly request: GenerationRequest;
  readonly rank: number;
  readonly facts: Map<string, string>;
  readonly spending: (Spending & { readonly at: number })[];
  state: 'queued' | 'running' | 'finished';
  fence: number;
  attempts: number;
  touchedAt: number;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  reservedMicros: number;
  answer: Answer | undefined;
}

/** Somebody's hold on a row. */
export interface Held {
  readonly row: Row;
  readonly fence: number;
  readonly attempt: number;
}

export interface BookRules extends AdmissionRules {
  readonly now: () => number;
  /** A planted bug: writes are taken from whoever comes. */
  readonly ignoresFence?: boolean;
}

/**
 * The ledger as a model: what src/ledger does in SQL, in a map, each operation in one instant. It passes the ledger's contract suite, so that what
 * the simulation finds is not the model's own fault.
 */
export interface Books {
  readonly rows: ReadonlyMap<string, Row>;
  accept(request: GenerationRequest, reserveMicros: number, untilMs?: number): Acceptance;
  open(id: string): Held | undefined;
  unqueued(olderThanMs: number): QueueEntry[];
  read(held: Held, name: string): Json | undefined;
  write(held: Held, name: string, fact: Json, spent?: Spending): void;
  postpone(held: Held): void;
  /** True when this ended the request. */
  close(held: Held, answer: Answer): boolean;
  aheadOf(row: Row): number;
  spent(query: SpentQuery): SpentRow[];
}

export function createBooks(rules: BookRules, rows = new Map<string, Row>()): Books {
  const { now } = rules;
  const all = (): Row[] => [...rows.values()];

  /** Whoever opened last holds the row; everybody else is turned away, and nothing is written. */
  function keep({ row, fence }: Held): void {
    if (row.fence !== fence && rules.ignoresFence !== true) throw new TryLater('superseded', 1000);
  }

  return {
    rows,
    accept(asked, reserveMicros, untilMs) {
      const request = requestSchema.parse(asked);
      requireMoney(reserveMicros);
      const known = rows.get(request.id);
      const row = known ?? rowOf(request, reserveMicros, now(), rankOf(request, all()));
      const no = known === undefined ? refusalOf(row, all(), rules) : undefined;
      if (known === undefined && untilMs !== undefined && now() > untilMs) return LATE;
      if (no !== undefined) return { receipt: no, entry: undefined };
      rows.set(request.id, row);
      return { receipt: receiptOf(row, all(), rules, known !== undefined), entry: entryOf(row) };
    },
    open(id) {
      const row = rows.get(id);
      if (row === undefined) return undefined;
      row.fence += 1;
      if (row.answer === undefined) begin(row, now());
      return { row, fence: row.fence, attempt: row.attempts };
    },
    unqueued: (olderThanMs) => claim(all(), olderThanMs, now()),
    read({ row }, name) {
      const fact = row.facts.get(name);
      return fact === undefined ? undefined : JSON.parse(fact);
    },
    write(held, name, fact, spent) {
      const text = JSON.stringify(fact);
      if (text.length > FACT_LENGTH_MAX) throw new RangeError(`the fact ${name} is too long for the ledger`);
      keep(held);
      if (spent !== undefined) book(held.row, spent, now());
      held.row.facts.set(name, text);
    },
    postpone(held) {
      keep(held);
      const { row } = held;
      if (row.state !== 'running') return;
      row.state = 'queued';
      row.attempts -= 1;
    },
    close(held, answer) {
      keep(held);
      const { row } = held;
      if (row.answer !== undefined) return false;
      Object.assign(row, { state: 'finished', reservedMicros: 0, finishedAt: now(), answer });
      return true;
    },
    aheadOf: (row) => aheadOf(row, all()),
    spent: (query) => sumUp(all(), query),
  };
}

function rowOf(request: GenerationRequest, reservedMicros: number, touchedAt: number, rank: number): Row {
  const unfinished = { startedAt: undefined, finishedAt: undefined, answer: undefined };
  return {
    // Text, as in a database: nobody holds the row's own object.
    request: JSON.parse(JSON.stringify(request)),
    rank,
    facts: new Map(),
    spending: [],
    state: 'queued',
    fence: 0,
    attempts: 0,
    touchedAt,
    reservedMicros,
    ...unfinished,
  };
}

const isUnfinished = ({ state }: Row): boolean => state !== 'finished';
const entryOf = ({ request, rank, state }: Row): QueueEntry | undefined => (state === 'finished' ? undefined : { id: request.id, rank });

function begin(row: Row, at: number): void {
  row.state = 'running';
  row.attempts += 1;
  row.touchedAt = at;
  row.startedAt ??= at;
}

function rankOf({ tenant, requester }: GenerationRequest, rows: readonly Row[]): number {
  const own = rows.filter((row) => isUnfinished(row) && row.request.tenant === tenant && row.request.requester.id === requester.id);
  return Math.min(Math.max(own.length, ...own.map(({ rank }) => rank)), RANK_MAX);
}

function refusalOf(
  row: Row,
  rows: readonly Row[],
  { dailyBudgetMicros: capMicros, maxUnfinished: limit }: BookRules,
): Acceptance['receipt'] | undefined {
  const { tenant, acceptedAt } = row.request;
  const day = Math.floor(acceptedAt / DAY_MS);
  const today = rows.filter(({ request }) => request.tenant === tenant && Math.floor(request.acceptedAt / DAY_MS) === day);
  const takenMicros = today.reduce((sum, { reservedMicros, spending }) => sum + reservedMicros + costOf(spending), 0);
  if (capMicros !== undefined && takenMicros + row.reservedMicros > capMicros)
    return { kind: 'refused', code: 'budget-reached', details: { capMicros } };
  return rows.filter(isUnfinished).length >= limit ? { kind: 'refused', code: 'queue-full', details: { limit } } : undefined;
}

function receiptOf(row: Row, rows: readonly Row[], { parallel }: BookRules, repeated: boolean): Acceptance['receipt'] {
  const ahead = aheadOf(row, rows);
  const finished = rows.filter(({ answer }) => answer?.kind === 'made').toSorted((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0));
  const durations = finished.slice(0, DURATIONS_WATCHED).map(({ startedAt = 0, finishedAt = 0 }) => finishedAt - startedAt);
  const usualMs = durations.length === 0 ? USUAL_DURATION_MS : durations.reduce((sum, one) => sum + one, 0) / durations.length;
  const estimateMs = row.state === 'finished' ? 0 : Math.round(usualMs * (ahead / parallel + 1));
  return { kind: 'accepted', id: row.request.id, ahead, estimateMs, repeated };
}

function aheadOf(row: Row, rows: readonly Row[]): number {
  if (row.state !== 'queued') return 0;
  return rows.filter((other) => other.state === 'running' || (other.state === 'queued' && goesBefore(other, row))).length;
}

function goesBefore({ rank, request }: Row, other: Row): boolean {
  const [own, others] = [
    [rank, request.acceptedAt],
    [other.rank, other.request.acceptedAt],
  ] as const;
  if (own[0] !== others[0]) return own[0] < others[0];
  return own[1] === others[1] ? request.id < other.request.id : own[1] < others[1];
}

function claim(rows: readonly Row[], olderThanMs: number, at: number): QueueEntry[] {
  const due = rows
    .filter((row) => isUnfinished(row) && row.touchedAt < at - olderThanMs)
    .toSorted((a, b) => a.touchedAt - b.touchedAt || (a.request.id < b.request.id ? -1 : 1))
    .slice(0, UNQUEUED_MAX);
  for (const row of due) row.touchedAt = at;
  return due.map(({ request, rank }) => ({ id: request.id, rank }));
}

function book(row: Row, spent: Spending, at: number): void {
  requireMoney(spent.costMicros);
  row.spending.push({ ...spent, at });
  row.reservedMicros -= Math.min(spent.costMicros, row.reservedMicros);
}

function requireMoney(micros: number): void {
  if (!Number.isSafeInteger(micros) || micros < 0) throw new RangeError('money is a whole number of micro-dollars');
}

export const costOf = (spending: readonly Spending[]): number => spending.reduce((sum, { costMicros }) => sum + costMicros, 0);

function sumUp(rows: readonly Row[], { tenant, requesterId, requestId, from = -Infinity, to = Infinity }: SpentQuery): SpentRow[] {
  const sums = new Map<string, SpentRow>();
  for (const { request, spending } of rows) {
    if (tenant !== undefined && request.tenant !== tenant) continue;
    if (requesterId !== undefined && request.requester.id !== requesterId) continue;
    if (requestId !== undefined && request.id !== requestId) continue;
    for (const { what, modelId, costMicros, at } of spending) {
      if (at < from || at >= to) continue;
      const key = `${what} ${modelId}`;
      const { calls, costMicros: before } = sums.get(key) ?? { calls: 0, costMicros: 0 };
      sums.set(key, { what, modelId, calls: calls + 1, costMicros: before + costMicros });
    }
  }
  return [...sums.values()].toSorted((a, b) => b.costMicros - a.costMicros);
}
