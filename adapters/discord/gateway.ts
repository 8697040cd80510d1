import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayDispatchEvents, GatewayIntentBits, REST } from 'discord.js';
import { z } from 'zod';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import type { DiscordConfig } from './config.ts';
import type { Sessions } from './sessions.ts';
import { createTransport } from './transport.ts';

/** Any code but 1000 and 1001, which would end the session: its events are kept until somebody resumes it. */
const RESUMABLE = 4200;
const STOP_MS = 5000;
const CLOSE_MS = 2000;

export type Event = 'interaction' | 'message';

export interface GatewayOptions {
  readonly config: Pick<DiscordConfig, 'token' | 'apiUrl' | 'shardCount' | 'shardIds'>;
  readonly messageContent: boolean;
  readonly sessions: Sessions;
  /** Never rejects. What it resolves for is not asked of Discord again. */
  readonly take: (event: Event, data: unknown) => Promise<void>;
  readonly log: Log;
}

const EVENTS: Readonly<Record<string, Event>> = {
  [GatewayDispatchEvents.InteractionCreate]: 'interaction',
  [GatewayDispatchEvents.MessageCreate]: 'message',
};

export interface Gateway {
  /** Resolves once all shards are there. Rejects for what only the operator can change: the token, an intent, too few shards. */
  readonly ready: Promise<void>;
  readonly stop: Stop;
}

/** Opens the gateway: all shards of this process, each going on with the session that is kept for it. */
export function openGateway({ config, messageContent, sessions, take, log }: GatewayOptions): Gateway {
  const rest = new REST({ api: config.apiUrl, version: '10', retries: 0, makeRequest: createTransport() }).setToken(config.token);
  const manager = new WebSocketManager({
    token: config.token,
    intents: intentsFor(messageContent),
    rest,
    shardCount: config.shardCount ?? null,
    shardIds: config.shardIds === undefined ? null : [...config.shardIds],
    retrieveSessionInfo: (shardId) => sessions.retrieve(shardId),
    updateSessionInfo: (shardId, session) => (session === null ? sessions.forget(shardId) : sessions.update(session)),
  });
  const working = new Set<Promise<void>>();
  manager.on(WebSocketShardEvents.Dispatch, ({ data, shardId }) => {
    const event = EVENTS[data.t];
    if (event === undefined) return sessions.passed(shardId, data.s);
    const end = sessions.begin(shardId, data.s);
    const work = take(event, data.d).finally(end);
    working.add(work);
    void work.finally(() => working.delete(work));
  });
  manager.on(WebSocketShardEvents.Closed, ({ code, shardId }) => {
    log.info('discord-closed', { code, shard: shardId });
    sessions.closed(shardId);
  });
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => log.info('discord-resumed', { shard: shardId }));
  manager.on(WebSocketShardEvents.Error, ({ error, shardId }) => log.error('discord-gateway', { shard: shardId }, error));
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // From here on nothing that the library does on its way out may change what is kept.
    sessions.freeze();
    // Of a shard that is just connecting, the library never says that it is gone.
    await withinDeadline(Promise.resolve(manager.destroy({ code: RESUMABLE, reason: 'Stopping' })), CLOSE_MS);
    await withinDeadline(Promise.all(working), STOP_MS);
    await sessions.close();
  };
  return { ready: manager.connect(), stop: () => (stopping ??= stop()) };
}

/** A sum of bits is of the bits' own type, which the compiler cannot know. */
const intentsSchema = z.custom<GatewayIntentBits>((bits) => Number.isInteger(bits));

/** Interactions come without any of them. */
function intentsFor(messageContent: boolean): GatewayIntentBits {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  return intentsSchema.parse(Guilds | GuildMessages | DirectMessages | (messageContent ? MessageContent : 0));
}
