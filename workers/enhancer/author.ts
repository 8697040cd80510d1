import type { Paid } from '#src/core/enhancer.ts';
import type { Log } from '#src/core/log.ts';
import { createAccount } from './account.ts';
import { createBreaker } from './breaker.ts';
import { createCache, type Landed } from './cache.ts';
import type { Claude, ClaudeReply, ClaudeRequest } from './claude.ts';
import { callMaxMicros } from './price.ts';

/** One thing to be asked of Claude, and what an answer to it is held to. */
export interface Question<Answer> {
  /** The same for the same question under the same conditions. */
  readonly key: string;
  /** Enough to know it again in a log, where its words have no place. */
  readonly fingerprint: string;
  /** `corrections`: what was wrong with an earlier answer. */
  ask(corrections: readonly string[]): ClaudeRequest;
  /** Judges the JSON of a reply: use it, take it for a no, or say what to put right. */
  read(value: unknown): Reading<Answer>;
}

export type Reading<Answer> =
  | { readonly kind: 'written'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `codes` are for the log, `corrections` are sent back. */
  | { readonly kind: 'wrong'; readonly codes: string; readonly corrections: readonly string[] };

/** What is sent back when an answer does not have the form that was asked for. */
export const FORM_WRONG = {
  kind: 'wrong',
  codes: 'schema',
  corrections: ['answer with one complete JSON object that has every member of the schema'],
} as const;

/** What came of asking Claude: an answer that passed every check, a policy no, or nothing of use. */
export type Written<Answer> = Exclude<Reading<Answer>, { readonly kind: 'wrong' }> | { readonly kind: 'nothing' };

export interface AuthorOptions {
  readonly claude: Claude;
  readonly now: () => number;
  readonly log: Log;
  readonly totalMs: number;
}

/** Undefined when nothing is due from this one who asked. */
export interface Authored<Answer> {
  readonly written: Written<Answer>;
  readonly paid: Paid | undefined;
}

/**
 * Settles within `totalMs`. The same question asked again, or at the same time, is one call; only one of those who asked pays for it.
 * Whatever may have been spent on it is due from the first who leaves with it, also from one who leaves late. Whoever is stopped
 * takes nothing along: nobody knows what that one's question cost, and it is booked so.
 */
export type Author<Answer> = (question: Question<Answer>, signal: AbortSignal) => Promise<Authored<Answer>>;

const NOTHING = { kind: 'nothing' } as const;
const DOWN_MAX_MS = 10 * 60 * 1000;

/** Claude behind a cache, a breaker and the checks: one call, and at most one more that names what was wrong with the first. */
export function createAuthor<Answer>({ claude, now, log, totalMs }: AuthorOptions): Author<Answer> {
  const cache = createCache<Written<Answer>>({ now });
  const breaker = createBreaker({ now });
  const account = createAccount();

  async function call(question: Question<Answer>, corrections: readonly string[], signal: AbortSignal): Promise<ClaudeReply | undefined> {
    if (signal.aborted || !breaker.enter()) return undefined;
    const limit = AbortSignal.timeout(totalMs);
    const pay = account.begin(question.key, callMaxMicros(claude.modelId));
    const reply = await claude.complete(question.ask(corrections), AbortSignal.any([signal, limit]));
    const isLeft = reply.kind === 'failed' && reply.failure === 'stopped' && !limit.aborted;
    pay(isLeft ? 0 : reply.costMicros);
    if (reply.kind !== 'failed') breaker.succeeded();
    else if (reply.failure === 'rejected' || isLeft) breaker.left();
    else breaker.failed(reply.downMs === undefined ? undefined : Math.min(reply.downMs, DOWN_MAX_MS));
    if (reply.kind === 'failed') log.warn('claude-failed', { failure: reply.failure, about: reply.about, text: question.fingerprint });
    return reply;
  }

  async function attempt(
    question: Question<Answer>,
    corrections: readonly string[],
    signal: AbortSignal,
  ): Promise<Reading<Answer> | Nothing> {
    const reading = readReply(await call(question, corrections, signal), question);
    if (reading.kind === 'wrong') log.warn('claude-answer-rejected', { codes: reading.codes, text: question.fingerprint });
    return reading;
  }

  async function write(question: Question<Answer>, signal: AbortSignal): Promise<Landed<Written<Answer>>> {
    const first = await attempt(question, [], signal);
    if (first.kind !== 'wrong') return landed(first);
    const second = await attempt(question, first.corrections, signal);
    return landed(second.kind === 'wrong' ? NOTHING : second);
  }

  async function ask(question: Question<Answer>, signal: AbortSignal): Promise<Written<Answer>> {
    const limit = AbortSignal.timeout(totalMs);
    try {
      return await cache.through(question.key, (flight) => write(question, flight), AbortSignal.any([signal, limit]));
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
      log.warn('claude-late', { text: question.fingerprint, limitMs: totalMs });
      return NOTHING;
    }
  }

  return async (question, signal) => {
    const written = await ask(question, signal);
    const costMicros = account.take(question.key);
    return { written, paid: costMicros === 0 ? undefined : { modelId: claude.modelId, costMicros } };
  };
}

type Nothing = typeof NOTHING;

function landed<Answer>(written: Written<Answer>): Landed<Written<Answer>> {
  return { value: written, keep: written.kind === 'written' };
}

function readReply<Answer>(reply: ClaudeReply | undefined, question: Question<Answer>): Reading<Answer> | Nothing {
  if (reply === undefined || reply.kind === 'failed') return NOTHING;
  if (reply.kind === 'refusal') return { kind: 'refused', reason: reply.category };
  if (reply.kind === 'unreadable') return { ...FORM_WRONG, codes: reply.why };
  return question.read(reply.value);
}
