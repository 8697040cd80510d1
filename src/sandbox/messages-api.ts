import { z } from 'zod';
import type { answerMessages } from './claude/messages.ts';
import type { ClaudeFault } from './fault-kinds.ts';
import type { ServiceFaults, Strike } from './faults.ts';
import { HTML_503, jsonReply, type Ask, type Headers, type Reply } from './http.ts';
import type { Pause } from './pause.ts';
import { sameSecret } from './secret.ts';

/** A call that was let in, whichever way it came: suffers the faults, then is answered. */
export type ClaudeAnswerer = (body: unknown, headers: Headers, requestId: string) => Promise<Reply>;

export interface ClaudeParts {
  readonly faults: ServiceFaults<ClaudeFault>;
  readonly pause: Pause;
  readonly answerMessages: typeof answerMessages;
}

const SLOW_MS = 15_000;
const NOTE_LENGTH_MAX = 4000;

const errorReply = (status: number, type: string, message: string, requestId: string): Reply => ({
  ...jsonReply(status, { type: 'error', error: { type, message }, request_id: requestId }, { 'request-id': requestId }),
  note: { error: type },
});

const messageSchema = z.looseObject({ content: z.array(z.looseObject({ type: z.string() })), stop_reason: z.string() });
type Message = z.infer<typeof messageSchema>;

/** An answer that names its request: the name is ours to give, one for every call. */
const failedSchema = z.looseObject({ request_id: z.string() });

const withText = (message: Message, change: (text: string) => string): Message => ({
  ...message,
  content: message.content.map((block) => (typeof block['text'] === 'string' ? { ...block, text: change(block['text']) } : block)),
});

const halfOf = (text: string): string => text.slice(0, Math.floor(text.length / 2));

/** Faults that change what Claude says. */
const CHANGES: Readonly<Partial<Record<ClaudeFault, (message: Message) => Message>>> = {
  refusal: (message) => ({
    ...message,
    content: [],
    stop_reason: 'refusal',
    stop_details: { type: 'refusal', category: 'general_harms', explanation: 'The sandbox was asked to refuse.' },
  }),
  'max-tokens': (message) => ({ ...withText(message, halfOf), stop_reason: 'max_tokens' }),
  nonsense: (message) => withText(message, () => '{"colour":"seven","and":["so","on"]}'),
};

/** Faults that are an error of the service. */
const ERRORS: Readonly<Partial<Record<ClaudeFault, readonly [status: number, type: string, message: string]>>> = {
  throttle: [429, 'rate_limit_error', "This request would exceed your account's rate limit. Please try again later."],
  overloaded: [529, 'overloaded_error', 'Overloaded'],
  'server-error-500': [500, 'api_error', 'Internal server error'],
  'unavailable-503': [503, 'api_error', 'Service unavailable'],
  'access-denied': [403, 'permission_error', 'Your API key does not have permission to use the specified resource.'],
  'expired-token': [401, 'authentication_error', 'invalid x-api-key'],
};

/** Faults that only spoil the way to the client. */
const ENDINGS: Readonly<Partial<Record<ClaudeFault, NonNullable<Reply['ending']>>>> = {
  reset: 'reset',
  hang: 'hang',
  'close-midway': 'close-midway',
  'stall-midway': 'stall-midway',
};

export function createClaudeAnswerer(parts: ClaudeParts): ClaudeAnswerer {
  let running = 0;

  async function answerWell(body: unknown, headers: Headers, requestId: string): Promise<Reply> {
    const answer = await parts.answerMessages(body, headers);
    const failed = failedSchema.safeParse(answer.body);
    const named = failed.success ? { ...failed.data, request_id: requestId } : answer.body;
    return jsonReply(answer.status, named, { ...answer.headers, 'request-id': requestId });
  }

  async function suffer(strike: Strike<ClaudeFault>, answered: () => Promise<Reply>, requestId: string): Promise<Reply> {
    await parts.pause(strike.delayMs ?? (strike.kind === 'slow' ? SLOW_MS : 0));
    const error = ERRORS[strike.kind];
    if (error !== undefined) return withRetryAfter(errorReply(...error, requestId), strike.retryAfterSeconds);
    if (strike.kind === 'html-503') return HTML_503;
    const reply = await answered();
    if (strike.kind === 'not-json') return { ...reply, body: 'upstream connect error or disconnect/reset before headers' };
    const ending = ENDINGS[strike.kind];
    if (ending !== undefined) return { ...reply, ending };
    const change = CHANGES[strike.kind];
    const message = messageSchema.safeParse(JSON.parse(String(reply.body)));
    return change === undefined || !message.success ? reply : { ...reply, body: JSON.stringify(change(message.data)) };
  }

  return async (body, headers, requestId) => {
    const text = userText(body);
    const strike = parts.faults.strike(text, running);
    running += 1;
    try {
      const answered = (): Promise<Reply> => answerWell(body, headers, requestId);
      const reply = strike === undefined ? await answered() : await suffer(strike, answered, requestId);
      return { ...reply, note: { text: text.slice(0, NOTE_LENGTH_MAX), ...(strike && { fault: strike.kind }), ...reply.note } };
    } finally {
      running -= 1;
    }
  };
}

function withRetryAfter(reply: Reply, seconds: number | undefined): Reply {
  return seconds === undefined ? reply : { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };
}

const requestSchema = z.looseObject({
  messages: z.array(
    z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]) }),
  ),
});

/** What people wrote: the instructions around it may speak of words that cause faults. */
function userText(body: unknown): string {
  const request = requestSchema.safeParse(body);
  if (!request.success) return '';
  const contents = request.data.messages.filter((message) => message.role === 'user').map((message) => message.content);
  return contents
    .map((content) => (typeof content === 'string' ? content : content.map((block) => block.text ?? '').join('\n')))
    .join('\n');
}

/** Stands in for `api.anthropic.com`: the one operation POST /v1/messages, for those who have the key. */
export const createMessagesApi =
  (key: string, answer: ClaudeAnswerer) =>
  async (ask: Ask): Promise<Reply> => {
    const refuse = (status: number, type: string, message: string): Reply => errorReply(status, type, message, ask.requestId);
    const given = /^Bearer (.*)$/.exec(ask.headers['authorization'] ?? '')?.[1] ?? ask.headers['x-api-key'] ?? '';
    if (!sameSecret(given, key)) return refuse(401, 'authentication_error', 'invalid x-api-key');
    if (ask.path !== '/v1/messages' || ask.method !== 'POST') return refuse(404, 'not_found_error', 'Not found');
    if (ask.bodyTooLarge) return refuse(413, 'request_too_large', 'Request exceeds the maximum size');
    if (ask.headers['anthropic-version'] === undefined)
      return refuse(400, 'invalid_request_error', 'anthropic-version: header is required');
    let body: unknown;
    try {
      body = JSON.parse(ask.body.toString('utf8'));
    } catch {
      return refuse(400, 'invalid_request_error', 'The request body is not valid JSON.');
    }
    return answer(body, ask.headers, ask.requestId);
  };
