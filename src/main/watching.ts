import { createBedrock } from '#workers/models/bedrock.ts';
import { createModelStates } from '#workers/models/model-states.ts';
import type { Log } from '../core/log.ts';
import type { ModelWatch } from '../core/model-watch.ts';
import type { Stop } from '../core/platform.ts';
import type { Services } from './outside.ts';

const DAY_MS = 24 * 60 * 60_000;

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
