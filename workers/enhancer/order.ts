import { createHash } from 'node:crypto';
import type { Draft } from '#src/core/enhancer.ts';
import { languageOfWords } from '#src/core/language.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Language } from '#src/core/request.ts';
import { romanise } from '#src/core/vietnamese.ts';
import { isForeign, type Asked } from './checks.ts';
import { findConstraints } from './constraints.ts';
import { INSTRUCTIONS_VERSION } from './instructions.ts';
import { normalize } from './normalize.ts';
import { splitNegations } from './negation.ts';
import { maskQuotes, withoutQuotes } from './quotes.ts';
import { toExclusion } from './rules.ts';

/** A draft, read: what is to be written, by whom, and what it is held to. */
export interface Order {
  /** Normalised, quotes and all. */
  readonly text: string;
  readonly exclude: string;
  /** The asker's, by which doubtful words are read. */
  readonly language: Language;
  readonly quotes: readonly string[];
  readonly mode: 'enhance' | 'translate';
  /** False for English that is to stay as it is. */
  readonly needsClaude: boolean;
  readonly asked: Asked;
  /** The user turn: data in JSON inside one tag, and nothing else. */
  readonly envelope: Readonly<Record<string, unknown>>;
}

/** From here a prompt is taken to be finished: it is translated, not embellished. */
const DETAILED_WORDS_MIN = 25;
const CRAFT_TERMS_MIN = 3;
const CRAFT_TERM =
  /\b(?:\d{2,3} ?mm|f\/?\d|bokeh|depth of field|close-?up|wide[- ]angle|macro|telephoto|low angle|high angle|bird'?s[- ]eye|aerial|rim light|backlit|soft light|golden hour|volumetric|studio light(?:ing)?|cinematic|chiaroscuro|oil painting|watercolou?r|gouache|ink wash|pencil sketch|digital art|3d render|isometric|film grain|long exposure|shallow focus|kodak|portra|polaroid)\b/gi;

/** Pure: the same draft and card give the same order. */
export function readDraft(draft: Draft, card: ModelCard): Order {
  const { language } = draft;
  const text = normalize(draft.prompt);
  const exclude = normalize(draft.negativePrompt);
  const masked = maskQuotes(text);
  const plain = withoutQuotes(masked.text);
  const vietnamese = languageOfWords(plain, language) === 'vi';
  const isClip = draft.task === 'video';
  // What is to be seen in an edit is the person's to say; what moves in a clip, and how, is mostly left to us.
  const mayAdd = (draft.task === 'imagine' && !isDetailed(plain)) || (isClip && !isDirected(plain));
  const mode = draft.mode === 'enhance' && mayAdd ? 'enhance' : 'translate';
  return {
    text,
    exclude,
    language,
    quotes: masked.quotes,
    mode,
    needsClaude: mode === 'enhance' || !isEnglish(plain, language) || !isEnglish(exclude, language),
    asked: {
      text: masked.text,
      quotes: masked.quotes.length,
      vietnamese,
      constraints: findConstraints(splitNegations(masked.text).wanted, vietnamese),
      mustExclude: exclude !== '' && toExclusion(exclude, language) === undefined,
    },
    envelope: {
      mode,
      medium: isClip ? 'video' : 'image',
      max_chars: Math.min(card.prompt.lengthTarget, card.prompt.lengthMax),
      has_image: draft.hasPicture,
      text: masked.text,
      reply_language: language,
      quoted: masked.quotes.map((quote) => quote.slice(1, -1)),
      exclude,
    },
  };
}

/** `corrections`: what was wrong with an earlier answer. */
export function userTurn(envelope: Order['envelope'], corrections: readonly string[]): string {
  return tagged('user_prompt', corrections.length === 0 ? envelope : { ...envelope, corrections });
}

/** JSON inside one tag, which nothing in it can close. */
export function tagged(name: string, content: object): string {
  return `<${name}>${JSON.stringify(content).replaceAll('<', '\\u003c')}</${name}>`;
}

/** The same for the same words under the same conditions, and telling nothing about them. */
export function cacheKey(envelope: Order['envelope']): string {
  return sha256(JSON.stringify([INSTRUCTIONS_VERSION, envelope]));
}

/** Enough to see in a log that two prompts are the same. */
export function fingerprint(text: string): string {
  return sha256(text).slice(0, 12);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** English, if need be once Vietnamese names in it have lost their marks. */
function isEnglish(text: string, asker: Language): boolean {
  return languageOfWords(text, asker) === 'en' && !isForeign(romanise(text));
}

const DIRECTION =
  /\b(?:camera|dolly|pan(?:s|ning)? (?:left|right|across)|tilt(?:s|ing)? (?:up|down)|orbit(?:s|ing)?|crane shot|tracking shot|push(?:es)?[- ]in|pull(?:s)?[- ]out|zoom(?:s|ing)? (?:in|out)|handheld|drone shot|time-?lapse|slow motion)\b|máy quay|lia máy|góc máy|quay cận|quay chậm/iu;

/** Many words, and how the camera moves among them, were written by somebody who knows what they want. */
function isDirected(text: string): boolean {
  return DIRECTION.test(text) && isDetailed(text);
}

function isDetailed(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return words >= DETAILED_WORDS_MIN || (text.match(CRAFT_TERM)?.length ?? 0) >= CRAFT_TERMS_MIN;
}
