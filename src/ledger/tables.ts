import type { Kysely, Transaction } from 'kysely';

/** The states of a request that has no answer yet. */
export const UNFINISHED = ['queued', 'running'] as const;

/** One row per accepted request. Times are epoch milliseconds, money is micro-dollars, JSON is text: the same on both databases. */
export interface RequestsTable {
  readonly id: string;
  readonly tenant: string;
  readonly platform: string;
  readonly requester_id: string;
  readonly room: string | null;
  readonly topic: string | null;
  /** How many unfinished requests the same person had when this one came: the queue's order. Below 0 once it is cancelled. */
  readonly rank: number;
  readonly state: 'queued' | 'running' | 'finished';
  /** Counts openings. Whoever opened last holds the request; everybody else's writes are turned away. */
  readonly fence: number;
  readonly attempts: number;
  readonly accepted_at: number;
  readonly touched_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly cancelled_at: number | null;
  readonly model_id: string;
  /** 1 when a clip is asked for. */
  readonly clip: 0 | 1;
  /** 1 when it ended with a picture. */
  readonly made: 0 | 1;
  /** What is still held back of the day's budget for this request. */
  readonly reserved_micros: number;
  readonly cost_micros: number;
  /** The prompts, folded for searching. */
  readonly words: string;
  readonly request: string;
  readonly answer: string | null;
}

export interface FactsTable {
  readonly request_id: string;
  readonly step: string;
  readonly name: string;
  readonly fact: string;
  readonly fence: number;
  readonly at: number;
}

export interface SpendingTable {
  readonly id: string;
  readonly request_id: string;
  readonly tenant: string;
  readonly requester_id: string;
  readonly at: number;
  readonly what: 'picture' | 'clip' | 'prompt';
  readonly model_id: string;
  readonly cost_micros: number;
}

/** `day` counts UTC days since 1970. */
export interface BudgetsTable {
  readonly tenant: string;
  readonly day: number;
  readonly reserved_micros: number;
  readonly spent_micros: number;
}

/** One row for each kept picture that an answer shows or was made from: the same bytes may be in several answers. */
export interface PicturesTable {
  readonly key: string;
  readonly request_id: string;
}

/** What people want unless they say otherwise. */
export interface PreferencesTable {
  readonly tenant: string;
  readonly requester_id: string;
  readonly options: string;
}

export interface CabinetTable {
  readonly drawer: string;
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export interface Tables {
  readonly requests: RequestsTable;
  readonly facts: FactsTable;
  readonly spending: SpendingTable;
  readonly budgets: BudgetsTable;
  readonly pictures: PicturesTable;
  readonly preferences: PreferencesTable;
  readonly cabinet: CabinetTable;
}

export type Database = Kysely<Tables>;
export type Writing = Transaction<Tables>;

/** Inside, use only what is handed in: the database itself waits for ever there on SQLite, and is outside the transaction on PostgreSQL. */
export async function inTransaction<Value>(database: Database, work: (writing: Writing) => Promise<Value>): Promise<Value> {
  return database.transaction().setIsolationLevel('read committed').execute(work);
}
