import { createBedrock } from '#workers/models/bedrock.ts';
import { specs, specsWith } from '#workers/models/catalogue.ts';
import { createModelStates } from '#workers/models/model-states.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { ModelCard } from '../core/model.ts';
import { createModelWatch, type ModelWatch } from '../core/model-watch.ts';
import type { Stop } from '../core/platform.ts';
import type { Services } from './mode.ts';

const DAY_MS = 24 * 60 * 60_000;

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

/** Asks the service how its models are, now and once a day. Nothing waits for the answer. */
export function startWatching(models: ModelWatch, { bedrock }: Pick<Services, 'bedrock'>, log: Log): Stop {
  const stopping = new AbortController();
  const client = createBedrock({ ...bedrock, log });
  const states = createModelStates(client, () => Date.now());
  const look = async (): Promise<void> => models.refresh(states, stopping.signal);
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, DAY_MS);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await looking;
    client.close();
  };
}
