import { shorten } from '#src/core/command-text.ts';
import { say } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { PROMPT_LENGTH_MAX, type Language } from '#src/core/request.ts';
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

function prompt(value: string | undefined) {
  return {
    type: TEXT_INPUT,
    custom_id: 'prompt',
    style: PARAGRAPH,
    min_length: 1,
    max_length: PROMPT_LENGTH_MAX,
    ...(value === undefined || value === '' ? {} : { value: value.slice(0, PROMPT_LENGTH_MAX) }),
  };
}

function select(name: string, placeholder: string, choices: readonly Choice[]) {
  return { type: SELECT, custom_id: name, required: false, placeholder, options: choices.slice(0, DISCORD_LIMITS.choicesMax) };
}

/** The words of an earlier request with its flags, to be changed. */
export const editForm = (language: Language, id: string, text: string) => ({
  custom_id: customId('edited', id),
  title: say(language, 'edit-title'),
  components: [label(say(language, 'field-prompt'), prompt(text))],
});

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

/** What to do with a picture that was pointed at. A form has five fields at most. */
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
