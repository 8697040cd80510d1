/** What a piece of a sentence does in it. A classifier counts a thing and names none; `other` is anything taken over as it stands: English, names, punctuation. */
export type Kind = 'noun' | 'quality' | 'number' | 'action' | 'relation' | 'degree' | 'classifier' | 'silent' | 'other';

export interface Piece {
  readonly kind: Kind;
  readonly english: string;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  mouse: 'mice',
  leaf: 'leaves',
  wolf: 'wolves',
  goose: 'geese',
  foot: 'feet',
};
const SAME = new Set([
  'fish',
  'sheep',
  'deer',
  'shrimp',
  'squid',
  'koi',
  'carp',
  'clothes',
  'people',
  'children',
  'trousers',
  'glasses',
  'samurai',
  'buffalo',
]);

/** Things that say where or when another thing is, and stand before it in English: `con đường làng` is a village road. */
const SAYS_WHERE_OR_WHEN = new Set(['village', 'spring', 'summer', 'autumn', 'winter']);

/** `wolf` -> `wolves`, `little boy` -> `little boys`; what has a gloss, or is plural already, stays. */
function pluralise(noun: string): string {
  const last = noun.slice(noun.lastIndexOf(' ') + 1);
  if (noun.includes('(') || noun.includes(' of ') || noun.endsWith(' of') || SAME.has(last) || /[^su]s$/.test(last)) return noun;
  const start = noun.slice(0, noun.length - last.length);
  const irregular = Object.entries(IRREGULAR).find(([singular]) => last === singular || last.endsWith(singular))?.[0];
  if (irregular !== undefined) return start + last.slice(0, last.length - irregular.length) + IRREGULAR[irregular];
  if (/(?:s|x|ch|sh)$/.test(last)) return `${start}${last}es`;
  return /[^aeiou]y$/.test(last) ? `${start}${last.slice(0, -1)}ies` : `${start}${last}s`;
}

/** Puts qualities before their noun (`con mèo trắng nhỏ` -> `small white cat`), plurals after numbers, and spaces between words. */
export function arrange(pieces: readonly Piece[]): string {
  const words: string[] = [];
  let head: number | undefined;
  let plural = false;
  let degree = '';
  for (const { kind, english } of pieces) {
    if (kind === 'silent' || kind === 'classifier') continue;
    if (kind === 'degree') {
      degree = `${english} `;
      continue;
    }
    const belongs = kind === 'quality' || (kind === 'noun' && SAYS_WHERE_OR_WHEN.has(english));
    if (belongs && head !== undefined) words[head] = qualified(words[head] ?? '', degree + english);
    else if (english !== '') words.push(kind === 'quality' ? degree + english : kind === 'noun' && plural ? pluralise(english) : english);
    degree = '';
    if (kind === 'noun' && !(belongs && head !== undefined)) head = words.length - 1;
    else if (!belongs && !/^\p{Lu}/u.test(english)) head = undefined;
    if (kind === 'number') plural = english !== 'a' && english !== 'each' && english !== 'half';
    else if (kind !== 'other' || english === '') plural = false;
  }
  return join(words);
}

/** What a thing is by its name (`red banners`) is not said again. */
function qualified(noun: string, quality: string): string {
  return noun.startsWith(`${quality} `) ? noun : `${quality} ${noun}`;
}

/** No space before closing punctuation or after opening; `a` becomes `an` before a vowel. */
function join(words: readonly string[]): string {
  let text = '';
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    const shown = word === 'a' && /^[aeiou]/i.test(next) ? 'an' : word;
    const tight = text === '' || /^[,.;:!?)\]}%…]/.test(word) || /[([{#]$/.test(text);
    text += tight ? shown : ` ${shown}`;
  }
  return text;
}
