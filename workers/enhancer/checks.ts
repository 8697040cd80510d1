import { translateWords } from '#src/core/glossary.ts';
import { detectLanguage } from '#src/core/language.ts';
import { foldMarks, hasVietnameseLetters } from '#src/core/vietnamese.ts';
import { missingConstraints, type Constraint } from './constraints.ts';
import { CANARY } from './instructions.ts';
import { NEGATION_WORDS } from './negation.ts';
import { TOKEN } from './quotes.ts';
import type { ClaudeAnswer } from './schema.ts';

/** What is wrong with an answer, in words that can be sent back. `code` is for counting and tests. */
export interface Violation {
  readonly code:
    | 'empty'
    | 'foreign-letters'
    | 'untranslated'
    | 'token-lost'
    | 'token-invented'
    | 'quote-invented'
    | 'count-lost'
    | 'colour-lost'
    | 'name-lost'
    | 'negation'
    | 'negative-in-prompt'
    | 'exclusion-lost'
    | 'chatty'
    | 'markup'
    | 'leak'
    | 'too-long'
    | 'unrelated';
  readonly sentence: string;
}

/** What was asked, as far as an answer can be held to it. */
export interface Asked {
  /** Normalised, with tokens for quoted texts. */
  readonly text: string;
  readonly quotes: number;
  readonly vietnamese: boolean;
  readonly constraints: readonly Constraint[];
  /** Something is excluded that only a translator can name. */
  readonly mustExclude: boolean;
}

const CHATTY =
  /\b(?:here (?:is|are|'s)|i (?:can(?:no|')?t|can not|am unable|apologi[sz]e|will)|as an ai|language model|please provide|sure[,!]|of course[,!]|system prompt|my instructions|instructions? (?:are|say))\b/i;
/** What no chat and no model should be sent. */
export const MARKUP = /```|\*\*|^#{1,6} |<\/?[a-z_]+>|https?:\/\/|www\.|<[@#!]|@(?:everyone|here|channel)\b/im;
const LENGTH_FACTOR = 6;
const LENGTH_EXTRA = 300;
/** A caption of some length shares at least this part of its source's content words, or it is about something else. */
const OVERLAP_MIN = 0.1;

/** Everything wrong with an answer; empty when it may be used. Deterministic, and knows nothing of the model that answered. */
export function checkAnswer(answer: ClaudeAnswer, asked: Asked): readonly Violation[] {
  const caption = answer.english_prompt;
  const all = [caption, answer.negative_prompt, answer.short_prompt, answer.title, answer.alt_text].join('\n');
  const lengthMax = asked.text.length * LENGTH_FACTOR + LENGTH_EXTRA;
  return [
    ...when(caption.trim() === '', 'empty', 'english_prompt is empty'),
    ...when(
      isForeign(`${caption} ${answer.negative_prompt}`),
      'foreign-letters',
      'english_prompt and negative_prompt must have English letters only',
    ),
    ...when(
      isUntranslated(caption, asked),
      'untranslated',
      'english_prompt must be English; a Vietnamese name is followed by what it looks like',
    ),
    ...checkTokens(caption, asked.quotes),
    ...checkConstraints(caption, asked),
    ...checkNegatives(answer, asked),
    ...when(asked.mustExclude && answer.negative_prompt.trim() === '', 'exclusion-lost', 'negative_prompt must name what exclude says'),
    ...when(CHATTY.test(caption) && !CHATTY.test(asked.text), 'chatty', 'english_prompt must be a caption, not a remark to the person'),
    ...when(MARKUP.test(all), 'markup', 'no markup, links or mentions anywhere'),
    ...when(all.includes(CANARY), 'leak', 'the internal marker must not be written'),
    ...when(caption.length > lengthMax, 'too-long', `english_prompt must have at most ${lengthMax} characters`),
    ...when(!isRelated(caption, asked), 'unrelated', 'english_prompt must depict what the text says'),
  ];
}

/** True when letters that English does not write are left: Vietnamese ones, or another script. */
export function isForeign(text: string): boolean {
  return hasVietnameseLetters(text) || /(?!\p{Script=Latin})\p{L}/u.test(text);
}

/** Vietnamese that lost its marks is still Vietnamese: the person's own words again, or a caption that reads as no English. */
function isUntranslated(caption: string, { text, vietnamese }: Asked): boolean {
  const plain = caption.replace(TOKEN, ' ').trim();
  const withoutNames = plain.replace(/(?<=\S\s+)\p{Lu}[\p{L}\p{M}]*/gu, ' ');
  const isSame = foldMarks(plain) === foldMarks(text.replace(TOKEN, ' ').trim());
  return vietnamese && detectLanguage(withoutNames) === 'vi' && (isSame || plain.split(/\s+/).length > 2);
}

function when(broken: boolean, code: Violation['code'], sentence: string): readonly Violation[] {
  return broken ? [{ code, sentence }] : [];
}

function checkTokens(caption: string, quotes: number): readonly Violation[] {
  const found = [...caption.matchAll(TOKEN)].map(([, number]) => Number(number));
  const wanted = Array.from({ length: quotes }, (_, index) => index + 1);
  const lost = wanted.filter((number) => found.filter((other) => other === number).length !== 1);
  return [
    ...when(lost.length > 0, 'token-lost', `english_prompt must contain ${lost.map((number) => `⟦T${number}⟧`).join(', ')} exactly once`),
    ...when(
      found.some((number) => number < 1 || number > quotes),
      'token-invented',
      'english_prompt contains a token that is not in the text',
    ),
    ...when(/["“”«»]/.test(caption), 'quote-invented', 'english_prompt must not contain quoted text of its own'),
  ];
}

function checkConstraints(caption: string, { constraints }: Asked): readonly Violation[] {
  return missingConstraints(caption, constraints).map(({ kind, source, anyOf }) => ({
    code: `${kind}-lost` as const,
    sentence: `english_prompt must keep the ${kind} "${source}" (${anyOf.slice(0, 3).join(' or ')})`,
  }));
}

function checkNegatives({ english_prompt: caption, negative_prompt: negative }: ClaudeAnswer, { text }: Asked): readonly Violation[] {
  const words = ` ${foldMarks(caption).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const terms = negative.split(',').map((term) =>
    foldMarks(term)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  const both = terms.filter((term) => term !== '' && words.includes(` ${term} `));
  return [
    ...when(
      NEGATION_WORDS.test(caption) && !NEGATION_WORDS.test(properNegation(text)),
      'negation',
      'english_prompt must not contain a negation; name what is excluded in negative_prompt',
    ),
    ...when(both.length > 0, 'negative-in-prompt', `english_prompt must not mention ${both.join(', ')}, which negative_prompt excludes`),
  ];
}

/** Titles such as "Dr. No" carry a negation that is none: capitalised inside a sentence. */
function properNegation(text: string): string {
  return (text.match(/(?<=\p{L}[.]? )(?:No|Not|Never|Nothing|None|Without)\b/gu) ?? []).join(' ');
}

/** Compared with the person's own words, or with what the glossary makes of them where it understood most. */
function isRelated(caption: string, { text, vietnamese }: Asked): boolean {
  const translation = vietnamese ? translateWords(text, 'vi') : { english: text, coverage: 1 };
  const wanted = contentWords(translation.english.replace(/\([^)]*\)/g, ' '));
  if (translation.coverage < 0.7 || wanted.size < 3) return true;
  const found = contentWords(caption);
  const shared = [...wanted].filter((word) => found.has(word)).length;
  return shared >= Math.max(1, wanted.size * OVERLAP_MIN);
}

/** Words of four letters and more by their first four: enough to meet a plural or another form. */
function contentWords(text: string): ReadonlySet<string> {
  return new Set((foldMarks(text).match(/[a-z]{3,}/g) ?? []).filter((word) => !COMMON.has(word)).map((word) => word.slice(0, 4)));
}

const COMMON = new Set(
  'the and with from for into over under its his her their this that are was has have you your please image picture photo draw create make'.split(
    ' ',
  ),
);
