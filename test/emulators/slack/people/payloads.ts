import { isObject, type JsonObject } from '../json.ts';
import { messageObject } from '../message-object.ts';
import type { Message } from '../messages.ts';
import { viewObject, type OpenView } from '../modals.ts';
import type { Parts } from '../parts.ts';
import type { Channel, Person, Team } from '../world.ts';

/** Who acts, for which install of the app. */
export interface Scene {
  readonly parts: Parts;
  readonly person: Person;
  /** The workspace whose app is told: the person's own, or the one that shares the channel. */
  readonly team: Team;
}

const NAMES = { public: undefined, private: 'privategroup', im: 'directmessage', mpim: 'mpdm' } as const;

const channelName = (channel: Channel): string => NAMES[channel.kind] ?? channel.name;

const responseUrl = ({ parts, person, team }: Scene, channel: Channel, message?: Message): string =>
  parts.origin +
  parts.triggers.openResponse({
    teamId: team.id,
    userId: person.id,
    channelId: channel.id,
    messageTs: message?.ts,
    threadTs: message?.threadTs,
  });

const triggerId = ({ parts, person, team }: Scene, viewId?: string): string =>
  parts.triggers.give({ teamId: team.id, userId: person.id, viewId });

const owner = ({ parts, team }: Scene) => ({ appId: parts.world.appId, botId: team.app?.botId ?? '' });

function who(scene: Scene): JsonObject {
  const { parts, person, team } = scene;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    team: { id: team.id, domain: team.name },
    api_app_id: parts.world.appId,
    token: parts.secrets.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function commandPayload(scene: Scene, channel: Channel, command: string, text: string): JsonObject {
  const { parts, person, team } = scene;
  return {
    token: parts.secrets.verificationToken,
    team_id: team.id,
    team_domain: team.name,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: parts.world.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(scene, channel),
    trigger_id: triggerId(scene),
  };
}

export function messageActionPayload(scene: Scene, channel: Channel, message: Message, action: JsonObject, state: JsonObject): JsonObject {
  const isEphemeral = message.onlyFor !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  return {
    type: 'block_actions',
    ...who(scene),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: isEphemeral, ...thread },
    trigger_id: triggerId(scene),
    channel: { id: channel.id, name: channelName(channel) },
    // Of a message that only one person sees the app is told no more than where it was.
    ...(!isEphemeral && { message: messageObject(message, scene.parts, scene.team.id) }),
    state: { values: state },
    response_url: responseUrl(scene, channel, message),
    actions: [{ ...action, action_ts: scene.parts.ids.timestamp() }],
  };
}

export function viewActionPayload(scene: Scene, view: OpenView, action: JsonObject): JsonObject {
  return {
    type: 'block_actions',
    ...who(scene),
    container: { type: 'view', view_id: view.id },
    trigger_id: triggerId(scene, view.id),
    view: viewObject(view, owner(scene)),
    actions: [{ ...action, action_ts: scene.parts.ids.timestamp() }],
  };
}

export function shortcutPayload(scene: Scene, callbackId: string): JsonObject {
  return {
    type: 'shortcut',
    ...who(scene),
    callback_id: callbackId,
    trigger_id: triggerId(scene),
    action_ts: scene.parts.ids.timestamp(),
  };
}

export function messageShortcutPayload(scene: Scene, callbackId: string, channel: Channel, message: Message): JsonObject {
  return {
    type: 'message_action',
    ...who(scene),
    callback_id: callbackId,
    trigger_id: triggerId(scene),
    action_ts: scene.parts.ids.timestamp(),
    message_ts: message.ts,
    message: messageObject(message, scene.parts, scene.team.id),
    channel: { id: channel.id, name: channelName(channel) },
    response_url: responseUrl(scene, channel),
  };
}

/** A conversation that the person chose in the form, where the app may answer. */
function responseUrls(scene: Scene, view: OpenView): JsonObject[] {
  return Object.entries(view.state).flatMap(([blockId, actions]) =>
    Object.entries(isObject(actions) ? actions : {}).flatMap(([actionId, value]) => {
      const id = isObject(value) ? value['selected_conversation'] : undefined;
      const channel = typeof id === 'string' ? scene.parts.world.channels.get(id) : undefined;
      return channel === undefined
        ? []
        : [{ block_id: blockId, action_id: actionId, channel_id: channel.id, response_url: responseUrl(scene, channel) }];
    }),
  );
}

export function submissionPayload(scene: Scene, view: OpenView): JsonObject {
  const asksForUrl = JSON.stringify(view.content).includes('"response_url_enabled":true');
  return {
    type: 'view_submission',
    ...who(scene),
    trigger_id: triggerId(scene, view.id),
    view: viewObject(view, owner(scene)),
    response_urls: asksForUrl ? responseUrls(scene, view) : [],
  };
}

export const closedPayload = (scene: Scene, view: OpenView, isCleared: boolean): JsonObject => ({
  type: 'view_closed',
  ...who(scene),
  view: viewObject(view, owner(scene)),
  is_cleared: isCleared,
});
