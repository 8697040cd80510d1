import { nameSugar } from '#src/core/glossary/sugar.ts';
import { foldMarks } from '#src/core/vietnamese.ts';

/** A text in two: what is to be seen, and the things that are not, without their negation. */
export interface Sorted {
  readonly wanted: string;
  readonly unwanted: readonly string[];
}

const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}-])';
/** `hàng không` (aviation), `trên không` (in the air): the end of a word, unless the shop (`cửa hàng`) is without something. */
const WITHIN = '(?<!(?:(?<!(?:cửa|nhà|gian|cua|nha) )(?:hàng|hang)|trên|tren|khoảng|khoang) )';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}-])';
/** `không gian` (space), `không khí` (air) and their like begin as a negation does and are none. */
const WHOLE_WORDS = '(?! (?:gian|khí|khi|trung|quân|quan|lực|luc|tưởng|tuong|một ai|tên|ten)(?![\\p{L}\\p{M}]))';
const VIETNAMESE =
  'không được có|không muốn có|không vẽ|không có|không|đừng có|đừng vẽ|đừng|chẳng có|ngoại trừ|trừ|khong duoc co|khong ve|khong co|khong|dung co|dung ve';
const ENGLISH =
  "with no|without any|without|there is no|there are no|free of|avoid|excluding|except for|except|please don['’]t (?:draw|add|include|show)|don['’]t (?:draw|add|include|show)|do not (?:draw|add|include|show)|not|no";
const THING = '((?:(?! (?:nhưng|nhung|với|voi|but|with|mà)(?![\\p{L}\\p{M}]))[^,.;:!?\\n⟦])+)';
const NEGATED = new RegExp(`${BEFORE}(?:${WITHIN}(?:${VIETNAMESE})${WHOLE_WORDS}|${ENGLISH})${AFTER} ?${THING}`, 'giu');
const SEPARATORS = / (?:và|hoặc|hay|lẫn|hoac|and|or|nor) /iu;
const DETERMINER = /^(?:bất kỳ|bất cứ|một|bat ky|any|some|an|a|the|other) /iu;

/** Takes what must not be seen out of a text in either language. */
export function sortExclusions(text: string): Sorted {
  const unwanted: string[] = [];
  const wanted = nameSugar(text).replace(NEGATED, (_all, thing: string) => {
    unwanted.push(...thing.split(SEPARATORS).map((part) => part.trim().replace(DETERMINER, '')));
    return ' ';
  });
  return { wanted: tidy(wanted), unwanted: unwanted.filter((thing) => thing !== '') };
}

/** Spaces and punctuation put right after something was taken out. */
export function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ +([,.;:!?])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/[,;:]\s*([.!?])/g, '$1')
    .replace(/^[\s,;:.!?]+|[\s,;:.]+$/g, '');
}

/** One comma list in which no thing is named twice, and none that the caption shows. */
export function listExclusions(things: readonly string[], caption: string): string {
  const shown = ` ${plain(caption)} `;
  const kept = new Map(things.map((thing) => [plain(thing), thing.trim()] as const));
  return [...kept]
    .filter(([key]) => key !== '' && !shown.includes(` ${key} `))
    .map(([, thing]) => thing)
    .join(', ');
}

const plain = (text: string): string =>
  foldMarks(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
