import { nameSugar } from '#src/core/glossary/sugar.ts';

/** A prompt in two: what is to be seen, and what is not. */
export interface Split {
  readonly wanted: string;
  readonly unwanted: readonly string[];
}

const START = '(?<![\\p{L}\\p{M}\\p{N}])';
const CLAUSE = '((?:(?!\\s(?:và|va|nhưng|nhung|với|voi|but|with|and)\\s)[^,.;!?⟦])+)';
/** `không gian`, `không khí` and others are whole words that begin with a negation and are none. */
const NOT_NEGATED = '(?!\\s?(?:gian|khí|khi|trung|quân|quan|lực|luc|tưởng|tuong|tên|ten)(?![\\p{L}\\p{M}]))';
/** `hàng không` (aviation), `trên không` (in the air): the end of a word; but a shop (`cửa hàng`) may be without something. */
const WITHIN = '(?<!(?:(?<!(?:cửa|nhà|gian|cua|nha) )(?:hàng|hang)|trên|tren|khoảng|khoang) )';
const VIETNAMESE_NEGATION = new RegExp(
  `${WITHIN}${START}(?:nhưng )?(?:không được có|không muốn có|không cần|không vẽ|không có|không|đừng có|đừng vẽ|đừng|chẳng có|ngoại trừ|loại bỏ|khong duoc co|khong ve|khong co|khong|dung co|dung ve|ko có|ko co|k có)${NOT_NEGATED}(?![\\p{L}\\p{M}\\p{N}]) ?(?:bất kỳ |bat ky |một |mot )?${CLAUSE}(?:\\s(?:nhưng|nhung)(?=\\s))?`,
  'giu',
);
const ENGLISH_NEGATION = new RegExp(
  `${START}(?:but )?(?:with no|without(?: any)?|free of|avoid(?:ing)?|excluding|except(?: for)?|(?:please )?(?:don['’]t|do not) (?:include|draw|add|show|put|paint)(?: any)?|there (?:is|are) no|no(?! one)|not) ${CLAUSE}(?:\\sbut(?=\\s))?`,
  'giu',
);
const ARTICLE = /^(?:any|an|a|the|of) /i;

/** Words that a picture model turns into their opposite. */
export const NEGATION_WORDS =
  /(?<![\p{L}\p{N}])(?:no|not|without|never|none|nothing|isn['’]t|aren['’]t|don['’]t|doesn['’]t|avoid|free of)(?![\p{L}\p{N}])/iu;

/** Takes exclusions out of a text in either language; `unwanted` holds them without the negation. */
export function splitNegations(text: string): Split {
  const unwanted: string[] = [];
  const take = (_match: string, clause: string): string => {
    const noun = clause.trim().replace(ARTICLE, '');
    if (noun !== '') unwanted.push(noun);
    return ' ';
  };
  const wanted = nameSugar(text).replace(VIETNAMESE_NEGATION, take).replace(ENGLISH_NEGATION, take);
  return { wanted: tidy(wanted), unwanted };
}

/** Punctuation that is left over when something was taken out. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;!?])/g, '$1')
    .replace(/([,;])(?:\s*[,;])+/g, '$1')
    .replace(/[,;]\s*([.!?])/g, '$1')
    .replace(/^[\s,;.]+|[\s,;]+$/g, '');
}

/** One list without repetitions, in the order given. */
export function joinTerms(terms: readonly string[]): string {
  const seen = new Set<string>();
  const kept = terms
    .flatMap((term) => term.split(','))
    .map((term) => term.trim())
    .filter((term) => term !== '' && !seen.has(term.toLowerCase()) && seen.add(term.toLowerCase()));
  return kept.join(', ');
}
