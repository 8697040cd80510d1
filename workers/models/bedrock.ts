import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { ImageModel, ModelCard } from '#src/core/model.ts';
import { createTurns } from '#src/core/turns.ts';
import { createBedrockClient, type BedrockPlace } from './bedrock-client.ts';
import { encodeBody } from './body.ts';
import { judge, reasonOf, toError } from './errors.ts';
import { readFailure } from './failure.ts';
import type { ImageModelSpec } from './spec.ts';

export interface BedrockOptions extends BedrockPlace {
  /** How long one call may take in all. Longer than the slowest picture: giving up on one that is being made is paying for nothing. */
  readonly timeoutMs?: number;
  /** How many calls there are at most at one time; more wait their turn. */
  readonly connections?: number;
  readonly log: Log;
}

/** The service, as far as the product needs it: one model, one body, one call. */
export interface Bedrock {
  /**
   * Calls the card's model once and resolves with the body of its answer. Throws TryLater where the service certainly made nothing, Refusal for a
   * final no, and an Error where a picture may have been made.
   */
  invoke(card: ModelCard, body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** What the control plane says of a model, as JSON in bytes. Throws what the client throws. */
  describe(modelId: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Ends every connection. */
  close(): void;
}

const TIMEOUT_MS = 300_000;
const CONNECTIONS = 32;
/** The service's limit for a body, in bytes. */
const BODY_BYTES_MAX = 25_000_000;

/** Opens nothing until it is called. */
export function createBedrock(options: BedrockOptions): Bedrock {
  const { log, timeoutMs = TIMEOUT_MS, connections = CONNECTIONS } = options;
  const client = createBedrockClient(options, timeoutMs, connections);
  // The agent's own line would count a long wait for a connection as a connection that cannot be had.
  const turns = createTurns(connections);

  async function send(card: ModelCard, body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    // Without both types the SDK says `application/octet-stream` and nothing.
    const command = new InvokeModelCommand({
      modelId: card.bedrockId,
      contentType: 'application/json',
      accept: 'application/json',
      body,
    });
    const startedAt = performance.now();
    try {
      const timed = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const answer = await client.send(command, { abortSignal: timed });
      return answer.body;
    } catch (error) {
      const failure = readFailure(error, Date.now());
      const { name, status, code, requestId } = failure;
      const verdict = judge(failure);
      const reason = verdict === 'rejected' ? reasonOf(failure) : undefined;
      const tookMs = Math.round(performance.now() - startedAt);
      log.warn('bedrock-call-failed', { model: card.id, verdict, name, status, code, reason, requestId, tookMs });
      throw toError(failure, card.label, Math.random(), error);
    }
  }

  return {
    async invoke(card, body, signal) {
      let begun = false;
      try {
        return await turns.take(signal, async () => {
          begun = true;
          return send(card, body, signal);
        });
      } catch (error) {
        throw begun ? error : new TryLater('stopping', 0, error);
      }
    },
    async describe(modelId, signal) {
      const control = createBedrockClient({ ...options, endpoint: options.endpoint ?? controlPlaneOf(options.region) }, timeoutMs, 1);
      try {
        // The client knows the runtime alone. Its signature, credentials and errors are the control plane's too: only the request is another.
        control.middlewareStack.add((next) => async (call) => next({ ...call, request: asQuestion(call.request, modelId) }), {
          step: 'build',
        });
        const command = new InvokeModelCommand({ modelId, accept: 'application/json', contentType: 'application/json' });
        return (await control.send(command, { abortSignal: signal })).body;
      } finally {
        control.destroy();
      }
    },
    close: () => client.destroy(),
  };
}

const controlPlaneOf = (region: string): string => `https://bedrock.${region}.amazonaws.com`;

/** GetFoundationModel in the place of InvokeModel (Amazon Bedrock API reference): a question without a body. */
function asQuestion(request: unknown, modelId: string): unknown {
  if (typeof request !== 'object' || request === null) throw new Error('the client makes requests of another kind');
  const path = `/foundation-models/${encodeURIComponent(modelId)}`;
  return Object.assign(request, { method: 'GET', path, headers: { accept: 'application/json' }, body: undefined });
}

/** A spec over the service: one call for each picture, whatever comes of it. */
export function createImageModel(spec: ImageModelSpec, bedrock: Pick<Bedrock, 'invoke'>): ImageModel {
  const { card } = spec;
  return {
    card,
    async generate(input, signal) {
      const body = encodeBody(spec.toBody(input));
      // Base64 makes four bytes of three, so that 18 MB of a picture are what fits.
      if (body.byteLength > BODY_BYTES_MAX) throw new Refusal('picture-too-heavy', { limitMegabytes: 18 });
      return spec.fromBody(await bedrock.invoke(card, body, signal), input);
    },
  };
}

/** Whether the SDK finds something to sign calls with: keys in any of its usual places, or a Bedrock API key. Calls no model. */
export async function findCredentials(region: string): Promise<boolean> {
  const client = new BedrockRuntimeClient({ region });
  try {
    const schemes = await client.config.authSchemePreference();
    if (schemes.includes('httpBearerAuth')) return true;
    await client.config.credentials();
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
