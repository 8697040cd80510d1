import { randomUUID } from 'node:crypto';
import { withinDeadline } from '#src/core/deadline.ts';
import { TryLater } from '#src/core/failure.ts';
import { say } from '#src/core/messages.ts';
import type { Desk, Stop } from '#src/core/platform.ts';
import { z } from 'zod';
import type { Callback, Respond } from './callback.ts';
import type { DiscordApi } from './client.ts';
import { commandsFor } from './commands.ts';
import { DISCORD_LIMITS } from './config.ts';
import { openEndpoint } from './endpoint.ts';
import { openGateway } from './gateway.ts';
import { createInteractions, forgetPicked } from './interactions.ts';
import { createMentions } from './mentions.ts';
import { forgetPrices } from './prices.ts';
import { registerCommands } from './registration.ts';
import type { DiscordRoom, InteractionRoom } from './room.ts';
import { lackingRights } from './servers.ts';
import { createSessions } from './sessions.ts';
import { responsePath } from './status.ts';
import { checkStanding, type Standing } from './standing.ts';

/** How long the product's start waits for Discord; later it goes on by itself. */
const START_MS = 20_000;
const RETRY_MS = 2000;
/** A bot that identifies too often loses its token, so tries become rare. */
const RETRY_MS_MAX = 60 * 60_000;

const ticketSchema = z.object({ id: z.string(), token: z.string() });
/** Already acknowledged, by this process or by one beside it. */
const ACKNOWLEDGED = 40_060;
const CALLBACK_TRIES = 2;
/** Codes of a channel or a message that is not there any more. */
const GONE = [10_003, 10_008];

/** Opens every way in. What Discord cannot do now is tried again; the rest of the product does not wait for it. */
export async function listenToDiscord(room: DiscordRoom, desk: Desk, api: DiscordApi): Promise<Stop> {
  const stops: Stop[] = [];
  const stopped = new AbortController();
  const remove = async (channelId: string, messageId: string): Promise<boolean> => {
    const reply = await api.bot({ method: 'delete', path: `/channels/${channelId}/messages/${messageId}` });
    return reply.kind === 'done' || GONE.includes(reply.code);
  };
  const revise: InteractionRoom['revise'] = async (address, body) => {
    if (address.interaction === undefined) return;
    await api.hook({ method: 'patch', path: responsePath(address, address.interaction.token), body });
  };
  const takeInteraction = createInteractions({ ...room, desk, remove, revise });
  const { publicKey, host, port } = room.config;
  if (publicKey !== undefined) {
    const endpoint = await openEndpoint({ host, port, publicKey, take: takeInteraction, log: room.log }).catch((error: unknown) => {
      throw explained(error, room);
    });
    stops.push(endpoint.stop);
  }
  const tried = Promise.withResolvers<void>();
  void openWithDiscord({ ...room, desk, api, takeInteraction, stops, stopped: stopped.signal, tried: tried.resolve });
  await withinDeadline(tried.promise, START_MS);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopped.abort();
    await Promise.all(stops.map((one) => one()));
  };
  return () => (stopping ??= stop());
}

/** The operator is told which variable to look at. */
function explained(error: unknown, { language, config: { port } }: Pick<DiscordRoom, 'language' | 'config'>): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const key = code === 'EADDRINUSE' ? 'start-port-taken' : code === 'EACCES' ? 'start-port-forbidden' : undefined;
  return error instanceof Error && key !== undefined
    ? Object.assign(error, { sentence: say(language, key, { port, variable: 'DISCORD_PORT' }) })
    : error;
}

interface Opening extends DiscordRoom {
  readonly desk: Desk;
  readonly api: DiscordApi;
  readonly takeInteraction: (raw: unknown, respond: Respond) => Promise<void>;
  readonly stops: Stop[];
  readonly stopped: AbortSignal;
  /** Called after every try: whoever starts the product waits for the first. */
  readonly tried: () => void;
}

/** Looks, registers, connects; and again later when Discord was not there. Never rejects. */
async function openWithDiscord(opening: Opening): Promise<void> {
  const { log, notice, language, stopped } = opening;
  for (let waitMs = RETRY_MS; !stopped.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS_MAX)) {
    try {
      const standing = await checkStanding(opening.api, opening);
      if (standing !== undefined) await connect(opening, standing);
      return opening.tried();
    } catch (error) {
      const reason = error instanceof TryLater ? error.reason : error instanceof Error ? error.name : typeof error;
      log.error('discord-unopened', { reason, waitMs }, error);
      notice(say(language, 'start-discord-gateway', { reason }));
    }
    opening.tried();
    await pause(waitMs, stopped);
  }
}

async function connect(opening: Opening, standing: Standing): Promise<void> {
  const { config, cards, api, cabinet, now, log, stops, stopped, takeInteraction } = opening;
  await registerCommands(standing.applicationId, commandsFor(cards, { ...config, userInstall: standing.userInstall }), api, opening);
  await forgetPicked(opening);
  await forgetPrices(opening);
  for (const line of await lackingRights(api, opening)) opening.notice(line);
  if (!config.gateway || stopped.aborted) return;
  const takeMessage = createMentions({ ...opening, ...standing });
  const sessions = createSessions({ cabinet, now, owner: randomUUID(), log });
  const gateway = openGateway({
    config,
    messageContent: standing.messageContent,
    sessions,
    take: async (event, data) => (event === 'message' ? takeMessage(data) : takeInteraction(data, respondBy(api, data, opening))),
    log,
  });
  stops.push(gateway.stop);
  try {
    await gateway.ready;
    await sessions.keep();
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  log.info('discord-ready', { application: standing.applicationId });
}

/** Answers an interaction of the gateway by REST: once more when the answer to the answer is lost, for a second one changes nothing. */
function respondBy(api: DiscordApi, raw: unknown, { log }: Pick<DiscordRoom, 'log'>): Respond {
  return async (callback: Callback) => {
    const { id, token } = ticketSchema.parse(raw);
    const call = {
      method: 'post',
      path: `/interactions/${id}/${token}/callback`,
      body: callback,
      timeoutMs: DISCORD_LIMITS.answerMs,
    } as const;
    for (let tries = 1; ; tries += 1) {
      try {
        const reply = await api.hook(call);
        if (reply.kind === 'refused' && reply.code !== ACKNOWLEDGED) log.warn('discord-unacknowledged', { id, code: reply.code });
        return;
      } catch (error) {
        if (!(error instanceof TryLater) || tries >= CALLBACK_TRIES) throw error;
      }
    }
  };
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    timer.unref();
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
}
