import type { EnhancedPrompt, Enhancement, Enhancer, Paid } from '#src/core/enhancer.ts';
import type { RefusalCode, RefusalDetails } from '#src/core/failure.ts';
import { languageOfWords } from '#src/core/language.ts';
import type { Log } from '#src/core/log.ts';
import type { ModelCard } from '#src/core/model.ts';
import { createAuthor } from './author.ts';
import { captionOf, toCaption } from './caption.ts';
import { checkAnswer } from './checks.ts';
import type { Claude } from './claude.ts';
import { fit } from './fit.ts';
import { joinTerms, splitNegations } from './negation.ts';
import { readDraft, type Order } from './order.ts';
import { restoreAsStraightQuotes, restoreQuotes } from './quotes.ts';
import { toEnglish, toExclusion, writeByRules } from './rules.ts';
import type { ClaudeAnswer } from './schema.ts';
import { askForPrompt } from './wording.ts';

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
  const author = claude === undefined ? undefined : createAuthor<ClaudeAnswer>({ claude, now, log, totalMs });
  return {
    async enhance(draft, card, signal) {
      signal.throwIfAborted();
      const order = readDraft(draft, card);
      if (order.text === '') return refused('prompt-empty', {}, undefined);
      if (!order.needsClaude)
        return draft.mode === 'raw' ? enhanced(asItIs(order, card), undefined) : byRules(order, card, false, undefined);
      const { written, paid } = (await author?.(askForPrompt(order), signal)) ?? NOBODY;
      if (written.kind === 'refused') return refused('prompt-refused', { reason: written.reason }, paid);
      if (written.kind === 'written') return enhanced(byClaude(written.answer, order, card), paid);
      return byRules(order, card, true, paid);
    },
  };
}

const NOBODY = { written: { kind: 'nothing' }, paid: undefined } as const;

const enhanced = (prompt: EnhancedPrompt, paid: Paid | undefined): Enhancement => ({ kind: 'enhanced', prompt, paid });
const refused = (code: RefusalCode, details: RefusalDetails, paid: Paid | undefined): Enhancement => ({
  kind: 'refused',
  code,
  details,
  paid,
});

/** English in the person's own words, to the letter; only Vietnamese names outside quotes lose their marks. */
function asItIs({ text, exclude, quotes, asked, language }: Order, card: ModelCard): EnhancedPrompt {
  const own = restoreQuotes(toEnglish(asked.text, language) ?? text, quotes);
  return { ...fitted(own, toEnglish(exclude, language) ?? exclude, card), ...captionOf(text), by: 'nobody', degraded: false };
}

function byRules(order: Order, card: ModelCard, degraded: boolean, paid: Paid | undefined): Enhancement {
  const ruled = writeByRules(order.text, order.exclude, order.language);
  if (ruled === undefined) return refused('translation-unavailable', {}, paid);
  const by = ruled.prompt === order.text ? 'nobody' : 'rules';
  return enhanced({ ...fitted(ruled.prompt, ruled.negativePrompt, card), ...captionOf(order.text), by, degraded }, paid);
}

function byClaude(answer: ClaudeAnswer, order: Order, card: ModelCard): EnhancedPrompt {
  const caption = toCaption(restoreAsStraightQuotes(answer.title, order.quotes), restoreAsStraightQuotes(answer.alt_text, order.quotes));
  const own = captionOf(order.text);
  return {
    ...fitted(chooseLength(answer, order, card), negatives(answer, order), card),
    title: caption.title === '' ? own.title : caption.title,
    altText: caption.altText === '' ? own.altText : caption.altText,
    by: 'claude',
    degraded: false,
  };
}

/** The long caption where the model listens to all of it, else the short one if that is as true; a cut is the last resort. */
function chooseLength(answer: ClaudeAnswer, { quotes, asked }: Order, { prompt: { lengthTarget, lengthMax } }: ModelCard): string {
  const long = restoreAsStraightQuotes(answer.english_prompt, quotes);
  if (long.length <= Math.min(lengthTarget, lengthMax)) return long;
  const isTrue = checkAnswer({ ...answer, english_prompt: answer.short_prompt }, asked).length === 0;
  return isTrue ? restoreAsStraightQuotes(answer.short_prompt, quotes) : long;
}

/**
 * What the person excluded in so many words, then what Claude understood, put into English where Claude did not; where Claude named nothing,
 * what the text itself says.
 */
function negatives(answer: ClaudeAnswer, { exclude, asked, language }: Order): string {
  const said =
    answer.negative_prompt.trim() === '' ? splitNegations(asked.text).unwanted.map((term) => toExclusion(term, language) ?? '') : [];
  const understood = answer.negative_prompt
    .split(',')
    .map((term) => (languageOfWords(term, language) === 'vi' ? (toExclusion(term, language) ?? '') : term));
  return joinTerms([toExclusion(exclude, language) ?? '', ...understood, ...said]);
}

function fitted(prompt: string, negativePrompt: string, card: ModelCard): Pick<EnhancedPrompt, 'prompt' | 'negativePrompt'> {
  const negative = card.negativePrompt === undefined ? '' : fit(negativePrompt, card.negativePrompt.lengthMax);
  return { prompt: fit(prompt, card.prompt.lengthMax), negativePrompt: negative };
}
