import type { Log } from './log.ts';
import { isLiving, type Lifecycle, type ModelCard } from './model.ts';

/** What the service says of a model today. `on`: its last day there, as an ISO date, where it is settled. */
export interface ModelState {
  readonly status: 'active' | 'legacy' | 'retired';
  readonly on: string | undefined;
}

/** Asks the service for the state of its models. */
export interface ModelStates {
  /** Undefined when it cannot be had: no right to ask, nobody answers, an answer that nobody understands. Never throws. */
  read(card: ModelCard, signal: AbortSignal): Promise<ModelState | undefined>;
}

export interface ModelWatch {
  /** Always the same list, whose cards are replaced when the service says that something has changed. */
  readonly cards: readonly ModelCard[];
  /** Asks once for every model that may be had. */
  refresh(states: ModelStates, signal: AbortSignal): Promise<void>;
}

/** Keeps the cards as the service has them today, begun with what the catalogue says. */
export function createModelWatch(catalogue: readonly ModelCard[], log: Log): ModelWatch {
  const cards = [...catalogue];
  return {
    cards,
    async refresh(states, signal) {
      const found = new Map<string, ModelState>();
      const asked = catalogue.filter(isLiving);
      for (const card of asked) {
        const state = await states.read(card, signal);
        if (state !== undefined) found.set(card.id, state);
      }
      const gone = [...found.values()].filter(({ status }) => status === 'retired').length;
      // No model left is a question asked in the wrong place, not the end of all painting.
      if (found.size > 0 && gone === asked.length) return log.warn('models-all-gone', { models: gone });
      for (const [index, card] of catalogue.entries()) {
        const state = found.get(card.id);
        if (state === undefined) continue;
        const lifecycle = lifecycleOf(card, state);
        if (lifecycle.status !== cards[index]?.lifecycle.status) log.info('model-changed', { model: card.id, status: lifecycle.status });
        cards[index] = { ...card, lifecycle };
      }
    },
  };
}

function lifecycleOf({ lifecycle }: ModelCard, { status, on }: ModelState): Lifecycle {
  if (status === 'active') return { status };
  const known = lifecycle.status === 'legacy' || lifecycle.status === 'retired' ? lifecycle : { on: undefined, successor: undefined };
  return { status, on: on ?? known.on, successor: known.successor };
}
