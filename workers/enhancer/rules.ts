import { translateWords } from '#src/core/glossary.ts';
import { languageOfWords } from '#src/core/language.ts';
import type { Language } from '#src/core/request.ts';
import { romanise } from '#src/core/vietnamese.ts';
import { isForeign } from './checks.ts';
import { joinTerms, splitNegations } from './negation.ts';
import { maskQuotes, restoreAsStraightQuotes } from './quotes.ts';

export interface Ruled {
  readonly prompt: string;
  readonly negativePrompt: string;
}

/** Below this share of understood syllables a translation by words would be a guess. */
const COVERAGE_MIN = 0.7;

/** Requests around the picture, which a caption does without. */
const COURTESY =
  /^(?:please )?(?:can you |could you )?(?:draw|paint|create|generate|make|show)(?: me| us)? (?:an? (?:image|picture|photo|drawing) of |(?=an? |the |some |two |three ))/i;

/** The prompt without Claude, or undefined when no honest English can be had. Exclusions go to the negative prompt. */
export function writeByRules(text: string, exclude: string, asker: Language): Ruled | undefined {
  const { text: masked, quotes } = maskQuotes(text);
  const { wanted, unwanted } = splitNegations(masked);
  const caption = toEnglish(wanted.replace(COURTESY, ''), asker);
  const negatives = [exclude, ...unwanted].filter((term) => term !== '').map((term) => toExclusion(term, asker));
  if (caption === undefined || caption === '' || negatives.includes(undefined)) return undefined;
  return { prompt: restoreAsStraightQuotes(caption, quotes), negativePrompt: joinTerms(negatives.filter((term) => term !== undefined)) };
}

/** What is excluded, as a negative prompt names it: a thing rather than its wearing, and all people rather than one person. */
export function toExclusion(text: string, asker: Language): string | undefined {
  const terms = text.split(',').map((term) => toEnglish(term, asker));
  if (terms.includes(undefined)) return undefined;
  return terms.map((term) => term?.replace(/^(?:wearing|holding|carrying|with|having) /, '').replace(/^person$/, 'people')).join(', ');
}

/** English stays, Vietnamese is put into English where the glossary understands it, another script is not understood. */
export function toEnglish(text: string, asker: Language): string | undefined {
  if (languageOfWords(text, asker) === 'en') {
    const plain = isForeign(text) ? romanise(text) : text;
    return isForeign(plain) ? undefined : plain.trim();
  }
  const { english, coverage } = translateWords(text, 'vi');
  return coverage < COVERAGE_MIN || isForeign(english) ? undefined : english;
}
