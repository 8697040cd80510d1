import { QUOTED } from './quotes.ts';

/** Where a cut may be made, best first, and how much of the room it must leave used to be worth it. */
const CUTS: readonly (readonly [RegExp, number])[] = [
  [/[.!?…](?=\s)/g, 0.7],
  [/[,;:](?=\s)/g, 0.8],
  [/\s+/g, 0],
];

/**
 * The text in at most `lengthMax` UTF-16 units: cut after a sentence, else at a comma, else between words; never inside a word that fits,
 * a grapheme or a quoted string. A single word longer than the room is cut between graphemes.
 */
export function fit(text: string, lengthMax: number): string {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (plain.length <= lengthMax) return plain;
  const quoted = [...plain.matchAll(QUOTED)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  for (const [pattern, share] of CUTS) {
    const end = lastCut(plain, pattern, lengthMax, quoted);
    if (end !== undefined && end >= lengthMax * share)
      return trimEnd(
        plain.slice(0, end),
        quoted.some((quote) => quote.end === end),
      );
  }
  return quoted[0] !== undefined && quoted[0].start < lengthMax
    ? trimEnd(plain.slice(0, quoted[0].start), false)
    : cutGraphemes(plain, lengthMax);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function lastCut(text: string, pattern: RegExp, lengthMax: number, quoted: readonly Span[]): number | undefined {
  let best: number | undefined;
  for (const { index, 0: match } of text.slice(0, lengthMax + 1).matchAll(pattern)) {
    const end = match.trim() === '' ? index : index + match.length;
    if (end > 0 && end <= lengthMax && !quoted.some((quote) => end > quote.start && end < quote.end)) best = end;
  }
  return best;
}

function trimEnd(text: string, endsQuoted: boolean): string {
  return endsQuoted ? text : text.replace(/[\s,;:–—-]+$/, '');
}

/** At most `lengthMax` units, whole graphemes only. */
export function cutGraphemes(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > lengthMax) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}
