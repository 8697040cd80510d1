const MARKS = /[\u0300-\u036f]/g;
/** Grave, acute, tilde, hook above, dot below: the five tones, as NFD writes them. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const ONLY_VIETNAMESE = /[ăđơưĂĐƠƯ\u1EA0-\u1EF9]/;

const ONSET = 'ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx]';
const RHYME = [
  'uye[nt]|uy(?:nh|ch|[atpu])?|uo(?:ng|[cntimup])?|uan[gh]?|ua[tyci]?|ue(?:nh|ch|[no])?|uu|u(?:ng|[cimnpta])?',
  'ie(?:ng|[cntmpu])|ye(?:ng|[ntumt])|i(?:nh|ch|[aumnptm])?|y',
  'oa(?:nh|ch|ng|[cntioymp])?|oo(?:ng|c)|oe[ont]?|o(?:ng|[cntimp])?',
  'e(?:ng|nh|ch|[cntmpou])?|a(?:ng|nh|ch|[cntmpouiy])?',
].join('|');
const PLAIN_SYLLABLE = new RegExp(`^(?:${ONSET})?(?:${RHYME})$`);

/** Lower case, tone and vowel marks removed, `đ` as `d`: `Áo Dài` is `ao dai`. Other scripts are left as they are. */
export function foldMarks(text: string): string {
  return romanise(text).toLowerCase();
}

/** Marks removed, case kept: `Hà Nội` is `Ha Noi`. */
export function romanise(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFC');
}

/** True when the text has a letter that no other common language writes. */
export function hasVietnameseLetters(text: string): boolean {
  return ONLY_VIETNAMESE.test(text.normalize('NFC'));
}

/** True for one unmarked lower-case word that Vietnamese could spell: `nguyen`, `meo`, and by chance `hat`. */
export function isPlainSyllable(word: string): boolean {
  return PLAIN_SYLLABLE.test(word);
}

/** One spelling per syllable, whichever vowel carries the tone: `hoà` and `hòa` are the same. */
export function canonicalSyllable(word: string): string {
  const letters = word.toLowerCase().normalize('NFD');
  const tone = letters.match(TONES)?.[0] ?? '';
  return letters.replace(TONES, '').normalize('NFC') + tone;
}
