import { Refusal } from './failure.ts';
import { nearest } from './nearest.ts';
import type { ModelCard } from './model.ts';
import type { TaskKind } from './request.ts';

/** Spelling does not matter in a model's name: `SD 3.5` is `sd35`. */
const squash = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const able = (card: ModelCard, task: TaskKind): boolean => card.tasks.includes(task) && card.lifecycle.status !== 'retired';

/**
 * The card that will do the task: the one that was named, or else the first of the list that can, which is the operator's order of preference.
 * Throws Refusal `model-unknown`, `model-retired`, `model-cannot`.
 */
export function routeTask(cards: readonly ModelCard[], task: TaskKind, wish: string | undefined): ModelCard {
  const capable = cards.filter((card) => able(card, task));
  const [preferred] = capable;
  if (preferred === undefined) throw new Refusal('model-unavailable', { model: task });
  if (wish === undefined) return preferred;
  const named = cards.find((card) => [card.id, card.label, ...card.aliases].some((name) => squash(name) === squash(wish)));
  if (named === undefined) {
    const models = capable.map((card) => card.id).join(', ');
    throw new Refusal('model-unknown', {
      model: wish,
      nearest: nearest(
        wish,
        capable.map((card) => card.id),
      ),
      models,
    });
  }
  if (named.lifecycle.status === 'retired') {
    throw new Refusal('model-retired', {
      model: named.label,
      on: named.lifecycle.on ?? '',
      successor: named.lifecycle.successor ?? preferred.id,
    });
  }
  if (!able(named, task)) throw new Refusal('model-cannot', { model: named.label, able: capable.map((card) => card.id).join(', ') });
  return named;
}
