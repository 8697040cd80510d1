import { foldMarks, hasVietnameseLetters } from '#src/core/vietnamese.ts';
import { translateWords } from '#src/core/glossary.ts';
import { withoutQuotes } from './quotes.ts';

/** What a person said so plainly that a caption without it is wrong. Each is a list of English spellings of which one must occur. */
export interface Constraint {
  readonly kind: 'count' | 'colour' | 'name';
  /** As the person wrote it. */
  readonly source: string;
  readonly anyOf: readonly string[];
}

/** English for a number, by its value. Things that come in that number count as well. */
const COUNTS: readonly (readonly [number, string, string])[] = [
  [2, 'hai đôi cặp', 'two 2 pair couple both twin twins duo'],
  [3, 'ba', 'three 3 trio triplets'],
  [4, 'bốn', 'four 4 quartet'],
  [5, 'năm', 'five 5 quintet'],
  [6, 'sáu', 'six 6'],
  [7, 'bảy bẩy', 'seven 7'],
  [8, 'tám', 'eight 8'],
  [9, 'chín', 'nine 9'],
  [10, 'mười chục', 'ten 10'],
  [12, 'tá', 'twelve dozen 12'],
];

const CLASSIFIERS =
  'con|cái|chiếc|chú|người|cô gái|cô|em bé|em|bé|bông|quả|trái|cây|ngôi|căn|tòa|bức|tấm|ngọn|cuốn|cậu bé|anh|chị|bà cụ|ông cụ|cụ|vị|nàng|chàng';

/** Vietnamese colours that can hardly mean anything else, and what they may be called. */
const COLOURS: readonly (readonly [string, string])[] = [
  ['đỏ', 'red crimson scarlet ruby vermilion burgundy maroon'],
  ['xanh lá', 'green emerald'],
  ['xanh dương|xanh lam|xanh da trời|xanh nước biển', 'blue azure cobalt navy cyan'],
  ['màu xanh', 'green blue turquoise teal azure cyan emerald'],
  ['trắng', 'white ivory snowy pale'],
  ['đen', 'black dark ebony jet'],
  ['màu hồng', 'pink rose'],
  ['tím', 'purple violet lavender lilac'],
  ['màu vàng', 'yellow gold golden amber'],
  ['màu cam', 'orange'],
  ['nâu', 'brown chestnut tan'],
  ['màu xám', 'gray grey silver'],
];
const ENGLISH_COLOURS = 'red green blue white black pink purple yellow orange brown gray grey turquoise teal gold golden silver'.split(' ');

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const NAME = /(?<=[\p{L}\p{N},] )\p{Lu}[\p{Ll}\p{M}]+(?: \p{Lu}[\p{Ll}\p{M}]+)*/gu;
const SENTENCE_START = /(?:^|[.!?:]\s+)$/;

/** Counts, colours and names of a normalised text in either language, quoted text aside. Only what is certain: a miss is better than a false alarm. */
export function findConstraints(text: string, vietnamese: boolean): readonly Constraint[] {
  const plain = withoutQuotes(text);
  const lower = plain.toLowerCase();
  const found = vietnamese
    ? [...vietnameseCounts(lower), ...vietnameseColours(lower)]
    : [...englishCounts(lower), ...englishColours(lower)];
  return [...found, ...names(plain, vietnamese)];
}

/** The constraints that the caption does not keep. */
export function missingConstraints(caption: string, constraints: readonly Constraint[]): readonly Constraint[] {
  const words = new Set(foldMarks(caption).match(/[\p{L}\p{N}]+/gu) ?? []);
  return constraints.filter(({ anyOf }) => !anyOf.some((word) => words.has(word)));
}

function vietnameseCounts(lower: string): Constraint[] {
  return COUNTS.flatMap(([value, words, english]) => {
    const pattern = new RegExp(`${START}(?:${words.replaceAll(' ', '|')}|0?${value}) (?:${CLASSIFIERS})${END}`, 'u');
    const unmarked = new RegExp(
      `${START}(?:${foldMarks(words).replaceAll(' ', '|')}|0?${value}) (?:con|chiec|nguoi|co gai|bong|ngoi)${END}`,
      'u',
    );
    const source = (pattern.exec(lower) ?? unmarked.exec(lower))?.[0];
    return source === undefined ? [] : [{ kind: 'count' as const, source, anyOf: english.split(' ') }];
  });
}

function englishCounts(lower: string): Constraint[] {
  return COUNTS.flatMap(([value, , english]) => {
    const [word = ''] = english.split(' ');
    const source = new RegExp(`${START}(?:${word}|${value}(?= [a-z]{3}))${END}(?![:./x%-])`, 'u').exec(lower)?.[0];
    return source === undefined ? [] : [{ kind: 'count' as const, source, anyOf: english.split(' ') }];
  });
}

function vietnameseColours(lower: string): Constraint[] {
  return COLOURS.flatMap(([words, english]) => {
    const bare = words.split('|');
    const unmarked = bare.map((word) => foldMarks(word.startsWith('màu ') || word.startsWith('xanh ') ? word : `màu ${word}`));
    const source = new RegExp(
      `${START}(?:${[...bare, ...unmarked].join('|')})${END}(?! (?:lá|dương|lam|da trời|nước biển|la|duong|da troi))`,
      'u',
    ).exec(lower)?.[0];
    return source === undefined ? [] : [{ kind: 'colour' as const, source, anyOf: english.split(' ') }];
  });
}

function englishColours(lower: string): Constraint[] {
  const words = new Set(lower.match(/[a-z]+/g) ?? []);
  return ENGLISH_COLOURS.filter((colour) => words.has(colour)).map((source) => ({ kind: 'colour', source, anyOf: synonyms(source) }));
}

function synonyms(colour: string): readonly string[] {
  return COLOURS.map(([, english]) => english.split(' ')).find((english) => english.includes(colour)) ?? [colour];
}

/** Capitalised words inside a sentence, unless capitals mean nothing here. A place that has an English name is not held to its spelling. */
function names(text: string, vietnamese: boolean): Constraint[] {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.filter((word) => /^\p{Lu}/u.test(word)).length * 2 > words.length) return [];
  const translated = foldMarks(
    vietnamese || hasVietnameseLetters(text) ? translateWords(text, vietnamese ? 'vi' : undefined).english : text,
  );
  const found: Constraint[] = [];
  for (const { index, 0: source } of text.matchAll(NAME)) {
    if (SENTENCE_START.test(text.slice(0, index))) continue;
    const spelled = foldMarks(source);
    if (translated.includes(spelled)) found.push({ kind: 'name', source, anyOf: spelled.split(' ') });
  }
  return found;
}
