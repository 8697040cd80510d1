import { arrange, type Kind, type Piece } from './glossary/arrange.ts';
import { DICTIONARY, type Entry } from './glossary/dictionary.ts';
import { isEnglishWord, isNeutralWord } from './glossary/english-words.ts';
import { CLASSIFIERS } from './glossary/grammar.ts';
import { nameSugar } from './glossary/sugar.ts';
import { detectLanguage } from './language.ts';
import type { Language } from './request.ts';
import { decodeTyped, looksTyped } from './typing.ts';
import { canonicalSyllable, foldMarks, hasVietnameseLetters, isPlainSyllable, romanise } from './vietnamese.ts';

export interface WordTranslation {
  readonly english: string;
  /** Share of the Vietnamese syllables that were understood, 0 to 1; 1 when there are none. */
  readonly coverage: number;
}

/** One word or sign of the text. `spelling` is canonical, `letters` unmarked; both empty for what is not a word. */
interface Token {
  readonly text: string;
  readonly spelling: string;
  readonly letters: string;
}

interface Reading {
  readonly piece: Piece;
  readonly length: number;
  /** Vietnamese syllables read, and how many of them were understood. */
  readonly syllables: number;
  readonly understood: number;
}

/** What reading depends on besides the word itself. */
interface Context {
  readonly tokens: readonly Token[];
  /** No mark anywhere: words are matched by their letters and the context chooses. */
  readonly unmarked: boolean;
  /** Capitals carry no meaning, since nearly every word has one. */
  readonly capitals: boolean;
}

const SYLLABLES_MAX = 5;
/** Where several words share their letters, what came before tells which is meant: `con meo trang` is a white cat, `anh trang` moonlight. */
const LIKELY_AFTER: Readonly<Partial<Record<Kind, Kind>>> = {
  noun: 'quality',
  quality: 'quality',
  degree: 'quality',
  number: 'noun',
  classifier: 'noun',
  action: 'noun',
  relation: 'noun',
};
const TOKEN = /"[^"]*"|“[^”]*”|«[^»]*»|⟦T\d+⟧|[\p{L}\p{M}\p{N}'’]+(?:-[\p{L}\p{M}\p{N}'’]+)*|[^\s\p{L}\p{M}\p{N}"“«⟦]+|["“«⟦]/gu;
/** `năm` before four digits is a year and not five. */
const YEAR = /(?<![\p{L}\p{M}])(?:năm|nam) (?=\d{4}(?!\d))/giu;
const CLASSIFIER_SPELLINGS = new Set(CLASSIFIERS.split(' ').map(canonicalSyllable));
const CLASSIFIER_LETTERS = new Set(CLASSIFIERS.split(' ').map(foldMarks));

/**
 * English for a Vietnamese prompt, word by word from a table: no grammar to speak of, but honest about what it understood.
 * Marked, unmarked, Telex and VNI text; quoted text and English words are kept; unknown words and names are written without marks,
 * so that no Vietnamese letter is left outside quotes. Same text, same answer; time grows with the length of the text only.
 * `language`: of the text, where the caller knows it better than its letters say.
 */
export function translateWords(text: string, language?: Language): WordTranslation {
  const composed = nameSugar(text.normalize('NFC').replace(YEAR, 'in '));
  const tokens = tokenise(composed);
  if ((language ?? detectLanguage(composed)) === 'en') {
    return { english: arrange(tokens.map(({ text: word }) => verbatim(isVietnameseName(word) ? romanise(word) : word))), coverage: 1 };
  }
  const words = tokens.filter(({ letters }) => letters !== '');
  const context: Context = {
    tokens,
    unmarked: words.every(({ spelling, letters }) => spelling === letters),
    capitals: words.filter(({ text: word }) => isCapitalised(word)).length * 2 < words.length,
  };
  const pieces: Piece[] = [];
  let syllables = 0;
  let understood = 0;
  for (let index = 0; index < tokens.length;) {
    const reading = read(context, index, pieces.at(-1)?.kind);
    pieces.push(reading.piece);
    syllables += reading.syllables;
    understood += reading.understood;
    index += reading.length;
  }
  return { english: arrange(pieces), coverage: syllables === 0 ? 1 : understood / syllables };
}

function tokenise(text: string): Token[] {
  const typed = looksTyped(text);
  return (text.match(TOKEN) ?? []).map((word) => {
    if (!/^[\p{L}\p{N}]/u.test(word)) return { text: word, spelling: '', letters: '' };
    const lower = word.toLowerCase();
    const spelling = (typed ? decodeTyped(lower) : undefined) ?? canonicalSyllable(lower);
    return { text: word, spelling, letters: foldMarks(spelling) };
  });
}

function read(context: Context, index: number, previous: Kind | undefined): Reading {
  const token = context.tokens[index];
  if (token === undefined || token.letters === '') return { piece: verbatim(token?.text ?? ''), length: 1, syllables: 0, understood: 0 };
  if (/^\d{1,3}$/.test(token.text))
    return { piece: { kind: token.text === '1' ? 'other' : 'number', english: token.text }, length: 1, syllables: 0, understood: 0 };
  const found = longest(context, index, previous);
  if (isName(context, index) && (found === undefined || (found.length === 1 && !isCapitalised(found.piece.english))))
    return known(token, true);
  if (found?.length === 1 && isClassifier(context, token) && longest(context, index + 1, 'classifier')?.piece.kind === 'noun') {
    return { ...found, piece: { kind: 'classifier', english: '' } };
  }
  if (found !== undefined) return found;
  if (isClassifier(context, token)) return { piece: { kind: 'classifier', english: '' }, length: 1, syllables: 1, understood: 1 };
  const vietnamese =
    token.spelling !== token.letters || (isPlainSyllable(token.letters) && !isEnglishWord(token.letters) && !isNeutralWord(token.letters));
  return vietnamese ? known(token, false) : { piece: verbatim(token.text), length: 1, syllables: 0, understood: 0 };
}

/** A word written without its marks: a name is understood that way, any other word is not. */
function known(token: Token, understood: boolean): Reading {
  const english = isCapitalised(token.text) ? romanise(token.text) : token.letters;
  return { piece: { kind: 'other', english }, length: 1, syllables: 1, understood: understood ? 1 : 0 };
}

/** The longest entry that begins at `index`. */
function longest(context: Context, index: number, previous: Kind | undefined): Reading | undefined {
  for (let length = Math.min(SYLLABLES_MAX, context.tokens.length - index); length > 0; length -= 1) {
    const tokens = context.tokens.slice(index, index + length);
    if (tokens.some(({ letters }) => letters === '')) continue;
    const entry = lookUp(context, tokens, previous);
    if (entry !== undefined) return { piece: entry, length, syllables: length, understood: length };
  }
  return undefined;
}

function lookUp(context: Context, tokens: readonly Token[], previous: Kind | undefined): Entry | undefined {
  const [first] = tokens;
  const spelling = tokens.map((token) => token.spelling).join(' ');
  const letters = tokens.map((token) => token.letters).join(' ');
  const english = tokens.length === 1 && first !== undefined && isEnglishWord(letters);
  if (english && context.unmarked && (previous === undefined || previous === 'other')) return undefined;
  const exact = context.unmarked ? undefined : DICTIONARY.bySpelling.get(spelling);
  const unmarkedTokens = tokens.some((token) => token.spelling === token.letters);
  const candidates = exact ?? (context.unmarked || (unmarkedTokens && !english) ? DICTIONARY.byLetters.get(letters) : undefined);
  return candidates === undefined ? undefined : choose(candidates, previous);
}

function choose(candidates: readonly Entry[], previous: Kind | undefined): Entry | undefined {
  const wanted = previous === undefined ? undefined : LIKELY_AFTER[previous];
  return candidates.find(({ kind }) => kind === wanted) ?? candidates[0];
}

function isClassifier(context: Context, token: Token): boolean {
  return context.unmarked ? CLASSIFIER_LETTERS.has(token.letters) : CLASSIFIER_SPELLINGS.has(token.spelling);
}

/** A capital inside a sentence marks a name, which is never translated. */
function isName(context: Context, index: number): boolean {
  const token = context.tokens[index];
  const before = context.tokens[index - 1];
  if (token === undefined || before === undefined || !context.capitals) return false;
  return isCapitalised(token.text) && !/[.!?:]$/.test(before.text);
}

/** In an English text: a word whose marks are Vietnamese, which `café` has not. */
function isVietnameseName(word: string): boolean {
  return hasVietnameseLetters(word) && /^[\p{L}\p{M}]+$/u.test(word);
}

function isCapitalised(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

/** Taken over as it stands: quoted text, signs, English words and foreign accents. */
function verbatim(text: string): Piece {
  return { kind: 'other', english: text };
}
