/** What is written inside quotation marks: lettering for the picture, in any language. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|‘[^’]*’|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu;

/** Letters that, of the languages in wide use, only Vietnamese writes. French and Portuguese share é, ê, ô, ã and õ, so these prove nothing. */
const VIETNAMESE_LETTER = /[ăđĩơũư\u1EA0-\u1EF9]/iu;

/** True when a prompt is certainly not English, quoted lettering aside. */
export const isVietnamese = (prompt: string): boolean => VIETNAMESE_LETTER.test(prompt.normalize('NFC').replaceAll(QUOTED, ' '));
