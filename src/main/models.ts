import { specs, specsWith, videoSpecs, videoSpecsWith } from '#workers/models/catalogue.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { ModelCard } from '../core/model.ts';
import { createModelWatch, type ModelWatch } from '../core/model-watch.ts';

type Choice = Pick<Config, 'formerModels'> & Partial<Pick<Config, 'sandbox' | 's3' | 'bedrock'>>;

/** The cards as this installation has them: the catalogue's, with those past their end that the operator keeps, and those of clips where they can be put. */
export function openModels(config: Choice, log: Log): ModelWatch {
  const { formerModels } = config;
  const unknown = formerModels.filter(
    (id) => ![...specs, ...videoSpecs].some(({ card }) => card.id === id && card.lifecycle.status === 'retired'),
  );
  if (unknown.length > 0) log.warn('former-models-unknown', { models: unknown.join(', ') });
  const films = canFilm(config) ? videoSpecsWith(formerModels).filter(({ card }) => isThere(card, config)) : [];
  const cards = [...specsWith(formerModels), ...films].map(({ card }) => card);
  return createModelWatch(cards, log);
}

/** The real service puts clips into a bucket in its own region, and nowhere else. Until it is known which service it is, everything is possible. */
export const canFilm = ({ sandbox, s3, bedrock }: Omit<Choice, 'formerModels'>): boolean =>
  sandbox !== 'off' || (s3 !== undefined && s3.region === bedrock?.region);

/** A clip has a price that is agreed to: nobody is asked about one that the service does not make where it is called. */
const isThere = ({ regions }: ModelCard, { sandbox, bedrock }: Choice): boolean =>
  sandbox !== 'off' || bedrock === undefined || regions.includes(bedrock.region);
