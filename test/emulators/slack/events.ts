import type { Clock } from './clock.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import type { Ids } from './ids.ts';
import { compact, type JsonObject } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { AppSecrets } from './parts.ts';
import type { Channel, ChannelKind, Team, World } from './world.ts';

/** The name under which a manifest asks for messages of this kind of conversation, and the scope that it takes. */
const MESSAGES: Readonly<{ [kind in ChannelKind]: readonly [event: string, scope: string, channelType: string] }> = {
  public: ['message.channels', 'channels:history', 'channel'],
  private: ['message.groups', 'groups:history', 'group'],
  im: ['message.im', 'im:history', 'im'],
  mpim: ['message.mpim', 'mpim:history', 'mpim'],
};
const SCOPES: Readonly<{ [event: string]: string }> = {
  app_mention: 'app_mentions:read',
  file_shared: 'files:read',
  file_deleted: 'files:read',
  reaction_added: 'reactions:read',
  agent_session_stopped: 'chat:write',
};

/** Tells the product what happened, when its manifest asks for it and its scopes allow it. */
export interface Events {
  /** Something that happened in a workspace. Nothing when the product is not told. */
  tell(team: Team, event: JsonObject): Promise<Delivery | undefined>;
  /** Something that happened in a conversation: every workspace that has the app in it is told. */
  tellIn(channel: Channel, eventFor: (teamId: string) => JsonObject): Promise<readonly Delivery[]>;
  /** A message, its edit or its end: `message.*` by the kind of the conversation. */
  tellMessage(channel: Channel, eventFor: (teamId: string) => JsonObject): Promise<readonly Delivery[]>;
}

export function createEvents(options: {
  readonly manifest: Manifest;
  readonly world: World;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly secrets: AppSecrets;
  readonly deliveries: Deliveries;
}): Events {
  const { manifest, world, ids, clock, secrets, deliveries } = options;
  const wanted = new Set(manifest.settings.event_subscriptions?.bot_events);

  function envelope(team: Team, botUserId: string, event: JsonObject, channel: Channel | undefined): JsonObject {
    const authorization = { enterprise_id: null, team_id: team.id, user_id: botUserId, is_bot: true, is_enterprise_install: false };
    return compact({
      token: secrets.verificationToken,
      team_id: channel?.teamId ?? team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: world.appId,
      event: { event_ts: ids.timestamp(), ...event },
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: Math.floor(clock.nowMs() / 1000),
      authorizations: [authorization],
      is_ext_shared_channel: (channel?.sharedWith.size ?? 0) > 0,
      event_context: ids.secret('4').slice(0, 40),
    });
  }

  async function deliver(team: Team, event: JsonObject, name: string, scope: string | undefined, channel?: Channel) {
    const { app } = team;
    if (!wanted.has(name) || app === undefined) return undefined;
    if (scope !== undefined && !app.scopes.has(scope)) return undefined;
    return deliveries.event(envelope(team, app.botUserId, event, channel));
  }

  const inside = (channel: Channel): Team[] =>
    [...world.teams.values()].filter(({ app }) => app !== undefined && channel.memberIds.has(app.botUserId));

  async function tellAll(channel: Channel, deliverTo: (team: Team) => Promise<Delivery | undefined>): Promise<readonly Delivery[]> {
    const deliveriesMade = await Promise.all(inside(channel).map(deliverTo));
    return deliveriesMade.filter((delivery) => delivery !== undefined);
  }

  return {
    async tell(team, event) {
      const name = String(event['type']);
      // What tells of the app's own end comes without an install to check against.
      if (name === 'app_uninstalled' || name === 'tokens_revoked') {
        return wanted.has(name) ? deliveries.event(envelope(team, 'U0', event, undefined)) : undefined;
      }
      return deliver(team, event, name, SCOPES[name]);
    },
    tellIn: (channel, eventFor) =>
      tellAll(channel, (team) => {
        const event = eventFor(team.id);
        const name = String(event['type']);
        return deliver(team, event, name, SCOPES[name], channel);
      }),
    tellMessage(channel, eventFor) {
      const [name, scope, channelType] = MESSAGES[channel.kind];
      return tellAll(channel, (team) => deliver(team, { ...eventFor(team.id), channel_type: channelType }, name, scope, channel));
    },
  };
}
