import type { Answer, Receipt } from './answer.ts';
import type { GenerationRequest, Json } from './request.ts';

/** Money that left: one call to somebody who bills. */
export interface Spending {
  readonly what: 'picture' | 'clip' | 'prompt';
  readonly modelId: string;
  readonly costMicros: number;
}

/** One step's notes. */
export interface Page {
  read(name: string): Promise<Json | undefined>;
  /**
   * Durable when it resolves; writing a name again replaces the fact. `spent` is booked in the same transaction.
   * Throws TryLater `superseded`, and writes nothing, when another worker has opened the job since.
   */
  write(name: string, fact: Json, spent?: Spending): Promise<void>;
}

/** One worker's hold on one request. */
export interface Journal {
  readonly request: GenerationRequest;
  /** How often the job was begun without an orderly end, this time included: 1 is the first. A wait does not count. */
  readonly attempt: number;
  readonly answer: Answer | undefined;
  page(step: string): Page;
  /** Whether somebody who may has cancelled it since. */
  isCancelled(): Promise<boolean>;
  /** How many clips that were asked for earlier have no answer yet, the cancelled left out: this one's place in their line. */
  clipsAhead(): Promise<number>;
  /** Micro-dollars booked for this request so far: what its answer says it cost. */
  spentMicros(): Promise<number>;
  /** The job leaves its slot and will come back: this opening does not count as an attempt. */
  postpone(): Promise<void>;
  /** Ends the request: the answer is kept, what was reserved is released, what was booked stays. Fenced like `write`; ending twice changes nothing. */
  close(answer: Answer): Promise<void>;
}

/** What the queue needs to know of a request. `rank`: how many unfinished requests the same person had before this one. */
export interface QueueEntry {
  readonly id: string;
  readonly rank: number;
}

export interface Acceptance {
  readonly receipt: Exclude<Receipt, { readonly kind: 'unconfirmed' }>;
  /** Present when the request is to be put on the queue. */
  readonly entry: QueueEntry | undefined;
}

/** How many rows one call of `unqueued` claims at most. */
export const UNQUEUED_MAX = 500;

/** The truth: what was asked, which steps are done, what was made, what it cost. */
export interface Ledger {
  /**
   * Commits the request and reserves its highest price in one transaction, before anybody is told yes.
   * The same id again is the same request: nothing is written and the receipt says `repeated`.
   * Refuses with `queue-full` and `budget-reached`; and with `ledger-unavailable`, committing nothing, once `untilMs` has passed (epoch
   * milliseconds): whoever asked has then been told no.
   */
  accept(request: GenerationRequest, reserveMicros: number, untilMs?: number): Promise<Acceptance>;
  /** Takes hold of a request. Every later opening supersedes the earlier ones. Undefined when there is no such request. */
  open(id: string): Promise<Journal | undefined>;
  /** Unfinished requests that nobody accepted, opened or put back for `olderThanMs`, oldest first, `UNQUEUED_MAX` at most; they count as put back now. */
  unqueued(olderThanMs: number): Promise<readonly QueueEntry[]>;
}
