import { isEnglishWord, isNeutralWord } from './glossary/english-words.ts';
import type { Language } from './request.ts';
import { decodeTyped, looksTyped } from './typing.ts';
import { foldMarks, hasVietnameseLetters, isPlainSyllable } from './vietnamese.ts';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ENGLISH_FRAME = new Set(['a', 'an', 'the', 'of', 'in', 'on', 'at', 'with', 'and', 'by', 'for', 'from', 'near', 'under', 'wearing']);
/** Words of other languages with marks that Vietnamese could have put there. */
const FOREIGN = new Set(['são', 'à', 'né']);
/** A marked syllable is stronger than an unmarked one: the mark had to be typed. */
const MARKED_WEIGHT = 2;

/**
 * Vietnamese or English, of a text with or without marks, typed by Telex or VNI keys, or mixed: letters that only Vietnamese has decide,
 * else words are counted. `locale`, where it is known, decides texts of one or two words without marks, texts without letters, and ties.
 * The rule is local and never certain: it steers wording and fallbacks, not what Claude is asked.
 */
export function detectLanguage(text: string, locale?: Language): Language {
  const words = text.normalize('NFC').match(WORD) ?? [];
  if (hasVietnameseLetters(text)) return isEnglishSentence(words) ? 'en' : 'vi';
  const typed = looksTyped(text);
  const marked = words.some((word) => foldMarks(word) !== word.toLowerCase());
  const worded = words.filter((word) => /\p{L}/u.test(word));
  if (locale !== undefined && (worded.length === 0 || (worded.length <= 2 && !marked && !typed))) return locale;
  const sum = balance(worded, typed);
  return sum > 0 ? 'vi' : sum < 0 ? 'en' : (locale ?? 'en');
}

/**
 * The language that the words themselves are in, where a mistake would paint the wrong thing: of one who writes in Vietnamese, words without
 * marks are Vietnamese as soon as one could be nothing else. English of theirs is English all the same (`red fox`), names in it and all.
 */
export function languageOfWords(text: string, asker: Language): Language {
  if (asker === 'en' || detectLanguage(text) === 'vi') return detectLanguage(text);
  const words = text.normalize('NFC').match(WORD) ?? [];
  const run = longestVietnameseRun(words);
  return run > 1 || (run === 1 && !isEnglishSentence(words)) ? 'vi' : 'en';
}

/** How many syllables that are no English stand side by side. A capital inside the text marks a name, which says nothing. */
function longestVietnameseRun(words: readonly string[]): number {
  let longest = 0;
  let run = 0;
  for (const [index, word] of words.entries()) {
    const isName = index > 0 && /^\p{Lu}/u.test(word);
    run = /\p{L}/u.test(word) && !isName && weigh(word.toLowerCase(), false, false) > 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** An English sentence may name a Vietnamese street: its small words give it away. */
function isEnglishSentence(words: readonly string[]): boolean {
  return words.filter((word) => ENGLISH_FRAME.has(word.toLowerCase())).length >= 2 && balance(words, false) < 0;
}

/** Vietnamese evidence minus English evidence. */
function balance(words: readonly string[], typed: boolean): number {
  let sum = 0;
  for (const [index, word] of words.entries()) sum += weigh(word.toLowerCase(), typed, index > 0 && /^\p{Lu}/u.test(word));
  return sum;
}

/** A name that is no Vietnamese syllable (`Naruto`) is at home in either language. */
function weigh(word: string, typed: boolean, isName: boolean): number {
  if (typed && decodeTyped(word) !== undefined) return MARKED_WEIGHT;
  const plain = foldMarks(word);
  if (isNeutralWord(plain)) return 0;
  if (plain !== word) return isPlainSyllable(plain) && !FOREIGN.has(word) ? MARKED_WEIGHT : -1;
  if (!isPlainSyllable(plain)) return isName ? 0 : -1;
  return isEnglishWord(plain) ? -1 : 1;
}
