import type { EnhancedPrompt, Enhancer } from '#src/core/enhancer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { ModelCard } from '#src/core/model.ts';
import { createAuthor, type Written } from './author.ts';
import { captionOf, toCaption } from './caption.ts';
import { checkAnswer } from './checks.ts';
import type { Claude } from './claude.ts';
import { fit } from './fit.ts';
import { joinTerms, splitNegations } from './negation.ts';
import { readDraft, type Order } from './order.ts';
import { restoreAsStraightQuotes, restoreQuotes } from './quotes.ts';
import { toEnglish, toExclusion, writeByRules } from './rules.ts';
import type { ClaudeAnswer } from './schema.ts';

export interface EnhancerOptions {
  /** Undefined: nobody to ask; the rules do what they can. */
  readonly claude: Claude | undefined;
  readonly now: () => number;
  readonly log: Log;
  readonly totalMs?: number;
}

const TOTAL_MS = 14_000;

/**
 * The ladder. English that is to stay needs nobody; everything else asks Claude, whose answer is checked and may be put right once;
 * a policy no is final; and where Claude cannot be had the rules write, or say honestly that they cannot.
 */
export function createEnhancer({ claude, now, log, totalMs = TOTAL_MS }: EnhancerOptions): Enhancer {
  const author = claude === undefined ? undefined : createAuthor({ claude, now, log, totalMs });
  return {
    async enhance(draft, card, signal) {
      const order = readDraft(draft, card);
      if (order.text === '') throw new Refusal('prompt-empty');
      if (!order.needsClaude) return draft.mode === 'raw' ? asItIs(order, card) : byRules(order, card, { degraded: false, costMicros: 0 });
      const written: Written = (await author?.(order, signal)) ?? { kind: 'nothing', costMicros: 0 };
      if (written.kind === 'refused') throw new Refusal('prompt-refused', { reason: written.reason });
      if (written.kind === 'written') return byClaude(written.answer, written.costMicros, order, card);
      return byRules(order, card, { degraded: true, costMicros: written.costMicros });
    },
  };
}

/** English in the person's own words, to the letter; only Vietnamese names outside quotes lose their marks. */
function asItIs({ text, exclude, quotes, asked }: Order, card: ModelCard): EnhancedPrompt {
  const own = restoreQuotes(toEnglish(asked.text) ?? text, quotes);
  return { ...fitted(own, toEnglish(exclude) ?? exclude, card), ...captionOf(text), by: 'nobody', degraded: false, costMicros: 0 };
}

function byRules(order: Order, card: ModelCard, { degraded, costMicros }: Pick<EnhancedPrompt, 'degraded' | 'costMicros'>): EnhancedPrompt {
  const ruled = writeByRules(order.text, order.exclude);
  if (ruled === undefined) throw new Refusal('translation-unavailable');
  const by = ruled.prompt === order.text ? 'nobody' : 'rules';
  return { ...fitted(ruled.prompt, ruled.negativePrompt, card), ...captionOf(order.text), by, degraded, costMicros };
}

function byClaude(answer: ClaudeAnswer, costMicros: number, order: Order, card: ModelCard): EnhancedPrompt {
  const caption = toCaption(restoreAsStraightQuotes(answer.title, order.quotes), restoreAsStraightQuotes(answer.alt_text, order.quotes));
  const own = captionOf(order.text);
  return {
    ...fitted(chooseLength(answer, order, card), negatives(answer, order), card),
    title: caption.title === '' ? own.title : caption.title,
    altText: caption.altText === '' ? own.altText : caption.altText,
    by: 'claude',
    degraded: false,
    costMicros,
  };
}

/** The long caption where the model listens to all of it, else the short one if that is as true; a cut is the last resort. */
function chooseLength(answer: ClaudeAnswer, { quotes, asked }: Order, { prompt: { lengthTarget, lengthMax } }: ModelCard): string {
  const long = restoreAsStraightQuotes(answer.english_prompt, quotes);
  if (long.length <= Math.min(lengthTarget, lengthMax)) return long;
  const isTrue = checkAnswer({ ...answer, english_prompt: answer.short_prompt }, asked).length === 0;
  return isTrue ? restoreAsStraightQuotes(answer.short_prompt, quotes) : long;
}

/** What the person excluded in so many words, then what Claude understood; where Claude named nothing, what the text itself says. */
function negatives(answer: ClaudeAnswer, { exclude, asked }: Order): string {
  const said = answer.negative_prompt.trim() === '' ? splitNegations(asked.text).unwanted.map((term) => toExclusion(term) ?? '') : [];
  return joinTerms([toExclusion(exclude) ?? '', answer.negative_prompt, ...said]);
}

function fitted(prompt: string, negativePrompt: string, card: ModelCard): Pick<EnhancedPrompt, 'prompt' | 'negativePrompt'> {
  const negative = card.negativePrompt === undefined ? '' : fit(negativePrompt, card.negativePrompt.lengthMax);
  return { prompt: fit(prompt, card.prompt.lengthMax), negativePrompt: negative };
}
