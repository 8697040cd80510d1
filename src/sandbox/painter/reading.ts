import { VOCABULARY, type Meaning } from './vocabulary.ts';

/** One understood phrase: which words of the text it covers. `many`: an English plural. */
export interface Hit {
  readonly meaning: Meaning;
  readonly start: number;
  readonly end: number;
  readonly many: boolean;
}

export interface Reading {
  readonly words: readonly string[];
  readonly hits: readonly Hit[];
}

const PHRASE_WORDS_MAX = 4;
const TEXT_LENGTH_MAX = 10_000;
const BREAK = '.';

/** Without Vietnamese marks, lower case. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

const EXACT: ReadonlyMap<string, Meaning> = new Map(VOCABULARY);
/** Without marks these could be too many things: only longer phrases that hold them are understood. */
const AMBIGUOUS = new Set('doi ban to bo den dao ho cho cam bac ai ao la tra chin nam ta tach coc quan vinh song du tau bao'.split(' '));
/** Where two phrases are spelled alike without marks, a colour wins, and otherwise the one that is listed first. */
const MARKLESS: ReadonlyMap<string, Meaning> = new Map(
  [...VOCABULARY.toReversed(), ...VOCABULARY.filter(([, meaning]) => meaning.kind === 'colour')]
    .map(([phrase, meaning]) => [withoutMarks(phrase), meaning] as const)
    .filter(([phrase]) => !AMBIGUOUS.has(phrase)),
);

const VIETNAMESE_MARKS = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/u;
const MARKLESS_WORDS = new Set(
  withoutMarks(
    'một con cái chiếc trong trên dưới đang và với của ở người cô gái bên lúc đi ngồi mặc cạnh giữa bức tranh vẽ cho tôi cây hoa nhà thuyền màu mèo',
  ).split(' '),
);
const ENGLISH_WORDS = new Set('a an the of in on with and at under by for is are over near to from'.split(' '));

/** True for Vietnamese typed without marks: enough of its small words, and hardly any English ones. */
function looksMarkless(words: readonly string[]): boolean {
  const vietnamese = words.filter((word) => MARKLESS_WORDS.has(word)).length;
  const english = words.filter((word) => ENGLISH_WORDS.has(word)).length;
  return vietnamese > 0 && vietnamese > english;
}

function singular(phrase: string): string | undefined {
  if (/(?:ies)$/.test(phrase)) return `${phrase.slice(0, -3)}y`;
  if (/(?:ches|shes|sses|xes)$/.test(phrase)) return phrase.slice(0, -2);
  return /[a-rt-z]s$/.test(phrase) && phrase.length > 3 ? phrase.slice(0, -1) : undefined;
}

/** Finds the longest known phrase at each place, from left to right. Punctuation separates. */
export function readWords(text: string): Reading {
  const plain = text.slice(0, TEXT_LENGTH_MAX).normalize('NFC').toLowerCase().replaceAll('ð', 'đ');
  const words = plain.match(/[\p{L}\p{N}]+|[.,;:!?\n]/gu)?.map((word) => (/[\p{L}\p{N}]/u.test(word) ? word : BREAK)) ?? [];
  const marked = VIETNAMESE_MARKS.test(plain);
  const markless = !marked && looksMarkless(words);
  const hits: Hit[] = [];
  for (let start = 0; start < words.length;) {
    const hit = hitAt(words, start, markless);
    if (hit !== undefined) hits.push(hit);
    start = hit?.end ?? start + 1;
  }
  return { words, hits };
}

function hitAt(words: readonly string[], start: number, markless: boolean): Hit | undefined {
  for (let count = Math.min(PHRASE_WORDS_MAX, words.length - start); count > 0; count -= 1) {
    const phrase = words.slice(start, start + count).join(' ');
    const single = singular(phrase);
    const found = EXACT.get(phrase) ?? (count > 1 || markless ? MARKLESS.get(phrase) : undefined);
    if (found !== undefined) return { meaning: found, start, end: start + count, many: false };
    const plural = single === undefined ? undefined : EXACT.get(single);
    if (plural !== undefined && plural.kind !== 'colour') return { meaning: plural, start, end: start + count, many: true };
  }
  return undefined;
}

/** True when only joining words, and no punctuation, lie between two places of the text. */
export function closeBy(reading: Reading, from: number, to: number, wordsMax: number): boolean {
  const between = reading.words.slice(from, to);
  return to >= from && between.length <= wordsMax && !between.includes(BREAK);
}
