import { DiscordAPIError, HTTPError, RateLimitError, REST, RequestMethod } from 'discord.js';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import { DISCORD_LIMITS, type DiscordConfig } from './config.ts';
import { createInvalidCount, type InvalidCount } from './invalid.ts';
import { createForm, type FileToSend } from './multipart.ts';
import { createTransport } from './transport.ts';

export interface Call {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: `/${string}`;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly files?: readonly FileToSend[];
  readonly timeoutMs?: number;
}

/** What Discord said. `code` is one of its own numbers, 0 where it gave none. A no is an answer: the caller knows the next best way. */
export type Reply =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: number };

/**
 * Discord's REST. One attempt each: a post that is repeated by a library is two posts. Throws TryLater for limits (`overloaded`), for a service
 * that does not answer or whose answer is lost (`unreachable`), and for a token that was rejected.
 */
export interface DiscordApi {
  /** As the bot. */
  bot(call: Call): Promise<Reply>;
  /** With the token of an interaction in the path, and without the bot's: what Discord says about the one says nothing about the other. */
  hook(call: Call): Promise<Reply>;
  /** Whether the bot's token was rejected a moment ago. */
  isRejected(): boolean;
}

type ApiOptions = Pick<DiscordConfig, 'token' | 'apiUrl' | 'requestsPerSecond'> & { readonly log: Log; readonly now: () => number };

const METHODS = {
  get: RequestMethod.Get,
  post: RequestMethod.Post,
  patch: RequestMethod.Patch,
  put: RequestMethod.Put,
  delete: RequestMethod.Delete,
} as const;
const UNREACHABLE_WAIT_MS = 3000;
const UNAUTHORIZED = 401;

export function createDiscordApi({ token, apiUrl, requestsPerSecond, log, now }: ApiOptions): DiscordApi {
  const invalid = createInvalidCount(now, DISCORD_LIMITS.invalidMax);
  const bot = createRest(apiUrl, requestsPerSecond, invalid).setToken(token);
  // Discord leaves these routes out of the bot's limit, so they are left out of its count here too.
  const hook = createRest(apiUrl, Number.POSITIVE_INFINITY, invalid);
  let rejectedUntil = 0;
  const restrain = (): void => {
    const waitMs = invalid.waitMs();
    if (waitMs === 0) return;
    log.error('discord-too-many-invalid', { waitMs });
    throw new TryLater('overloaded', waitMs);
  };
  return {
    async bot(call) {
      restrain();
      // The library forgets a token that was rejected. Discord blocks addresses that go on with a wrong one, so a pause comes first.
      if (now() < rejectedUntil) throw new TryLater('unreachable', rejectedUntil - now());
      bot.setToken(token);
      const reply = await send(bot, call, true);
      if (reply.kind === 'done' || reply.status !== UNAUTHORIZED) return reply;
      rejectedUntil = now() + DISCORD_LIMITS.rejectedMs;
      log.error('discord-token-rejected', { method: call.method });
      throw new TryLater('unreachable', DISCORD_LIMITS.rejectedMs);
    },
    async hook(call) {
      restrain();
      return send(hook, call, false);
    },
    isRejected: () => now() < rejectedUntil,
  };
}

function createRest(api: string, globalRequestsPerSecond: number, { note }: InvalidCount): REST {
  return new REST({
    api,
    version: '10',
    retries: 0,
    timeout: DISCORD_LIMITS.uploadMs,
    makeRequest: createTransport(note),
    globalRequestsPerSecond,
    // A short wait is cheaper than giving the job back; a long one would hold a slot.
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > DISCORD_LIMITS.limitWaitMs,
  });
}

async function send(rest: REST, call: Call, auth: boolean): Promise<Reply> {
  const { method, path, query, body, files, timeoutMs = files === undefined ? DISCORD_LIMITS.requestMs : DISCORD_LIMITS.uploadMs } = call;
  try {
    const answered: unknown = await rest.request({
      method: METHODS[method],
      fullRoute: path,
      auth,
      signal: AbortSignal.timeout(timeoutMs),
      ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
      ...(files === undefined ? (body === undefined ? {} : { body }) : withFiles(body, files)),
    });
    return { kind: 'done', body: answered };
  } catch (error) {
    return refusalIn(error, call);
  }
}

/** The library would hold every file whole, and more than once; what it is handed ready it passes on. */
function withFiles(body: unknown, files: readonly FileToSend[]) {
  const form = createForm(body, files);
  const headers = { 'content-type': form.contentType, 'content-length': String(form.sizeBytes) };
  return { body: form, passThroughBody: true, headers } as const;
}

/** The error itself holds the path, with the interaction's token in it, and the body: nothing of it is kept. */
function refusalIn(error: unknown, { method, path }: Call): Reply {
  // A file that could not be read says so itself.
  if (error instanceof Refusal || error instanceof TryLater) throw error;
  if (error instanceof RateLimitError) throw new TryLater('overloaded', Math.max(error.retryAfter, error.timeToReset, 100));
  const where = `${method} ${path.split('/')[1] ?? ''}`;
  if (error instanceof DiscordAPIError) {
    return { kind: 'refused', status: error.status, code: typeof error.code === 'number' ? error.code : 0 };
  }
  if (error instanceof HTTPError) throw new TryLater('unreachable', UNREACHABLE_WAIT_MS, new Error(`${where}: ${error.status}`));
  const name = error instanceof Error ? error.name : typeof error;
  throw new TryLater('unreachable', UNREACHABLE_WAIT_MS, new Error(`${where}: ${name}`));
}
