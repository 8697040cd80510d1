import { describe, readCaption, shortened, type Caption } from './caption.ts';
import { findConstraints } from './constraints.ts';
import { embellish } from './embellish.ts';
import type { Envelope } from './envelope.ts';
import { refusalReason } from './policy.ts';
import type { Known } from './quirks.ts';

const SHORT_LENGTH_MAX = 400;
const STYLES =
  'photo photograph painting watercolor illustration drawing sketch anime cartoon cinematic minimalist cyberpunk lacquer woodcut poster logo'.split(
    ' ',
  );

/** What a model that follows the translator's instructions would put into each member it knows. Nothing here is a model: it is a table of phrases. */
export function answerFor(envelope: Envelope): Known {
  const reason = refusalReason(envelope.text);
  const caption = readCaption(envelope);
  if (reason !== undefined) return refused(caption, reason);
  const enhanced = envelope.mode === 'enhance' ? embellish(caption.english, envelope.medium, envelope.max_chars) : caption.english;
  const lower = caption.english.toLowerCase();
  return {
    language: caption.language,
    is_image_request: true,
    constraints: findConstraints(caption),
    english_prompt: shortened(enhanced, envelope.max_chars).replace(/…$/, ''),
    // A clip has none: what is excluded is not said.
    negative_prompt: envelope.medium === 'video' ? '' : caption.negative,
    short_prompt: shortened(caption.english, SHORT_LENGTH_MAX).replace(/…$/, ''),
    visible_text: envelope.quoted,
    ...describe(caption, envelope),
    style_tags: STYLES.filter((style) => lower.includes(style)),
    aspect_hint: /\bportrait\b/.test(lower) ? '4:5' : /\b(?:landscape|panorama|wide shot)\b/.test(lower) ? '16:9' : 'none',
    ambiguities: ambiguities(caption),
    camera: '',
    refused: false,
    refusal_reason: 'none',
  };
}

function refused(caption: Caption, reason: string): Known {
  return {
    language: caption.language,
    is_image_request: true,
    english_prompt: '',
    negative_prompt: '',
    short_prompt: '',
    refused: true,
    refusal_reason: reason,
  };
}

/** `xanh` alone is green or blue: whoever decides says so. */
function ambiguities({ own, english }: Caption): readonly string[] {
  if (!/(?<!\p{L})xanh(?! (?:lá|dương|lam|da trời|nước|ngọc|lục))(?!\p{L})/u.test(own.toLowerCase())) return [];
  return [`"xanh" được hiểu là xanh ${/\bgreen\b/i.test(english) ? 'lá' : 'dương'}`];
}
