import type { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { Anthropic, APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { Media } from '#src/core/media.ts';
import type { ImageBlockParam, Message, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import { createAttempts, type Attempts } from './attempts.ts';
import { capabilitiesOf, costMicros, needsOldBedrockVersion, OLD_BEDROCK_VERSION, type Capabilities } from './capabilities.ts';
import { readObject } from './json-text.ts';
import { retryAfterMs } from './long-waits.ts';
import { sendMaxMicros } from './price.ts';

export type ClaudeOptions = {
  readonly modelId: string;
  /** How long one `complete` may take, its retry included. */
  readonly timeoutMs?: number;
  readonly retriesMax?: 0 | 1;
  readonly baseUrl?: string | undefined;
} & (
  | { readonly provider: 'anthropic'; readonly apiKey: string }
  | {
      readonly provider: 'bedrock';
      readonly region: string;
      /** Absent: a Bedrock API key from the environment, else the usual chain of AWS credentials. */
      readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined };
    }
);

export interface ClaudeRequest {
  /** The same at every call, so that it is cached. */
  readonly system: string;
  readonly user: string;
  /** A picture to look at before the user's turn is read, within the service's limits. */
  readonly picture?: Media;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** `misconfigured`: key, permission, model id or spending limit; `rejected`: this request; `stopped`: the caller's signal. */
export type ClaudeFailure = 'unreachable' | 'overloaded' | 'throttled' | 'misconfigured' | 'rejected' | 'stopped';

/** `costMicros` holds what is known, and the most that it may have been for each call of which nobody knows what became. */
export type ClaudeReply =
  | { readonly kind: 'json'; readonly value: unknown; readonly costMicros: number }
  | { readonly kind: 'refusal'; readonly category: string; readonly costMicros: number }
  | { readonly kind: 'unreadable'; readonly why: 'truncated' | 'not-json'; readonly costMicros: number }
  /** `downMs`: for how long asking again is useless, where that is known. `about`: class, status and request id, for the log. */
  | {
      readonly kind: 'failed';
      readonly failure: ClaudeFailure;
      readonly downMs: number | undefined;
      readonly about: string;
      readonly costMicros: number;
    };

export interface Claude {
  readonly modelId: string;
  /** Ends within the time limit whatever the service does, also in the middle of a body. Never throws. */
  complete(request: ClaudeRequest, signal: AbortSignal): Promise<ClaudeReply>;
}

const TIMEOUT_MS = 8000;
const MISCONFIGURED_MS = 10 * 60 * 1000;

/** The only place that knows the Claude clients. Creating it opens nothing. */
export function createClaude(options: ClaudeOptions): Claude {
  const { modelId, timeoutMs = TIMEOUT_MS } = options;
  let client: Promise<Anthropic | AnthropicBedrock> | undefined;
  const capabilities = capabilitiesOf(modelId);
  let structured = capabilities.structured;
  const attempts = createAttempts();

  async function send(request: ClaudeRequest, signal: AbortSignal): Promise<ClaudeReply> {
    const body = toBody(options, capabilities, request, structured);
    client ??= options.provider === 'anthropic' ? Promise.resolve(createAnthropic(options, attempts)) : createBedrock(options, attempts);
    const message = await (await client).messages.create(body, { signal, timeout: timeoutMs, maxRetries: options.retriesMax ?? 1 });
    return toReply(message, capabilities);
  }

  async function complete(request: ClaudeRequest, signal: AbortSignal): Promise<ClaudeReply> {
    const limit = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, limit]);
    try {
      return await send(request, either);
    } catch (error) {
      if (!structured || !rejectsStructure(error)) return toFailure(error, signal, limit);
    }
    structured = false;
    try {
      return await send(request, either);
    } catch (error) {
      return toFailure(error, signal, limit);
    }
  }

  return {
    modelId,
    async complete(request, signal) {
      const tally = { sent: 0, unbilled: 0 };
      const reply = await attempts.counting(tally, async () => complete(request, signal));
      const unknown = tally.sent - tally.unbilled - (reply.kind === 'failed' ? 0 : 1);
      return { ...reply, costMicros: reply.costMicros + unknown * sendMaxMicros(modelId) };
    },
  };
}

function createAnthropic(
  { apiKey, baseUrl }: { readonly apiKey: string; readonly baseUrl?: string | undefined },
  attempts: Attempts,
): Anthropic {
  return new Anthropic({
    apiKey,
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    fetch: attempts.fetch,
    logLevel: 'off',
    openTelemetry: false,
  });
}

/** Loaded where it is used: it brings forty megabytes along, and a third of a second. */
async function createBedrock(
  { region, baseUrl, credentials }: Extract<ClaudeOptions, { provider: 'bedrock' }>,
  attempts: Attempts,
): Promise<AnthropicBedrock> {
  const { AnthropicBedrock: Client } = await import('@anthropic-ai/bedrock-sdk');
  const common = {
    awsRegion: region,
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    fetch: attempts.fetch,
    logLevel: 'off',
    openTelemetry: false,
  } as const;
  if (credentials === undefined) return new Client(common);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return new Client({
    ...common,
    apiKey: null,
    awsAccessKey: accessKeyId,
    awsSecretKey: secretAccessKey,
    awsSessionToken: sessionToken ?? null,
  });
}

function toBody(
  options: ClaudeOptions,
  capabilities: Capabilities,
  request: ClaudeRequest,
  structured: boolean,
): MessageCreateParamsNonStreaming {
  const { thinking, effort, tokensMax } = capabilities;
  const output = {
    ...(effort === undefined ? {} : { effort }),
    ...(structured ? { format: { type: 'json_schema' as const, schema: { ...request.schema } } } : {}),
  };
  const plain = structured ? '' : `\n\nReply with one JSON object and nothing else. Its schema: ${JSON.stringify(request.schema)}`;
  const oldVersion = options.provider === 'bedrock' && needsOldBedrockVersion(options.modelId);
  return {
    model: options.modelId,
    max_tokens: tokensMax,
    ...(thinking === undefined ? {} : { thinking }),
    ...(structured || effort !== undefined ? { output_config: output } : {}),
    ...(oldVersion ? { anthropic_version: OLD_BEDROCK_VERSION } : {}),
    system: [{ type: 'text', text: request.system + plain, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: [...pictureBlocks(request), { type: 'text', text: request.user }] }],
  };
}

/** Bedrock takes pictures as base64 only, so that is how they are sent everywhere. */
function pictureBlocks({ picture }: ClaudeRequest): ImageBlockParam[] {
  if (picture === undefined) return [];
  const data = Buffer.from(picture.bytes).toString('base64');
  return [{ type: 'image', source: { type: 'base64', media_type: picture.type, data } }];
}

function toReply(message: Message, { prices }: Capabilities): ClaudeReply {
  const cost = costMicros(message.usage, prices);
  if (message.stop_reason === 'refusal') return { kind: 'refusal', category: message.stop_details?.category ?? 'policy', costMicros: cost };
  if (message.stop_reason === 'max_tokens') return { kind: 'unreadable', why: 'truncated', costMicros: cost };
  const text = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  const value = readObject(text);
  return value === undefined ? { kind: 'unreadable', why: 'not-json', costMicros: cost } : { kind: 'json', value, costMicros: cost };
}

function rejectsStructure(error: unknown): boolean {
  return error instanceof APIError && error.status === 400 && /output_config|output format|json_schema|grammar/i.test(error.message);
}

function toFailure(error: unknown, signal: AbortSignal, limit: AbortSignal): ClaudeReply {
  const [failure, downMs] = classify(error, signal, limit);
  const about =
    error instanceof APIError
      ? `${error.name} ${error.status ?? ''} ${error.requestID ?? ''}`.trim()
      : error instanceof Error
        ? error.name
        : 'unknown';
  return { kind: 'failed', failure, downMs, about, costMicros: 0 };
}

function classify(error: unknown, signal: AbortSignal, limit: AbortSignal): readonly [ClaudeFailure, number | undefined] {
  if (signal.aborted) return ['stopped', undefined];
  if (limit.aborted || error instanceof APIConnectionError) return ['unreachable', undefined];
  if (!(error instanceof APIError)) return ['unreachable', undefined];
  const status: number = error.status ?? 0;
  if (status === 429) {
    const spent = /SpendLimit|spend_limit/i.test(`${error.name} ${error.errorCode ?? ''}`);
    return spent ? ['misconfigured', MISCONFIGURED_MS] : ['throttled', retryAfterMs(error.headers)];
  }
  if (status >= 500 || status === 408 || status === 409) return ['overloaded', retryAfterMs(error.headers)];
  if ([401, 402, 403, 404].includes(status)) return ['misconfigured', MISCONFIGURED_MS];
  return ['rejected', undefined];
}
