import { z } from 'zod';
import type { ModelState, ModelStates } from '#src/core/model-watch.ts';
import type { Bedrock } from './bedrock.ts';
import { judge } from './errors.ts';
import { readFailure } from './failure.ts';

/** Seconds since 1970, or a date in words of numbers. */
const timeSchema = z.union([z.number().transform((seconds) => seconds * 1000), z.string().transform((text) => Date.parse(text))]);
const detailsSchema = z.object({
  modelDetails: z.object({
    modelLifecycle: z.object({ status: z.enum(['ACTIVE', 'LEGACY']), endOfLifeTime: timeSchema.optional().catch(undefined) }),
  }),
});

/** Of a body as GetFoundationModel gives it (Amazon Bedrock API reference). `now` in epoch milliseconds. */
export function stateOf(body: unknown, now: number): ModelState | undefined {
  const lifecycle = detailsSchema.safeParse(body).data?.modelDetails.modelLifecycle;
  if (lifecycle === undefined) return undefined;
  const { status, endOfLifeTime: end } = lifecycle;
  const on = end === undefined || Number.isNaN(end) ? undefined : new Date(end).toISOString().slice(0, 10);
  if (end !== undefined && end <= now) return { status: 'retired', on };
  return { status: status === 'LEGACY' ? 'legacy' : 'active', on };
}

const WAIT_MS = 10_000;

/** The service's own word on its models, in the region that is called. One that it does not know there is gone as far as we are concerned. */
export function createModelStates(bedrock: Pick<Bedrock, 'describe'>, now: () => number): ModelStates {
  return {
    async read({ bedrockId }, signal) {
      try {
        // A profile routes to the model whose name it carries.
        const body = await bedrock.describe(bedrockId.replace(/^us\./, ''), AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]));
        return stateOf(JSON.parse(Buffer.from(body).toString('utf8')), now());
      } catch (error) {
        return judge(readFailure(error, now())) === 'gone' ? { status: 'retired', on: undefined } : undefined;
      }
    },
  };
}
