import type { Paid } from '#src/core/enhancer.ts';
import type { Log } from '#src/core/log.ts';
import { createAccount } from './account.ts';
import { createBreaker } from './breaker.ts';
import { createCache, type Landed } from './cache.ts';
import { checkAnswer } from './checks.ts';
import type { Claude, ClaudeReply } from './claude.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { cacheKey, fingerprint, userTurn, type Order } from './order.ts';
import { ANSWER_JSON_SCHEMA, answerSchema, type ClaudeAnswer } from './schema.ts';

/** What came of asking Claude: an answer that passed every check, a policy no, or nothing of use. */
export type Written =
  | { readonly kind: 'written'; readonly answer: ClaudeAnswer }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'nothing' };

export interface AuthorOptions {
  readonly claude: Claude;
  readonly now: () => number;
  readonly log: Log;
  readonly totalMs: number;
}

/** Undefined when nothing is due from this one who asked. */
export interface Authored {
  readonly written: Written;
  readonly paid: Paid | undefined;
}

/**
 * Settles within `totalMs`. The same words asked again, or at the same time, are one call; only one of those who asked pays for it.
 * Whatever is known to have been spent on the words is due from the first who leaves after it became known, also from one who leaves late.
 */
export type Author = (order: Order, signal: AbortSignal) => Promise<Authored>;

/** One judgement of one reply: use it, or say what to put right, or give up. */
type Judged = { readonly kind: 'final'; readonly written: Written } | { readonly kind: 'wrong'; readonly corrections: readonly string[] };

const NOTHING: Written = { kind: 'nothing' };
const DOWN_MAX_MS = 10 * 60 * 1000;

/** Claude behind a cache, a breaker and the checks: one call, and at most one more that names what was wrong with the first. */
export function createAuthor({ claude, now, log, totalMs }: AuthorOptions): Author {
  const cache = createCache<Written>({ now });
  const breaker = createBreaker({ now });
  const account = createAccount();
  const keyOf = (order: Order): string => cacheKey(claude.modelId, order.envelope);

  async function call(order: Order, corrections: readonly string[], signal: AbortSignal): Promise<ClaudeReply | undefined> {
    if (signal.aborted || !breaker.enter()) return undefined;
    const limit = AbortSignal.timeout(totalMs);
    const reply = await claude.complete(
      { system: INSTRUCTIONS, user: userTurn(order.envelope, corrections), schema: ANSWER_JSON_SCHEMA },
      AbortSignal.any([signal, limit]),
    );
    account.add(keyOf(order), reply.costMicros);
    if (reply.kind !== 'failed') breaker.succeeded();
    else if (reply.failure === 'rejected' || (reply.failure === 'stopped' && !limit.aborted)) breaker.left();
    else breaker.failed(reply.downMs === undefined ? undefined : Math.min(reply.downMs, DOWN_MAX_MS));
    if (reply.kind === 'failed') log.warn('claude-failed', { failure: reply.failure, about: reply.about, text: fingerprint(order.text) });
    return reply;
  }

  async function write(order: Order, signal: AbortSignal): Promise<Landed<Written>> {
    const first = await call(order, [], signal);
    const judged = judge(first, order, log);
    if (judged.kind === 'final') return landed(judged.written);
    const second = await call(order, judged.corrections, signal);
    const again = judge(second, order, log);
    return landed(again.kind === 'final' ? again.written : NOTHING);
  }

  async function ask(order: Order, signal: AbortSignal): Promise<Written> {
    const limit = AbortSignal.timeout(totalMs);
    try {
      return await cache.through(keyOf(order), (flight) => write(order, flight), AbortSignal.any([signal, limit]));
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
      log.warn('claude-late', { text: fingerprint(order.text), limitMs: totalMs });
      return NOTHING;
    }
  }

  return async (order, signal) => {
    const written = await ask(order, signal);
    const costMicros = account.take(keyOf(order));
    return { written, paid: costMicros === 0 ? undefined : { modelId: claude.modelId, costMicros } };
  };
}

function landed(written: Written): Landed<Written> {
  return { value: written, keep: written.kind === 'written' };
}

function judge(reply: ClaudeReply | undefined, order: Order, log: Log): Judged {
  if (reply === undefined || reply.kind === 'failed') return { kind: 'final', written: NOTHING };
  if (reply.kind === 'refusal') return { kind: 'final', written: { kind: 'refused', reason: reply.category } };
  const parsed = answerSchema.safeParse(reply.kind === 'json' ? reply.value : undefined);
  if (!parsed.success) {
    log.warn('claude-answer-rejected', { codes: reply.kind === 'json' ? 'schema' : reply.why, text: fingerprint(order.text) });
    return { kind: 'wrong', corrections: ['answer with one complete JSON object that has every member of the schema'] };
  }
  const answer = parsed.data;
  if (answer.refused) return { kind: 'final', written: { kind: 'refused', reason: answer.refusal_reason } };
  const violations = checkAnswer(answer, order.asked);
  if (violations.length === 0) return { kind: 'final', written: { kind: 'written', answer } };
  log.warn('claude-answer-rejected', { codes: violations.map(({ code }) => code).join(' '), text: fingerprint(order.text) });
  return { kind: 'wrong', corrections: violations.map(({ sentence }) => sentence) };
}
