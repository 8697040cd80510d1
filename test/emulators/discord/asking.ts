import type { Backend } from './backend.ts';
import type { Endpoint } from './endpoint.ts';
import { INTERACTION, isForcedEphemeral, ownersIn, respond, type Interaction, type Response } from './interactions.ts';
import { isJsonArray, type Json, type JsonObject } from './json.ts';
import { permissionsIn } from './permissions.ts';
import { isProblemError } from './problems.ts';
import { fileBytesMaxIn } from './uploads.ts';
import { memberJson, messageJson, partialChannelJson, userJson } from './wire.ts';
import type { Channel, Message, User } from './world.ts';

/** What a person's client sends off, before Discord adds the rest. */
export interface Request {
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  readonly data: JsonObject;
  readonly name: string;
  /** 0 and 1: by whose installation it may be used. */
  readonly integrationTypes: readonly Json[];
  readonly source?: Message | undefined;
  readonly targetMessageId?: string | undefined;
  readonly focusedType?: number | undefined;
  /** The installation under which an earlier interaction began. */
  readonly owners?: Readonly<Record<string, string>> | undefined;
}

/** What came of it: the response, or nothing within the time. */
export interface Asked {
  readonly interaction: Interaction;
  readonly response: Response | undefined;
  readonly afterMs: number;
}

export interface AskingOptions {
  readonly backend: Backend;
  readonly endpoint: Endpoint;
  readonly endpointUrl: () => string | undefined;
}

export const contextOf = (channel: Channel, botId: string): number => {
  if (channel.guildId !== undefined) return 0;
  return channel.type === 1 && channel.recipientIds.includes(botId) ? 1 : 2;
};

export function createAsking({ backend, endpoint, endpointUrl }: AskingOptions): (request: Request) => Promise<Asked> {
  const { world, settings } = backend;

  function payload(interaction: Interaction, { user, channel, data, source }: Request): JsonObject {
    const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
    const isBotThere = guild?.members.has(world.bot.id) === true || guild === undefined;
    const member = guild === undefined ? {} : { ...memberJson(guild, user), permissions: String(permissionsIn(world, channel, user.id)) };
    const place =
      guild === undefined
        ? {}
        : { guild_id: guild.id, guild: { id: guild.id, locale: guild.locale, features: [] }, guild_locale: guild.locale };
    return {
      id: interaction.id,
      application_id: world.applicationId,
      type: interaction.type,
      token: interaction.token,
      version: 1,
      data,
      ...place,
      channel: partialChannelJson(backend, channel, user.id),
      channel_id: channel.id,
      ...(guild === undefined ? { user: userJson(user) } : { member }),
      ...(source !== undefined && { message: messageJson(backend, source, true) }),
      // Without the bot in the server these are what an answer to the interaction may do.
      app_permissions: String(isBotThere ? permissionsIn(world, channel, world.bot.id) : permissionsIn(world, channel, user.id)),
      locale: user.locale,
      entitlements: [],
      authorizing_integration_owners: { ...interaction.origin.owners },
      context: contextOf(channel, world.bot.id),
      attachment_size_limit: interaction.fileBytesMax,
    };
  }

  async function overHttp(url: string, interaction: Interaction, body: JsonObject): Promise<void> {
    try {
      const answer = await endpoint.deliver(url, body, settings.responseMs);
      if (answer !== undefined) await respond(backend, interaction, answer.body, answer.sent);
    } catch (error) {
      const words = isProblemError(error) ? (error.problem.violation ?? JSON.stringify(error.problem.body)) : String(error);
      backend.violate(`the interactions endpoint: ${words}`);
    }
  }

  function open(request: Request, settle: (response: Response) => void): Interaction {
    const { user, channel, source } = request;
    const owners = request.owners ?? ownersIn(backend, channel, user.id, request.integrationTypes);
    const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
    const id = world.newId();
    const interaction: Interaction = {
      id,
      token: world.newToken(),
      type: request.type,
      origin: {
        id,
        type: request.type,
        name: request.name,
        userId: user.id,
        owners,
        targetMessageId: request.targetMessageId,
        sourceMessageId: source?.id,
      },
      channel,
      createdAt: world.clock.now(),
      fileBytesMax: fileBytesMaxIn(backend, guild),
      forcedEphemeral: isForcedEphemeral(backend, channel, user.id, owners),
      ...(request.focusedType !== undefined && { focusedType: request.focusedType }),
      settle,
      response: undefined,
      taken: false,
      followUps: 0,
    };
    backend.interactions.set(id, interaction);
    backend.interactions.set(interaction.token, interaction);
    return interaction;
  }

  return async (request) => {
    const startedAt = performance.now();
    const settled = Promise.withResolvers<Response>();
    const interaction = open(request, settled.resolve);
    const body = payload(interaction, request);
    const url = endpointUrl();
    if (url === undefined)
      backend.publish({ name: 'INTERACTION_CREATE', guildId: request.channel.guildId, channelId: undefined, data: () => body });
    else void overHttp(url, interaction, body);
    await Promise.race([settled.promise, world.clock.wait(settings.responseMs)]);
    // An answer that is being written when the time is up still counts.
    while (interaction.taken) await Promise.race([settled.promise, world.clock.wait(10)]);
    const { response } = interaction;
    if (response === undefined && request.type !== INTERACTION.autocomplete) {
      backend.story.told(request.channel.id, `(${world.bot.name} did not respond, ${request.user.name} is told)`);
      backend.changed();
    }
    return { interaction, response, afterMs: performance.now() - startedAt };
  };
}

/** Where a command may be used, by its own word or by what goes without saying. */
export function contextsOf(command: JsonObject): readonly Json[] {
  if (isJsonArray(command['contexts'])) return command['contexts'];
  const types = isJsonArray(command['integration_types']) ? command['integration_types'] : [0];
  return types.includes(1) ? [0, 1, 2] : [0, 1];
}
