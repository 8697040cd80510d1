import { createBedrock } from '#workers/models/bedrock.ts';
import { createModelStates } from '#workers/models/model-states.ts';
import type { Cabinet } from '../core/cabinet.ts';
import type { Log } from '../core/log.ts';
import type { ModelWatch } from '../core/model-watch.ts';
import type { Stop } from '../core/platform.ts';
import { keepingStates, refreshing } from './kept-states.ts';
import type { Services } from './outside.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Asks the service how its models are, now and once a day, and leaves its word in the cabinet. Nothing waits for the answer. */
export function startWatching(models: ModelWatch, { bedrock }: Pick<Services, 'bedrock'>, cabinet: Pick<Cabinet, 'write'>, log: Log): Stop {
  const client = createBedrock({ ...bedrock, log });
  const states = createModelStates(client, () => Date.now());
  const stop = refreshing(models, keepingStates(states, cabinet, log), DAY_MS);
  return async () => {
    await stop();
    client.close();
  };
}
