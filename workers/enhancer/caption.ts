import { cutGraphemes } from './fit.ts';

const TITLE_LENGTH_MAX = 60;
const ALT_TEXT_LENGTH_MAX = 200;

export interface Caption {
  readonly title: string;
  readonly altText: string;
}

/** Title and alternative text within their limits, safe to show in any chat: no mention, link or markup, whoever wrote them. */
export function toCaption(title: string, altText: string): Caption {
  return { title: shown(title, TITLE_LENGTH_MAX), altText: shown(altText, ALT_TEXT_LENGTH_MAX) };
}

/** The person's own words, when nobody else has any. */
export function captionOf(words: string): Caption {
  const plain = clean(words);
  const start = plain.charAt(0).toLocaleUpperCase('vi') + plain.slice(1);
  return toCaption(start, start);
}

function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/[*_~`|<>[\]{}⟦⟧#\\@]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Cut between words where one is near, else between graphemes. */
function shown(text: string, lengthMax: number): string {
  const plain = clean(text);
  if (plain.length <= lengthMax) return plain;
  const cut = cutGraphemes(plain, lengthMax - 1);
  const space = plain.charAt(cut.length) === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${(space > lengthMax * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.–—-]+$/, '')}…`;
}
