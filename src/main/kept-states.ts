import { z } from 'zod';
import type { Cabinet } from '../core/cabinet.ts';
import type { Log } from '../core/log.ts';
import type { ModelStates, ModelWatch } from '../core/model-watch.ts';
import type { Stop } from '../core/platform.ts';

const DRAWER = 'model-states';
const stateSchema = z.strictObject({ status: z.enum(['active', 'legacy', 'retired']), on: z.string().exactOptional() });

/** What the service said of its models, left where a program that may not ask it finds it. */
export const keepingStates = (states: ModelStates, cabinet: Pick<Cabinet, 'write'>, log: Log): ModelStates => ({
  async read(card, signal) {
    const state = await states.read(card, signal);
    if (state === undefined) return undefined;
    const { status, on } = state;
    const kept = cabinet.write(DRAWER, card.id, { status, ...(on === undefined ? {} : { on }) });
    // Tomorrow it is said again.
    await kept.catch((error: unknown) => log.warn('model-state-unkept', { model: card.id }, error));
    return state;
  },
});

/** What was left there last. */
const keptStates = (cabinet: Pick<Cabinet, 'read'>): ModelStates => ({
  async read({ id }) {
    const kept = await cabinet.read(DRAWER, id).catch(() => undefined);
    const state = stateSchema.safeParse(kept).data;
    return state && { status: state.status, on: state.on };
  },
});

const FOLLOW_EVERY_MS = 5 * 60_000;

/** The models as a program that asks the service itself has left word of them. Nothing waits for it. */
export const startFollowing = (models: ModelWatch, cabinet: Pick<Cabinet, 'read'>): Stop =>
  refreshing(models, keptStates(cabinet), FOLLOW_EVERY_MS);

/** Refreshes now and every so often, until it is stopped. */
export function refreshing(models: ModelWatch, states: ModelStates, everyMs: number): Stop {
  const stopping = new AbortController();
  const look = async (): Promise<void> => models.refresh(states, stopping.signal);
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await looking;
  };
}
