import { shorten, splitText } from '#src/core/command-text.ts';
import { say } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { GenerationRequest, Language } from '#src/core/request.ts';
import { fieldFor, renderWish } from '#src/core/rewording.ts';
import { STRENGTHS } from '#src/core/strengths.ts';
import { customId } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';
import { filmingOf, offered, ratiosOf } from './offers.ts';

const LABEL = 18;
const TEXT_INPUT = 4;
const SELECT = 3;
const PARAGRAPH = 2;

interface Choice {
  readonly label: string;
  readonly value: string;
}

const label = (text: string, component: object) => ({ type: LABEL, label: text, component });

const PROMPT = 'prompt';

function prompt(value: string | undefined) {
  return {
    type: TEXT_INPUT,
    custom_id: PROMPT,
    style: PARAGRAPH,
    min_length: 1,
    max_length: DISCORD_LIMITS.inputLength,
    ...(value === undefined || value === '' ? {} : { value }),
  };
}

const furtherField = (index: number): string => `${PROMPT}-${index + 2}`;

/** For the rest of a text that is too long for one field; it may be emptied. */
const furtherPrompt = (value: string, index: number) => ({
  type: TEXT_INPUT,
  custom_id: furtherField(index),
  style: PARAGRAPH,
  required: false,
  max_length: DISCORD_LIMITS.inputLength,
  value,
});

/** The words of a form, from all the fields that they stand in. `read`: what stands in the field of that name, empty where there is none. */
export const wordsIn = (read: (field: string) => string): string =>
  [PROMPT, ...Array.from({ length: FIELDS_MAX - 1 }, (_, index) => furtherField(index))]
    .map(read)
    .filter((piece) => piece !== '')
    .join(' ');

/** A form has five fields at most, which is more than the longest words need. */
const FIELDS_MAX = 5;

function select(name: string, placeholder: string, choices: readonly Choice[]) {
  return { type: SELECT, custom_id: name, required: false, placeholder, options: choices.slice(0, DISCORD_LIMITS.choicesMax) };
}

/** The words of an earlier request with its flags, to be changed; in as many fields as they need, so that none is lost. */
export function editForm(language: Language, request: GenerationRequest) {
  const [words, ...further] = splitText(renderWish(request), DISCORD_LIMITS.inputLength).slice(0, FIELDS_MAX);
  return {
    custom_id: customId('edited', request.id),
    title: say(language, 'edit-title'),
    components: [
      label(say(language, fieldFor(request)), prompt(words)),
      ...further.map((piece, index) => label(say(language, 'field-further'), furtherPrompt(piece, index))),
    ],
  };
}

/** Below the other fields, where there are several pictures to choose from. */
function which(language: Language, pictures: number) {
  if (pictures < 2) return [];
  const choices = Array.from({ length: pictures }, (_, index) => ({
    label: say(language, 'discord-choice-picture', { number: index + 1 }),
    value: String(index),
  }));
  return [label(say(language, 'discord-field-which'), select('which', say(language, 'discord-choice-picture', { number: 1 }), choices))];
}

const asChoices = (values: readonly string[]): readonly Choice[] => values.map((value) => ({ label: value, value }));

/** What to do with a picture that was pointed at. */
export function changeForm(language: Language, id: string, cards: readonly ModelCard[], pictures: number) {
  const able = offered(cards).filter(({ tasks }) => tasks.includes('transform'));
  const automatic = say(language, 'choice-automatic');
  const strengths = (['little', 'some', 'much'] as const).map((name) => ({
    label: say(language, `strength-${name}`),
    value: String(STRENGTHS[name]),
  }));
  const models = able.map((card) => ({ label: shorten(card.label, DISCORD_LIMITS.choiceLength), value: card.id }));
  return {
    custom_id: customId('change', id),
    title: say(language, 'transform-title'),
    components: [
      label(say(language, 'field-change'), prompt(undefined)),
      label(say(language, 'field-strength'), select('strength', automatic, strengths)),
      label(say(language, 'field-ratio'), select('ratio', automatic, asChoices(ratiosOf(able)))),
      label(say(language, 'field-model'), select('model', automatic, models)),
      ...which(language, pictures),
    ],
  };
}

/** How a picture that was pointed at is to move. */
export function filmForm(language: Language, id: string, cards: readonly ModelCard[], pictures: number) {
  const { durationsSeconds, resolutions } = filmingOf(cards);
  const automatic = say(language, 'choice-automatic');
  const durations = durationsSeconds.map((seconds) => ({ label: say(language, 'clip-seconds', { seconds }), value: String(seconds) }));
  const loops = (['once', 'loop'] as const).map((value) => ({ label: say(language, `discord-choice-${value}`), value }));
  return {
    custom_id: customId('film', id),
    title: say(language, 'discord-menu-animate'),
    components: [
      label(say(language, 'discord-field-scene'), prompt(undefined)),
      ...(durations.length === 0 ? [] : [label(say(language, 'label-duration'), select('duration', automatic, durations))]),
      ...(resolutions.length === 0
        ? []
        : [label(say(language, 'discord-field-resolution'), select('resolution', automatic, asChoices(resolutions)))]),
      label(say(language, 'discord-field-loop'), select('loop', automatic, loops)),
      ...which(language, pictures),
    ],
  };
}
