import { shorten } from '#src/core/command-text.ts';
import { say, type MessageKey } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import { COUNT_MAX, PROMPT_LENGTH_MAX, SEED_MAX, type Language } from '#src/core/request.ts';
import { DISCORD_LIMITS, type DiscordConfig } from './config.ts';
import type { CompletionInteraction } from './payload.ts';
import { localeOf } from './parse.ts';

const TYPE = { slash: 1, onMessage: 3 } as const;
const OPTION = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;
const CONTEXT = { server: 0, direct: 1, anywhere: 2 } as const;
const INSTALL = { server: 0, person: 1 } as const;

export const IMAGINE = 'imagine';
const TRANSFORM = 'Transform image';

/** A command as Discord's REST takes it. */
export interface Command {
  readonly name: string;
  readonly type: number;
  readonly [member: string]: unknown;
}

type OptionName = 'prompt' | 'image' | 'ratio' | 'model' | 'count' | 'seed' | 'negative' | 'style' | 'strength' | 'enhance' | 'spoiler';

/** Names and descriptions: English for everybody, and what Vietnamese clients show instead. */
const described = (key: MessageKey & `discord-about-${string}`) => ({
  description: say('en', key),
  description_localizations: { vi: say('vi', key) },
});

function option(name: OptionName, type: number, more: object = {}) {
  return {
    type,
    name,
    name_localizations: { vi: say('vi', `discord-option-${name}`) },
    ...described(`discord-about-${name}`),
    ...more,
  };
}

/** The choices are what the cards can do, so that a model that is added brings its own. */
export function commandsFor(cards: readonly ModelCard[], config: Pick<DiscordConfig, 'ageRestricted' | 'userInstall'>): readonly Command[] {
  const ratios = [...new Set(cards.flatMap(({ aspectRatios }) => Object.keys(aspectRatios)))].slice(0, DISCORD_LIMITS.choicesMax);
  const modes = (['enhance', 'translate', 'raw'] as const).map((mode) => ({
    name: say('en', `discord-choice-${mode}`),
    name_localizations: { vi: say('vi', `discord-choice-${mode}`) },
    value: mode,
  }));
  const everywhere = {
    integration_types: config.userInstall ? [INSTALL.server, INSTALL.person] : [INSTALL.server],
    contexts: config.userInstall ? [CONTEXT.server, CONTEXT.direct, CONTEXT.anywhere] : [CONTEXT.server, CONTEXT.direct],
    nsfw: config.ageRestricted,
  };
  const imagine = {
    type: TYPE.slash,
    name: IMAGINE,
    name_localizations: { vi: say('vi', 'discord-command-imagine') },
    ...described('discord-about-imagine'),
    options: [
      option('prompt', OPTION.string, { required: true, min_length: 1, max_length: PROMPT_LENGTH_MAX }),
      option('image', OPTION.attachment, { file_types: ['image'] }),
      option('ratio', OPTION.string, { choices: ratios.map((ratio) => ({ name: ratio, value: ratio })) }),
      option('model', OPTION.string, { autocomplete: true }),
      option('count', OPTION.integer, { min_value: 1, max_value: COUNT_MAX }),
      option('seed', OPTION.integer, { min_value: 1, max_value: SEED_MAX }),
      option('negative', OPTION.string, { max_length: 1000 }),
      option('style', OPTION.string, { autocomplete: true }),
      option('strength', OPTION.number, { min_value: 0, max_value: 1 }),
      option('enhance', OPTION.string, { choices: modes }),
      option('spoiler', OPTION.boolean),
    ],
    ...everywhere,
  };
  const transform = { type: TYPE.onMessage, name: TRANSFORM, name_localizations: { vi: say('vi', 'transform-title') }, ...everywhere };
  return [imagine, transform];
}

interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What may be meant by what was typed so far: models with their price, styles of the model that is named. Only advice: anything may be sent. */
export function choicesFor({ data, locale }: CompletionInteraction, cards: readonly ModelCard[]): readonly Choice[] {
  const focused = data.options.find((one) => one.focused === true);
  const typed = String(focused?.value ?? '');
  const hasPicture = data.options.some(({ name }) => name === 'image');
  const active = cards.filter(({ lifecycle }) => lifecycle.status === 'active' || lifecycle.status === 'legacy');
  const able = active.filter(({ tasks }) => tasks.includes(hasPicture ? 'transform' : 'imagine'));
  const language: Language = localeOf(locale) ?? 'en';
  if (focused?.name === 'model')
    return fitting(
      able.map((card) => modelChoice(card, language)),
      typed,
    );
  if (focused?.name !== 'style') return [];
  const model = data.options.find(({ name }) => name === 'model')?.value;
  const styled = model === undefined ? able : able.filter(({ id }) => id === model);
  return fitting(
    [...new Set(styled.flatMap(({ styles }) => styles))].map((style) => ({ name: style, value: style })),
    typed,
  );
}

function modelChoice({ id, label, priceMicros }: ModelCard, language: Language): Choice {
  return { name: shorten(`${label} · ${formatMicros(priceMicros, language)}`, DISCORD_LIMITS.choiceLength), value: id };
}

function fitting(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  const fits = choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
  return fits.slice(0, DISCORD_LIMITS.choicesMax);
}
