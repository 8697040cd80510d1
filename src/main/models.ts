import { specs, specsWith } from '#workers/models/catalogue.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { ModelCard } from '../core/model.ts';
import { createModelWatch, type ModelWatch } from '../core/model-watch.ts';

/** The cards as this installation has them: the catalogue's, with those past their end that the operator keeps. */
export function openModels({ formerModels }: Pick<Config, 'formerModels'>, log: Log): ModelWatch {
  const unknown = formerModels.filter((id) => !specs.some(({ card }) => card.id === id && card.lifecycle.status === 'retired'));
  if (unknown.length > 0) log.warn('former-models-unknown', { models: unknown.join(', ') });
  const cards = specsWith(formerModels).map(({ card }) => card);
  return createModelWatch(cards, log);
}

/** What can be chosen: nobody is offered what is gone. */
export const offered = (cards: readonly ModelCard[]): readonly ModelCard[] =>
  cards.filter(({ lifecycle: { status } }) => status === 'active' || status === 'legacy');
