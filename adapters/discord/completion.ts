import { shorten } from '#src/core/command-text.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language, TaskKind } from '#src/core/request.ts';
import { EDITS } from '#src/core/tasks.ts';
import { DISCORD_LIMITS } from './config.ts';
import { offered } from './offers.ts';
import type { CompletionInteraction } from './payload.ts';
import { localeOf } from './parse.ts';

interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What may be meant by what was typed so far: models with their price, styles of the model that is named. Only advice: anything may be sent. */
export function choicesFor({ data, locale }: CompletionInteraction, cards: readonly ModelCard[]): readonly Choice[] {
  const focused = data.options.find((one) => one.focused === true);
  const typed = String(focused?.value ?? '');
  const wanted = tasksOf(data);
  const able = offered(cards).filter(({ tasks }) => tasks.some((task) => wanted.includes(task)));
  const language: Language = localeOf(locale) ?? 'en';
  if (focused?.name === 'model') {
    const choices = able.map((card) => modelChoice(card, language));
    return fitting(choices, typed);
  }
  if (focused?.name !== 'style') return [];
  const model = data.options.find(({ name }) => name === 'model')?.value;
  const styled = model === undefined ? able : able.filter(({ id }) => id === model);
  const styles = [...new Set(styled.flatMap((card) => card.styles))].map((style) => ({ name: style, value: style }));
  return fitting(styles, typed);
}

function tasksOf({ name, options }: CompletionInteraction['data']): readonly TaskKind[] {
  if (name === 'video') return ['video'];
  if (name === 'edit') return EDITS;
  return options.some((option) => option.name === 'image') ? ['transform'] : ['imagine'];
}

function modelChoice({ id, label, priceMicros }: ModelCard, language: Language): Choice {
  return { name: shorten(`${label} · ${formatMicros(priceMicros, language)}`, DISCORD_LIMITS.choiceLength), value: id };
}

function fitting(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  const fits = choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
  return fits.slice(0, DISCORD_LIMITS.choicesMax);
}
