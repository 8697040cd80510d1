import type { Answer, Stage } from './answer.ts';
import type { GenerationRequest } from './request.ts';

/** A request as it stands now. */
export interface Entry {
  readonly request: GenerationRequest;
  /** How many unfinished requests are before it; 0 once it is being worked on or finished. */
  readonly ahead: number;
  readonly stage: 'queued' | 'running' | 'finished';
  /** How far a running request is: what was last written to page `progress`, fact `stage`. */
  readonly progress: Stage | undefined;
  /** Somebody who may has cancelled it, and it has not ended yet. */
  readonly isCancelled: boolean;
  readonly answer: Answer | undefined;
  readonly finishedAt: number | undefined;
  readonly costMicros: number;
}

export interface HistoryQuery {
  readonly tenant: string;
  readonly requesterId?: string;
  readonly platform?: string;
  readonly room?: string;
  readonly topic?: string;
  /** Only requests that began a conversation of their own: those on no topic. */
  readonly onlyRoots?: boolean;
  /** Only requests that ended with a picture: the gallery. */
  readonly onlyMade?: boolean;
  /** Words that the person's prompt or the prompt as used contain, in any case, with or without Vietnamese marks. */
  readonly words?: string;
  readonly modelId?: string;
  /** Only requests accepted before this one: the next page. */
  readonly before?: { readonly acceptedAt: number; readonly id: string };
  readonly limit: number;
}

export const TOPICS_MAX = 100;

/** Which conversations are meant: `TOPICS_MAX` at most. */
export interface RepliesQuery {
  readonly tenant: string;
  readonly topics: readonly string[];
}

/** How much was said on a topic, and when last. */
export interface Replies {
  readonly topic: string;
  readonly count: number;
  readonly lastAt: number;
}

export interface SpentQuery {
  readonly tenant?: string;
  readonly requesterId?: string;
  readonly requestId?: string;
  readonly from?: number;
  readonly to?: number;
}

export interface SpentRow {
  readonly what: 'picture' | 'clip' | 'prompt';
  readonly modelId: string;
  readonly calls: number;
  readonly costMicros: number;
}

export const USAGE_ROWS_MAX = 1000;

/** Who spent what on which UTC day. `day` counts days since 1970. */
export interface UsageRow extends SpentRow {
  readonly day: number;
  readonly requesterId: string;
}

/** What is in hand now. `oldestQueuedAt`: when the request that waits longest was accepted. */
export interface Load {
  readonly queued: number;
  readonly running: number;
  readonly oldestQueuedAt: number | undefined;
}

/** Reads of the ledger, for people: they never change anything. */
export interface Archive {
  find(id: string): Promise<Entry | undefined>;
  /** Newest first. */
  history(query: HistoryQuery): Promise<readonly Entry[]>;
  /** What was said on each topic, in no order; topics on which nothing was said are left out. */
  replies(query: RepliesQuery): Promise<readonly Replies[]>;
  /** Sums by what was paid for, dearest first. */
  spent(query: SpentQuery): Promise<readonly SpentRow[]>;
  /** The same by day and person, latest day first, `USAGE_ROWS_MAX` rows at most. */
  usage(query: SpentQuery): Promise<readonly UsageRow[]>;
  load(): Promise<Load>;
}
