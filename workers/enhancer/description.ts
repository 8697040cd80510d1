import { createHash } from 'node:crypto';
import { PROMPT_IDEAS_MAX } from '#src/core/answer.ts';
import { cleanText } from '#src/core/command-text.ts';
import { readFlag } from '#src/core/command-flags.ts';
import type { PictureWords } from '#src/core/interpreter.ts';
import { detectLanguage } from '#src/core/language.ts';
import type { Media } from '#src/core/media.ts';
import type { Language } from '#src/core/request.ts';
import { FORM_WRONG, type Question, type Reading } from './author.ts';
import { toCaption } from './caption.ts';
import { MARKUP } from './checks.ts';
import { DESCRIPTION_INSTRUCTIONS } from './description-instructions.ts';
import { DESCRIPTION_JSON_SCHEMA, descriptionSchema, type ClaudeDescription } from './description-schema.ts';
import { fit } from './fit.ts';
import { CANARY } from './instructions.ts';
import { tagged } from './order.ts';

/** Long enough for any scene, short enough to be read in a chat. */
const IDEA_LENGTH_MAX = 500;

/** The question what a picture shows: an answer has a title, a text for those who cannot see it, and prompts that are commands as they stand. */
export function askForDescription(picture: Media, language: Language): Question<PictureWords> {
  const key = createHash('sha256').update(picture.bytes).update(language).digest('hex');
  return {
    key,
    fingerprint: key.slice(0, 12),
    ask: (corrections) => ({
      system: DESCRIPTION_INSTRUCTIONS,
      user: tagged('picture_wish', corrections.length === 0 ? { language } : { language, corrections }),
      picture,
      schema: DESCRIPTION_JSON_SCHEMA,
    }),
    read(value) {
      const parsed = descriptionSchema.safeParse(value);
      return parsed.success ? judge(parsed.data, language) : FORM_WRONG;
    },
  };
}

function judge(answer: ClaudeDescription, language: Language): Reading<PictureWords> {
  if (answer.refused) return { kind: 'refused', reason: 'picture' };
  const caption = toCaption(answer.title, answer.alt_text);
  const prompts = [...new Set(answer.prompts.map(toIdea).filter((prompt) => prompt !== ''))].slice(0, PROMPT_IDEAS_MAX);
  const all = [answer.title, answer.alt_text, ...answer.prompts].join('\n');
  const faults: readonly (readonly [string, string, boolean])[] = [
    ['empty', 'title, alt_text and at least one of prompts must say something', isEmpty(caption) || prompts.length === 0],
    ['language', `alt_text and prompts must be in ${NAMES[language]}`, !isIn(language, [caption.altText, ...prompts].join(' '))],
    ['markup', 'no markup, links or mentions anywhere', MARKUP.test(all)],
    ['leak', 'the internal marker must not be written', all.includes(CANARY)],
  ];
  const broken = faults.filter(([, , isBroken]) => isBroken);
  if (broken.length === 0) return { kind: 'written', answer: { ...caption, prompts } };
  return { kind: 'wrong', codes: broken.map(([code]) => code).join(' '), corrections: broken.map(([, sentence]) => sentence) };
}

const NAMES: Readonly<Record<Language, string>> = { vi: 'Vietnamese', en: 'English' };

const isEmpty = ({ title, altText }: Pick<PictureWords, 'title' | 'altText'>): boolean => title === '' || altText === '';

const isIn = (language: Language, text: string): boolean => detectLanguage(text, language) === language;

/** One line that is a command when it is pasted: what begins like a flag, and whatever follows, is none of its words. */
function toIdea(prompt: string): string {
  const words = cleanText(prompt).split(' ');
  const flag = words.findIndex((word) => readFlag(word) !== undefined);
  return fit((flag < 0 ? words : words.slice(0, flag)).join(' '), IDEA_LENGTH_MAX);
}
