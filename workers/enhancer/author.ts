import type { Log } from '#src/core/log.ts';
import { createBreaker } from './breaker.ts';
import { createCache, type Landed } from './cache.ts';
import { checkAnswer } from './checks.ts';
import type { Claude, ClaudeReply } from './claude.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { cacheKey, fingerprint, userTurn, type Order } from './order.ts';
import { ANSWER_JSON_SCHEMA, answerSchema, type ClaudeAnswer } from './schema.ts';

/** What came of asking Claude: an answer that passed every check, a policy no, or nothing of use. */
export type Written =
  | { readonly kind: 'written'; readonly answer: ClaudeAnswer; readonly costMicros: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly costMicros: number }
  | { readonly kind: 'nothing'; readonly costMicros: number };

export interface AuthorOptions {
  readonly claude: Claude;
  readonly now: () => number;
  readonly log: Log;
  readonly totalMs: number;
}

/** Settles within `totalMs`. The same words asked again, or at the same time, are one call; only one of those who asked pays for it. */
export type Author = (order: Order, signal: AbortSignal) => Promise<Written>;

/** One judgement of one reply: use it, or say what to put right, or give up. */
type Judged = { readonly kind: 'final'; readonly written: Written } | { readonly kind: 'wrong'; readonly corrections: readonly string[] };

const NOTHING: Written = { kind: 'nothing', costMicros: 0 };
const DOWN_MAX_MS = 10 * 60 * 1000;

/** Claude behind a cache, a breaker and the checks: one call, and at most one more that names what was wrong with the first. */
export function createAuthor({ claude, now, log, totalMs }: AuthorOptions): Author {
  const cache = createCache<Written>({ now });
  const breaker = createBreaker({ now });

  async function call(order: Order, corrections: readonly string[], signal: AbortSignal): Promise<ClaudeReply | undefined> {
    if (signal.aborted || !breaker.enter()) return undefined;
    const limit = AbortSignal.timeout(totalMs);
    const reply = await claude.complete(
      { system: INSTRUCTIONS, user: userTurn(order.envelope, corrections), schema: ANSWER_JSON_SCHEMA },
      AbortSignal.any([signal, limit]),
    );
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
    const spent = (first?.costMicros ?? 0) + (second?.costMicros ?? 0);
    const again = judge(second, order, log);
    return landed({ ...(again.kind === 'final' ? again.written : NOTHING), costMicros: spent });
  }

  return async (order, signal) => {
    const limit = AbortSignal.timeout(totalMs);
    try {
      const key = cacheKey(claude.modelId, order.envelope);
      const { value, own } = await cache.through(key, (flight) => write(order, flight), AbortSignal.any([signal, limit]));
      return own ? value : { ...value, costMicros: 0 };
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
      log.warn('claude-late', { text: fingerprint(order.text), limitMs: totalMs });
      return NOTHING;
    }
  };
}

function landed(written: Written): Landed<Written> {
  return { value: written, keep: written.kind === 'written' };
}

function judge(reply: ClaudeReply | undefined, order: Order, log: Log): Judged {
  if (reply === undefined || reply.kind === 'failed') return { kind: 'final', written: NOTHING };
  const { costMicros } = reply;
  if (reply.kind === 'refusal') return { kind: 'final', written: { kind: 'refused', reason: reply.category, costMicros } };
  const parsed = answerSchema.safeParse(reply.kind === 'json' ? reply.value : undefined);
  if (!parsed.success) {
    log.warn('claude-answer-rejected', { codes: reply.kind === 'json' ? 'schema' : reply.why, text: fingerprint(order.text) });
    return { kind: 'wrong', corrections: ['answer with one complete JSON object that has every member of the schema'] };
  }
  const answer = parsed.data;
  if (answer.refused) return { kind: 'final', written: { kind: 'refused', reason: answer.refusal_reason, costMicros } };
  const violations = checkAnswer(answer, order.asked);
  if (violations.length === 0) return { kind: 'final', written: { kind: 'written', answer, costMicros } };
  log.warn('claude-answer-rejected', { codes: violations.map(({ code }) => code).join(' '), text: fingerprint(order.text) });
  return { kind: 'wrong', corrections: violations.map(({ sentence }) => sentence) };
}
