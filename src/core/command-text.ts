/** Line breaks, tabs, ideographic and non-breaking spaces, next line: all are one space in a prompt. */
const SPACES = /[\s\u0085]+/gu;

/**
 * What nobody sees and models choke on: control characters, halves of surrogate pairs, and characters that draw nothing (zero-width, bidi
 * overrides, soft hyphens). Three of those stay, where they are part of an emoji: the joiner between two, the selector after one, and the
 * letters of a flag.
 */
const INVISIBLE = new RegExp(
  [
    String.raw`(?!(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=\p{Extended_Pictographic}))`,
    String.raw`(?!(?<=\p{Emoji})[\uFE0E\uFE0F])`,
    String.raw`(?!(?<=\u{1F3F4}[\u{E0020}-\u{E007E}]{0,7})[\u{E0020}-\u{E007F}])`,
    String.raw`[\p{Default_Ignorable_Code_Point}\p{Cs}\p{Noncharacter_Code_Point}[\p{Cc}--[\s\x85]]]`,
  ].join(''),
  'gv',
);

/** Unicode's own limit for one letter's marks. Without it `normalize` takes seconds on a letter with thousands of them. */
const MARKS_TOO_MANY = /(\p{M}{30})\p{M}+/gu;

/**
 * The text as the rest of the product wants it: composed (NFC), one line, single spaces, nothing invisible, no letter buried under marks.
 * Cleaning a clean text changes nothing. Takes time in proportion to the length, whatever the text.
 */
export function cleanText(text: string): string {
  const visible = text.replaceAll(INVISIBLE, '').replaceAll(SPACES, ' ').replaceAll(MARKS_TOO_MANY, '$1');
  return visible.normalize('NFC').replaceAll(MARKS_TOO_MANY, '$1').trim();
}

/** For a message: the first `length` characters, with an ellipsis as the last when there were more. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** Without the unwanted characters at its end. A loop, because a pattern that ends in `$` takes quadratic time on a long run of them. */
export function trimEnd(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The whole text in pieces of at most `limit` UTF-16 units, cut at spaces where there are any: joined by spaces they are the text again. */
export function splitText(text: string, limit: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(' ', limit);
    const end = space > 0 ? space : rest.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '').length;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...pieces, rest];
}
