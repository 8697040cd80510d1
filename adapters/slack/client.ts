import type { RequestListener } from 'node:http';
import {
  App,
  AuthorizationError,
  HTTPReceiver,
  LogLevel,
  SocketModeReceiver,
  webApi,
  type Installation,
  type Logger,
  type Receiver,
} from '@slack/bolt';
import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import { jsonSchema, type Json } from '#src/core/request.ts';
import { SLACK_LIMITS } from './config.ts';

/** What came of a call: done, refused with Slack's own word for why, or nobody knows, since the answer never came. */
export type Reply =
  | { readonly kind: 'done'; readonly body: unknown; readonly scopes: readonly string[] }
  | { readonly kind: 'refused'; readonly error: string; readonly needed: string | undefined }
  | { readonly kind: 'unknown' };

/**
 * One call of the Web API, made once: whether to make it again is for whoever knows what it does.
 * Throws TryLater `overloaded` when Slack asks for patience; it stops nobody else's call.
 */
export type Call = (token: string | undefined, method: string, args: { readonly [name: string]: Json | undefined }) => Promise<Reply>;

const NO_RETRIES = { retries: 0 };

/** One for each token: each has a line, a logger and a user agent of its own. Beyond it the one that was made first is made again when it is needed. */
const CLIENTS_MAX = 200;

export function createCall(apiUrl: string, log: Log): Call {
  const logger = createLogger(log);
  const options = { slackApiUrl: apiUrl, retryConfig: NO_RETRIES, rejectRateLimitedCalls: true, timeout: SLACK_LIMITS.callMs, logger };
  const clients = new Map<string | undefined, webApi.WebClient>();
  const clientOf = (token: string | undefined): webApi.WebClient => {
    const client = clients.get(token) ?? new webApi.WebClient(token, options);
    clients.set(token, client);
    const [first] = clients.keys();
    if (clients.size > CLIENTS_MAX) clients.delete(first);
    return client;
  };
  return async (token, method, args) => {
    try {
      const { response_metadata: metadata, ...body } = await clientOf(token).apiCall(method, { ...args });
      return { kind: 'done', body, scopes: metadata?.scopes ?? [] };
    } catch (error) {
      return replyOf(error);
    }
  };
}

const UNDECIDED = ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'];
const refusalSchema = z.object({ error: z.string(), needed: z.string().optional() });

function replyOf(error: unknown): Reply {
  if (error instanceof webApi.WebAPIRateLimitedError) throw new TryLater('overloaded', Math.max(1, error.retryAfter) * 1000, error);
  if (!(error instanceof webApi.WebAPIPlatformError)) return { kind: 'unknown' };
  const { error: code, needed } = refusalSchema.parse(error.data);
  // Slack itself does not know what became of these; and of an answer that was cut the SDK makes an error out of what is left.
  if (UNDECIDED.includes(code) || !/^\w{1,80}$/.test(code)) return { kind: 'unknown' };
  return { kind: 'refused', error: code, needed };
}

/** For whom a payload came, and which bot of ours is meant. */
export interface Identity {
  readonly team: string;
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** What is to happen once a payload was looked at: the acknowledgement, and what comes after it. */
export interface Taken {
  readonly response?: Json;
  readonly afterwards?: () => Promise<void>;
}

/** Looks at one payload. A rejection is no acknowledgement: Slack sends events again. */
export type Take = (body: unknown, identity: Identity, retry: number) => Promise<Taken>;

/** What an installation of the app is kept as. */
export interface InstallationStore {
  save(team: string, installation: Json): Promise<void>;
}

export interface BoltOptions {
  readonly log: Log;
  readonly take: Take;
  /** Whose payload it is, by its workspace; undefined when the app is not installed there. */
  readonly identify: (team: string | undefined) => Promise<Identity | undefined>;
}

/** Connects in Socket Mode. `started` rejects with the error of a token that Slack does not take. */
export function openSockets(
  apiUrl: string,
  appToken: string,
  options: BoltOptions,
): { readonly started: Promise<unknown>; readonly stop: Stop } {
  const receivers = Array.from({ length: SLACK_LIMITS.sockets }, () => {
    // Asking for a connection may be repeated for ever. Without a policy of its own the SDK ends the process when Slack is away for long.
    const retryConfig = { forever: true, minTimeout: 500, maxTimeout: 10_000 };
    const clientOptions = { slackApiUrl: apiUrl, retryConfig, timeout: SLACK_LIMITS.callMs };
    return new SocketModeReceiver({ appToken, logger: createLogger(options.log), installerOptions: { clientOptions } });
  });
  const { app, stop } = createApp(
    {
      init: (made) => receivers.forEach((receiver) => receiver.init(made)),
      start: async () => Promise.all(receivers.map(async (receiver) => receiver.start())),
      stop: async () => Promise.all(receivers.map(async ({ client }) => client.disconnect())),
    },
    options,
  );
  return { started: app.start(), stop };
}

export interface HttpOptions {
  readonly apiUrl: string;
  readonly signingSecret: string;
  /** For installing in many workspaces. */
  readonly oauth:
    | {
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
        readonly publicUrl: string | undefined;
        readonly scopes: readonly string[];
        readonly store: InstallationStore;
      }
    | undefined;
}

/** The endpoint for events, commands and interactions, `/slack/events`, and the pages of an installation. It throws at any other path. */
export function createHttpListener(http: HttpOptions, options: BoltOptions): { readonly listener: RequestListener; readonly stop: Stop } {
  const receiver = new HTTPReceiver({
    signingSecret: http.signingSecret,
    bodyLimit: SLACK_LIMITS.bodyBytes,
    logger: createLogger(options.log),
    ...oauthOf(http),
  });
  const running = createApp({ init: (app) => receiver.init(app), start: async () => {}, stop: async () => {} }, options);
  return { listener: receiver.requestListener, stop: running.stop };
}

const REDIRECT_PATH = '/slack/oauth_redirect';

function oauthOf({ apiUrl, oauth }: HttpOptions) {
  if (oauth === undefined) return {};
  const { clientId, clientSecret, stateSecret, publicUrl, scopes, store } = oauth;
  const installerOptions = {
    clientOptions: { slackApiUrl: apiUrl, retryConfig: NO_RETRIES, timeout: SLACK_LIMITS.callMs },
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    redirectUriPath: REDIRECT_PATH,
  };
  const never = async (): Promise<never> => Promise.reject(new Error('installations are read elsewhere'));
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...scopes],
    ...(publicUrl === undefined ? {} : { redirectUri: `${publicUrl}${REDIRECT_PATH}` }),
    installerOptions: publicUrl === undefined ? { ...installerOptions, redirectUriPath: undefined } : installerOptions,
    installationStore: {
      storeInstallation: async (installation: Installation) => {
        if (installation.team === undefined) throw new Error('an installation of a whole organisation, which is not asked for');
        await store.save(installation.team.id, jsonSchema.parse(JSON.parse(JSON.stringify(installation))));
      },
      fetchInstallation: never,
    },
  };
}

const NOT_INSTALLED = 'the app is not installed there';

/** Bolt, with its two habits taken away that lose work: it acknowledges events before anybody has seen them, and forgets what was in hand. */
function createApp(receiver: Receiver, { log, take, identify }: BoltOptions): { readonly app: App; readonly stop: Stop } {
  const inHand = new Set<Promise<void>>();
  let stopping: Promise<void> | undefined;
  const app = new App({
    receiver,
    logger: createLogger(log),
    convoStore: false,
    authorize: async ({ teamId }) => {
      const identity = await identify(teamId);
      if (identity === undefined) throw new Error(NOT_INSTALLED);
      return { botToken: identity.botToken, botId: identity.botId, botUserId: identity.botUserId, teamId: identity.team };
    },
  });
  app.use(async ({ body, context }) => {
    const { teamId: team = '', botToken = '', botId = '', botUserId = '', retryNum = 0 } = context;
    const keep: unknown = context['keep'];
    const taken = await take(body, { team, botToken, botId, botUserId }, retryNum);
    if (typeof keep === 'function') keep(taken);
  });
  app.error(async (error) => {
    // Only where the app is not at home there is nothing to do; whatever else went wrong is left for Slack to send again.
    if (!(error instanceof AuthorizationError)) throw error;
    // Not this error itself: the receivers would acknowledge it.
    if (error.original.message !== NOT_INSTALLED) throw new Error('nobody knows whose payload it is', { cause: error });
    log.warn('slack-not-installed');
  });
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    // Nobody has seen it: Slack gives it to another connection, or sends it again.
    if (stopping !== undefined) throw new Error('stopping');
    const kept: Taken[] = [];
    const keep = (taken: Taken): void => void kept.push(taken);
    await process({ ...event, customProperties: { ...event.customProperties, keep }, ack: async () => {} });
    const [taken] = kept;
    await event.ack(taken?.response);
    if (taken?.afterwards === undefined) return;
    const work = taken.afterwards().catch((error: unknown) => log.error('slack-follow-up-failed', {}, error));
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  };
  const stop = async (): Promise<void> => {
    const patience = AbortSignal.timeout(SLACK_LIMITS.stopMs);
    const over = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([Promise.all(inHand), over]);
    await Promise.race([receiver.stop(), over]);
  };
  return { app, stop: async () => (stopping ??= stop()) };
}

/** The SDK's own words go to the log as errors do, with secrets taken out; what it says of every request stays unsaid. */
function createLogger(log: Log): Logger {
  const say = (...words: readonly unknown[]): void => log.warn('slack-sdk', {}, new Error(words.map(String).join(' ').slice(0, 300)));
  const silence = (): void => {};
  return { debug: silence, info: silence, warn: say, error: say, setLevel: silence, getLevel: () => LogLevel.WARN, setName: silence };
}
