import { say } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language } from '#src/core/request.ts';

/** Every model that is known of, one line each: its name, what it costs, how it stands, what it does. */
export function renderModels(cards: readonly ModelCard[], language: Language): string {
  const heads = [
    say(language, 'shell-head-model'),
    say(language, 'label-price'),
    say(language, 'shell-head-state'),
    say(language, 'shell-head-tasks'),
  ];
  const rows = cards.map((card) => [card.id, sayPrice(card, language), sayState(card, language), card.tasks.join(', ')]);
  const widths = heads.map((_, column) => Math.max(...[heads, ...rows].map((row) => Array.from(row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [heads, ...rows].map(line).join('\n');
}

/** The same as a program reads it. */
export function renderModelsJson(cards: readonly ModelCard[]): string {
  const models = cards.map(({ id, label, tasks, priceMicros, filming, lifecycle: { status, ...lifecycle } }) => ({
    id,
    label,
    tasks,
    priceMicros,
    ...(filming === undefined ? {} : { secondMicros: filming.secondMicros }),
    state: status,
    ...lifecycle,
  }));
  return JSON.stringify({ ok: true, models });
}

function sayPrice({ priceMicros, filming }: ModelCard, language: Language): string {
  if (filming === undefined) return formatMicros(priceMicros, language);
  const prices = filming.resolutions.flatMap((resolution) => {
    const micros = filming.secondMicros[resolution];
    return micros === undefined ? [] : [say(language, 'shell-price-second', { price: formatMicros(micros, language), resolution })];
  });
  return prices.join(', ');
}

function sayState({ lifecycle }: ModelCard, language: Language): string {
  if (lifecycle.status === 'active') return say(language, 'shell-state-active');
  const on = lifecycle.status === 'never' || lifecycle.on === undefined ? '' : ` ${lifecycle.on}`;
  const state = say(language, `shell-state-${lifecycle.status}`, { on });
  return lifecycle.successor === undefined ? state : `${state}, ${say(language, 'shell-state-successor', { model: lifecycle.successor })}`;
}
