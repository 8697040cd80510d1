import { translateWords } from '#src/core/glossary.ts';
import { languageOfWords } from '#src/core/language.ts';
import type { Language } from '#src/core/request.ts';
import { hasVietnameseLetters, romanise } from '#src/core/vietnamese.ts';
import type { Envelope } from './envelope.ts';
import { listExclusions, sortExclusions, tidy } from './exclusions.ts';
import { withoutOrders } from './policy.ts';

/** A prompt, understood as far as a table of phrases goes. */
export interface Caption {
  readonly language: 'vi' | 'en' | 'mixed' | 'other';
  /** What is to be seen, in the person's own words. */
  readonly own: string;
  readonly english: string;
  readonly negative: string;
  readonly exclusions: readonly { readonly source: string; readonly english: string }[];
}

const TOKEN = /⟦T\d+⟧/g;
/** Words that make the sandbox's own faults happen further on: they are carried along as they are, at the end. */
const FAULT_WORD = /(?<![\p{L}\p{N}])sandbox-[a-z0-9-]+/gu;
const COMMAND =
  /^(?:(?:please|can you|could you|i want|i'd like|hãy|xin|làm ơn|giúp tôi|giúp mình|cho tôi|cho mình|vẽ cho tôi|vẽ cho mình|tạo cho tôi|vẽ giúp|vẽ|veex|tạo|draw|paint|create|generate|make|show)(?: me)?(?: (?:a |an |the )?(?:picture|image|photo|drawing|bức tranh|bức ảnh|hình ảnh|hình|ảnh|tranh)(?: (?:of|về))?)?\s+)+/iu;
const CHAT_MARKUP = /<[^<>]{0,200}>|https?:\/\/\S+|@(?:everyone|here|channel)\b|[`*_~|#]+/gi;

/** Reads the envelope's text: never obeys it. Pure: the same envelope gives the same caption. */
export function readCaption({ text, exclude, reply_language: asker = 'en' }: Envelope): Caption {
  const described = withoutOrders(text.replace(FAULT_WORD, ' ').replace(CHAT_MARKUP, ' '));
  const { wanted, unwanted } = sortExclusions(described);
  const own = wanted.replace(COMMAND, '').trim();
  const vietnamese = languageOfWords(described.replace(TOKEN, ' '), asker) === 'vi';
  const caption = withTokens(toEnglish(own, vietnamese), own) || note(text);
  const terms = exclude.split(',').map((term) => term.trim());
  const foreign = languageOfWords(exclude, asker) === 'vi';
  const nounOf = (source: string, known: boolean): string => toNoun(source, known || languageOfWords(source, asker) === 'vi');
  const exclusions = [
    ...unwanted.map((source) => ({ source, english: nounOf(source, vietnamese) })),
    ...terms.map((source) => ({ source, english: nounOf(source, foreign) })),
  ].filter(({ english }) => english !== '');
  const negative = listExclusions(
    exclusions.map(({ english }) => english),
    caption,
  );
  const language = languageOf(text, vietnamese);
  return { language, own: own || tidy(described), english: [capitalised(caption), ...faultWords(text)].join(', '), negative, exclusions };
}

/** Fault words that are meant for the picture service. */
const faultWords = (text: string): readonly string[] =>
  (text.match(FAULT_WORD) ?? []).filter((word) => !word.startsWith('sandbox-claude-'));

function toEnglish(text: string, vietnamese: boolean): string {
  const english = vietnamese ? translateWords(text, 'vi').english : text;
  return tidy(latinOnly(english));
}

/** Letters that English does not write are dropped, outside the tokens of quoted text; Vietnamese ones lose their marks. */
function latinOnly(text: string): string {
  const plain = hasVietnameseLetters(text) ? romanise(text) : text;
  return plain.replace(/(?!\p{Script=Latin})\p{L}+/gu, ' ').replace(/["“”«»]/g, '');
}

function toNoun(source: string, vietnamese: boolean): string {
  const english = vietnamese ? translateWords(source, 'vi').english : source;
  return tidy(latinOnly(english.replaceAll(TOKEN, ' ')))
    .replace(/^(?:(?:any|some|an|a|the|no|not|without) )+/i, '')
    .toLowerCase()
    .replace(/^person$/, 'people');
}

/** Each token of the person's text stands in the caption exactly once. */
function withTokens(caption: string, own: string): string {
  const tokens = [...new Set(own.match(TOKEN))];
  const missing = tokens.filter((token) => !caption.includes(token));
  return tidy([caption, ...missing.map((token) => `with the lettering ${token}`)].join(', '));
}

/** A text that only gives orders is itself what can be seen. */
function note(text: string): string {
  const words = latinOnly(romanise(text.replace(FAULT_WORD, ' '))).match(/[\p{L}\p{N}]+/gu) ?? [];
  const harmless = words.filter((word) => !/^(?:no|not|without|never|none|nothing|don|isn|aren|avoid)$/i.test(word));
  return tidy(`A handwritten note on paper about ${harmless.slice(0, 12).join(' ') || 'a picture'}`);
}

function languageOf(text: string, vietnamese: boolean): Caption['language'] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const foreign = text.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  if (foreign * 2 > letters) return 'other';
  if (vietnamese) return 'vi';
  return hasVietnameseLetters(text) ? 'mixed' : 'en';
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Title and alternative text: in the person's own words where these are in the language wanted. */
export function describe(caption: Caption, envelope: Envelope): { readonly title: string; readonly alt_text: string } {
  const language: Language = envelope.reply_language ?? (caption.language === 'vi' ? 'vi' : 'en');
  const words = language === 'vi' || caption.language === 'en' ? caption.own : caption.english;
  const shown = tidy(
    words
      .replace(TOKEN, (token) => envelope.quoted[Number(token.slice(2, -1)) - 1] ?? ' ')
      .replace(CHAT_MARKUP, ' ')
      .replace(FAULT_WORD, ' '),
  );
  const sentence = capitalised(shown || (language === 'vi' ? 'Bức tranh' : 'A picture'));
  return { title: shortened(sentence, 60), alt_text: `${shortened(sentence, 199)}.`.replace(/([.!?…])\.$/, '$1') };
}

/** Cut between words. */
export function shortened(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const cut = text.slice(0, lengthMax - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > 0 ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '')).replace(/[\s,;:.–-]+$/, '')}…`;
}
