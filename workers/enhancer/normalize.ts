import { PROMPT_LENGTH_MAX } from '#src/core/request.ts';
import { fit } from './fit.ts';

/** How much of a text is looked at: markup, entities and invisible characters may make it longer than what a reader sees. */
const READ_LENGTH_MAX = PROMPT_LENGTH_MAX * 4;

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' };

/** Characters that are not seen: zero width, direction, soft hyphen, tags. Joiner and selector stay where they are part of an emoji. */
const UNSEEN = /(?!\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|(?!\u200D)\p{Cf}/gu;
const LOOSE_JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
const CONTROL = /[\p{Cc}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** Markup of chat services, by what a reader sees of it. Patterns exclude their own brackets, so that none can run away. */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/<[@#!][^<>\s]{0,80}>/g, ' '],
  [/<\/?[a-z][\w-]{0,20}\s?\/?>/gi, ' '],
  [/<a?:(\w{1,40}):\d{1,24}>/g, ' $1 '],
  [/<(?:https?|mailto):[^<>|]{0,500}\|([^<>|]{0,500})>/g, '$1'],
  [/<?\b(?:https?:\/\/|www\.)[^\s<>]{1,500}>?/g, ' '],
  [/@(?:everyone|here|channel)\b/g, ' '],
  [/:[a-z][a-z0-9_+-]{1,40}:/g, ' '],
  [/\|\|([^|]{1,4000})\|\|/g, '$1'],
  [/`{1,3}([^`]{1,4000})`{1,3}/g, '$1'],
  [/(\*\*|__|~~)([^*_~]{1,4000})\1/g, '$2'],
  [/(?<![\p{L}\p{N}])([*_~])([^*_~\s][^*_~]{0,4000})\1(?![\p{L}\p{N}])/gu, '$2'],
  [/[⟦⟧]/g, ' '],
];

/**
 * What the person wrote, as plain text: composed (NFC), one spelling of `Đ`, no invisible or control characters, no chat markup, no links,
 * single spaces, at most as long as a command may be: what is over is cut as `fit` cuts, never inside a word or a quoted text.
 * Normalising twice changes nothing.
 */
export function normalize(text: string): string {
  let current = fit(text, READ_LENGTH_MAX);
  for (let pass = 0; pass < 8; pass += 1) {
    const next = normalizeOnce(current);
    if (next === current) break;
    current = next;
  }
  return current;
}

/** Taking one thing away can bring another together (`&amp;lt;`), hence the passes; each can only shorten the text. */
function normalizeOnce(text: string): string {
  let plain = text.normalize('NFC').replaceAll('\u00D0', 'Đ').replaceAll('\u0189', 'Đ');
  plain = plain.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
  plain = plain.replace(CONTROL, ' ').replace(UNSEEN, '').replace(LOOSE_JOINER, '');
  for (const [pattern, replacement] of MARKUP) plain = plain.replace(pattern, replacement);
  return fit(plain, PROMPT_LENGTH_MAX);
}
