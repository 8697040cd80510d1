import { canonicalSyllable, foldMarks, isPlainSyllable } from './vietnamese.ts';

/** Vietnamese typed without an input method, as keys: Telex (`ddooij nons las`) and VNI (`d9o65i no1n la1`). */
const TELEX_TONES: Readonly<Record<string, string>> = { f: '\u0300', s: '\u0301', x: '\u0303', r: '\u0309', j: '\u0323' };
const VNI_TONES: Readonly<Record<string, string>> = { 1: '\u0301', 2: '\u0300', 3: '\u0309', 4: '\u0303', 5: '\u0323' };
const TELEX_WORD = /^(dd|[^aeiouyw]*)([aeiouyw]+)([sfrxj]?)([cghmnpt]*)([sfrxj]?)$/;
const VNI_WORD = /^d?9?[a-z]+[1-9][a-z1-9]*$/;
const WORD = /[a-z0-9]+/g;
/** English words that are also a syllable and a tone key, and would otherwise be proof of Telex. */
const ENGLISH_WITH_TONE_KEY = new Set(
  'beef brief chef chief deaf elf goof golf half hoof if leaf loaf oaf of off proof reef ref roof self shelf thief turf'.split(' '),
);
const STOPPED = /(?:p|t|c|ch)$/;

/** The syllable in canonical spelling, or undefined when the word is not one typed by Telex keys. */
function decodeTelex(word: string): string | undefined {
  const [, onset, vowels, early = '', final = '', late = ''] = TELEX_WORD.exec(word) ?? [];
  if (onset === undefined || vowels === undefined || (early !== '' && late !== '')) return undefined;
  const marked = vowels
    .replace(/u?w?ow/, (match) => (match.startsWith('u') ? 'ươ' : 'ơ'))
    .replace('aa', 'â')
    .replace('ee', 'ê')
    .replace('oo', 'ô')
    .replace('aw', 'ă')
    .replace('uw', 'ư')
    .replace(/^w$/, 'ư');
  return assemble(onset === 'dd' ? 'đ' : onset, marked + final, TELEX_TONES[early + late] ?? '', word);
}

/** The syllable in canonical spelling, or undefined when the word is not one typed by VNI digits. */
function decodeVni(word: string): string | undefined {
  if (!VNI_WORD.test(word)) return undefined;
  const digits = word.replace(/\D/g, '');
  const tones = digits.replace(/[6-9]/g, '');
  if (tones.length > 1) return undefined;
  let letters = word.replace(/\d/g, '');
  if (digits.includes('9')) letters = letters.replace(/^d/, 'đ');
  if (digits.includes('6')) letters = letters.replace(/[aeo](?!.*[aeo])/, (vowel) => ({ a: 'â', e: 'ê', o: 'ô' })[vowel] ?? vowel);
  if (digits.includes('7'))
    letters = letters
      .replace('uo', 'ươ')
      .replace(/u(?!ơ)/, 'ư')
      .replace('o', 'ơ');
  if (digits.includes('8')) letters = letters.replace('a', 'ă');
  return assemble('', letters, VNI_TONES[tones] ?? '', word);
}

function assemble(onset: string, rest: string, tone: string, typed: string): string | undefined {
  const letters = onset + rest;
  const impossible = STOPPED.test(letters) && tone !== '' && tone !== '\u0301' && tone !== '\u0323';
  if (impossible || letters + tone === typed || !isPlainSyllable(foldMarks(letters))) return undefined;
  return canonicalSyllable(letters) + tone;
}

/** What a word typed by keys stands for, in canonical spelling. Ask it only of a text that `looksTyped`. */
export function decodeTyped(word: string): string | undefined {
  return /\d/.test(word) ? decodeVni(word) : decodeTelex(word);
}

/** True when some word cannot well be English: `moojt`, `ddeps`, `nguwowif`, `meof`, `ga1i`. English plurals alone prove nothing. */
export function looksTyped(text: string): boolean {
  const words = text.toLowerCase().match(WORD) ?? [];
  const vni = words.filter((word) => decodeVni(word) !== undefined);
  return vni.length > 1 || vni.some((word) => /\d[a-z]/.test(word)) || words.some(provesTelex);
}

function provesTelex(word: string): boolean {
  if (ENGLISH_WITH_TONE_KEY.has(word) || decodeTelex(word) === undefined) return false;
  return /^dd|j|uw|[aeiouy]f/.test(word.slice(/^[fj]/.test(word) ? 1 : 0));
}
