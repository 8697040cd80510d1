import { shorten } from '#src/core/command-text.ts';
import { say } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { PROMPT_LENGTH_MAX, type Language } from '#src/core/request.ts';
import { STRENGTHS } from '#src/core/strengths.ts';
import { customId } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';

const LABEL = 18;
const TEXT_INPUT = 4;
const SELECT = 3;
const PARAGRAPH = 2;
/** A model that is gone, or that the service never had, is no choice. */
const OFFERED: readonly string[] = ['active', 'legacy'];

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

/** What to do with a picture that was pointed at. */
export function changeForm(language: Language, id: string, cards: readonly ModelCard[]) {
  const able = cards.filter(({ tasks, lifecycle }) => tasks.includes('transform') && OFFERED.includes(lifecycle.status));
  const ratios = [...new Set(able.flatMap(({ aspectRatios }) => Object.keys(aspectRatios)))];
  const automatic = say(language, 'choice-automatic');
  const strengths = (['little', 'some', 'much'] as const).map((name) => ({
    label: say(language, `strength-${name}`),
    value: String(STRENGTHS[name]),
  }));
  return {
    custom_id: customId('change', id),
    title: say(language, 'transform-title'),
    components: [
      label(say(language, 'field-change'), prompt(undefined)),
      label(say(language, 'field-strength'), select('strength', automatic, strengths)),
      label(
        say(language, 'field-ratio'),
        select(
          'ratio',
          automatic,
          ratios.map((ratio) => ({ label: ratio, value: ratio })),
        ),
      ),
      label(
        say(language, 'field-model'),
        select(
          'model',
          automatic,
          able.map((card) => ({ label: shorten(card.label, DISCORD_LIMITS.choiceLength), value: card.id })),
        ),
      ),
    ],
  };
}
