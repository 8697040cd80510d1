/** Quotation marks that pair: any of `open` is closed by the next of `close`. Keyboards mix the marks within one family. */
const FAMILIES = [
  { open: '"“”„‟〝＂', close: '"”“‟〞＂' },
  { open: '«»‹›', close: '»«›‹' },
  { open: '「', close: '」' },
  { open: '『', close: '』' },
  { open: "'‘‚", close: "'’‘" },
] as const;
const APOSTROPHES = FAMILIES[4];

type Family = (typeof FAMILIES)[number];

/** A mark opens a quotation only at the start of a word or after one of these, so that 5" and don't stay what they are. */
const OPENING = new Set(FAMILIES.flatMap(({ open }) => Array.from(open)));
const BEFORE_OPENING = ' =([{<,:;/|';
const WORDLIKE = /[\p{L}\p{N}]/u;

/**
 * The words of a cleaned text. A quotation is one word, with its spaces and its marks. A mark that opens a quotation nobody closes carries
 * no meaning and is dropped (an apostrophe is written as one), so that every word keeps its meaning wherever it is put.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const piece of pieces(text)) {
    if (piece !== ' ') word += piece;
    else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
}

/** What a quotation says, when the whole word is one quotation and says the same without its marks. */
export function unquote(word: string): string {
  if (!isQuotation(word)) return word;
  const inner = word.slice(1, -1).trim();
  return splitWords(inner).join(' ') === inner && !isQuotation(inner) ? inner : word;
}

/** What stands between the marks, when the whole word is one quotation: the words as they are, flags and all. */
export const quotationIn = (word: string): string | undefined => (isQuotation(word) ? word.slice(1, -1).trim() : undefined);

/** Each way to put a text into quotation marks. One of them reads as that text again, unless it holds marks of every kind that could close it. */
export const quotationsOf = (text: string): readonly string[] =>
  ['""', '“”', '«»', '「」', '『』', '‘’'].map(([open, close]) => `${open}${text}${close}`);

function isQuotation(word: string): boolean {
  const family = openedFamily(word, 0, ' ');
  return family !== undefined && word.length > 1 && nextClosing(word, 0, family) === word.length - 1;
}

/** Whole quotations, and single characters between them. */
function* pieces(text: string): Generator<string, void> {
  const lastClosings = new Map(FAMILIES.map((family) => [family, lastClosing(text, family)]));
  let before = ' ';
  for (let at = 0; at < text.length; at += 1) {
    const family = openedFamily(text, at, before);
    let piece = text.charAt(at);
    // Looking for a closing mark only where there is one keeps the time linear.
    if (family !== undefined && (lastClosings.get(family) ?? -1) > at) piece = text.slice(at, nextClosing(text, at, family) + 1);
    else if (family === APOSTROPHES) piece = '’';
    else if (family !== undefined) continue;
    at += piece.length - 1;
    before = text.charAt(at);
    yield piece;
  }
}

function openedFamily(text: string, at: number, before: string): Family | undefined {
  const mark = text.charAt(at);
  if (!OPENING.has(mark) || !BEFORE_OPENING.includes(before)) return undefined;
  const family = FAMILIES.find(({ open }) => open.includes(mark));
  // '90s is a decade, not the start of a quotation.
  return family === APOSTROPHES && /\d/.test(text.charAt(at + 1)) ? undefined : family;
}

const closes = (text: string, at: number, { close }: Family): boolean =>
  close.includes(text.charAt(at)) && !WORDLIKE.test(String.fromCodePoint(text.codePointAt(at + 1) ?? 32));

function nextClosing(text: string, opening: number, family: Family): number {
  for (let at = opening + 1; at < text.length; at += 1) if (closes(text, at, family)) return at;
  return -1;
}

function lastClosing(text: string, family: Family): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (closes(text, at, family)) return at;
  return -1;
}
