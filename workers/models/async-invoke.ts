import { z } from 'zod';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { ModelCard, VideoModel } from '#src/core/model.ts';
import type { Json } from '#src/core/request.ts';
import type { AsyncCalls, JobState } from './async-calls.ts';
import { createHttpCalls } from './async-http.ts';
import { createSdkCalls } from './async-sdk.ts';
import { createBedrockClient, signingOf, type BedrockPlace } from './bedrock-client.ts';
import { refusalOfJob } from './clip-failure.ts';
import { judge, reasonOf, toError, type Verdict } from './errors.ts';
import { readFailure, type CallFailure } from './failure.ts';
import type { Document, VideoModelSpec } from './spec.ts';

/** The bucket in which the service leaves its clips. It writes there with its caller's own rights. */
export interface Outputs {
  /** Where the clip with this token is to be put, and nothing else: `s3://bucket/prefix`. */
  uriFor(token: string): Promise<string>;
  /**
   * Writes the clip of the job `id` to a file; `uri` is where the service says that it is. Throws Refusal `clip-gone`, `clip-store`, `storage-full`,
   * `credentials-rejected`, and TryLater when the bucket cannot be reached.
   */
  fetch(uri: string, id: string, into: string, signal: AbortSignal): Promise<void>;
  /** Removes everything that the service left below the address. Throws what the store throws. */
  remove(uri: string, signal: AbortSignal): Promise<void>;
}

export interface AsyncInvokeOptions extends BedrockPlace {
  /** Undefined where there is no bucket: no clip can be made then. */
  readonly outputs: Outputs | undefined;
  /** By the AWS SDK, by requests of our own, or by these where the SDK has got no certain answer. */
  readonly calls?: 'auto' | 'sdk' | 'http' | undefined;
  /** How long one call may take in all. */
  readonly timeoutMs?: number;
  readonly log: Log;
}

/** The service, as far as clips need it. What it promises is what `VideoModel` promises. */
export interface AsyncInvoke {
  start(card: ModelCard, input: Readonly<Record<string, Document>>, token: string, signal: AbortSignal): Promise<Json>;
  collect(card: ModelCard, ticket: Json, into: string, signal: AbortSignal): Promise<boolean>;
  discard(card: ModelCard, ticket: Json, signal: AbortSignal): Promise<void>;
  /** Ends every connection. */
  close(): void;
}

const TIMEOUT_MS = 60_000;
const CONNECTIONS = 8;
const ASK_AGAIN_MS = 5000;

const ticketSchema = z.strictObject({ arn: z.string().min(1), uri: z.string().min(1) });

/** Opens nothing until it is called. */
export function createAsyncInvoke(options: AsyncInvokeOptions): AsyncInvoke {
  const { outputs } = options;
  const { ask, close } = createAsker(options);
  const store = (): Outputs => {
    if (outputs === undefined) throw new Refusal('clip-store');
    return outputs;
  };
  return {
    async start(card, modelInput, token, signal) {
      const uri = await store().uriFor(token);
      const call = { modelId: card.bedrockId, modelInput, uri, token };
      const question = { what: 'start', card, signal, call: async (calls: AsyncCalls, timed: AbortSignal) => calls.start(call, timed) };
      const arn = await ask(question, (trouble) => {
        throw errorOfStart(card, trouble);
      });
      return { arn, uri };
    },
    async collect(card, ticket, into, signal) {
      const { arn, uri } = ticketSchema.parse(ticket);
      const question = { what: 'state', card, signal, call: async (calls: AsyncCalls, timed: AbortSignal) => calls.state(arn, timed) };
      const state = await ask<JobState>(question, (trouble) => {
        // Jobs are not listed for ever. One that nobody knows any more may have left its clip.
        if (trouble.verdict === 'rejected' || trouble.verdict === 'gone') return { status: 'Completed', failureMessage: undefined, uri };
        throw errorOfState(card, trouble);
      });
      if (state.status === 'InProgress') return false;
      if (state.status === 'Failed') {
        const refusal = refusalOfJob(state.failureMessage);
        options.log.warn('clip-failed', { model: card.id, code: refusal.code, reason: refusal.details['reason'] });
        throw refusal;
      }
      await store().fetch(state.uri, arn.slice(arn.lastIndexOf('/') + 1), into, signal);
      return true;
    },
    async discard({ id: model }, ticket, signal) {
      try {
        await store().remove(ticketSchema.parse(ticket).uri, signal);
      } catch (error) {
        options.log.warn('clip-copy-stays', { model }, error);
      }
    },
    close,
  };
}

/** A call that got no good answer, and what that means. */
interface Trouble {
  readonly failure: CallFailure;
  readonly verdict: Verdict;
  readonly error: unknown;
}

interface Question<Answer> {
  readonly what: string;
  readonly card: ModelCard;
  readonly signal: AbortSignal;
  readonly call: (calls: AsyncCalls, signal: AbortSignal) => Promise<Answer>;
}

/** Asks by the first way that gets a certain answer. The second way may only be gone because the same question twice is one question. */
function createAsker(options: AsyncInvokeOptions) {
  const { log, timeoutMs = TIMEOUT_MS } = options;
  const ways = waysOf(options, timeoutMs);

  async function once<Answer>({ what, card, signal, call }: Question<Answer>, [way, calls]: Way): Promise<Answer | Trouble> {
    const startedAt = performance.now();
    try {
      return await call(calls, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    } catch (error) {
      const failure = readFailure(error, Date.now());
      const verdict = judge(failure);
      const { name, status, code, requestId } = failure;
      const reason = verdict === 'rejected' ? reasonOf(failure) : undefined;
      const tookMs = Math.round(performance.now() - startedAt);
      log.warn('clip-call-failed', { model: card.id, what, way, verdict, name, status, code, reason, requestId, tookMs });
      return { failure, verdict, error };
    }
  }

  return {
    async ask<Answer extends string | JobState>(question: Question<Answer>, troubled: (trouble: Trouble) => Answer): Promise<Answer> {
      const { signal } = question;
      if (signal.aborted) throw new TryLater('stopping', 0, signal.reason);
      const [first, second] = ways;
      const answer = await once(question, first);
      if (!isTrouble(answer)) return answer;
      if (second === undefined || !UNHEARD.has(answer.verdict) || signal.aborted) return troubled(answer);
      const other = await once(question, second);
      if (!isTrouble(other)) return other;
      // That the second way could not be taken just now says nothing of what came of the first.
      return troubled(answer.verdict === 'unknown' && isForLater(other) ? answer : other);
    },
    close() {
      for (const way of ways) way?.[1].close();
    },
  };
}

/** Nothing was certainly heard of it: what may have been begun, the same token finds again. */
const UNHEARD: ReadonlySet<Verdict> = new Set(['unknown', 'unreachable']);

const isForLater = ({ failure }: Trouble): boolean => toError(failure, '', 0, undefined) instanceof TryLater;

const isTrouble = (answer: string | JobState | Trouble): answer is Trouble => typeof answer === 'object' && 'verdict' in answer;

type Way = readonly [name: 'sdk' | 'http', calls: AsyncCalls];

function waysOf(options: AsyncInvokeOptions, timeoutMs: number): readonly [Way, Way?] {
  const client = createBedrockClient(options, timeoutMs, CONNECTIONS);
  const sdk: Way = ['sdk', createSdkCalls(client)];
  const http: Way = ['http', createHttpCalls(signingOf(client, options), timeoutMs)];
  switch (options.calls) {
    case 'sdk':
      return [sdk];
    case 'http':
      return [http];
    default:
      return [sdk, http];
  }
}

/** How the service says that it cannot write where it was told to. */
const OUTPUT = /output ?(?:data ?)?config|s3 ?uri|\bbucket\b/i;

function errorOfStart({ label }: ModelCard, { failure, verdict, error }: Trouble): Error {
  if (verdict === 'rejected' && OUTPUT.test(failure.message)) return new Refusal('clip-store', {}, error);
  const meant = toError(failure, label, Math.random(), error);
  // Room for one clip more says nothing of pictures: the worker is not to take fewer of these.
  if (meant instanceof TryLater && meant.reason === 'throttled')
    return new TryLater('not-ready', Math.max(meant.waitMs, ASK_AGAIN_MS), error);
  return meant;
}

/** The clip is being made and will be paid for: only a no that stays one ends the waiting. */
function errorOfState({ label }: ModelCard, { failure, verdict, error }: Trouble): Error {
  if (verdict === 'unknown') return new TryLater('unreachable', ASK_AGAIN_MS, error);
  if (verdict === 'denied') return new Refusal('credentials-rejected', { model: label, scope: 'account' }, error);
  const meant = toError(failure, label, Math.random(), error);
  return meant instanceof TryLater && meant.reason === 'throttled' ? new TryLater('not-ready', meant.waitMs, error) : meant;
}

/** A spec over the service. */
export function createVideoModel({ card, toInput }: VideoModelSpec, asyncInvoke: Omit<AsyncInvoke, 'close'>): VideoModel {
  return {
    card,
    start: async (input, token, signal) => asyncInvoke.start(card, toInput(input), token, signal),
    collect: async (ticket, into, signal) => asyncInvoke.collect(card, ticket, into, signal),
    discard: async (ticket, signal) => asyncInvoke.discard(card, ticket, signal),
  };
}
