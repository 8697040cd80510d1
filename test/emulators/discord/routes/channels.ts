import { channelFor, demand, guildFor, idFrom, messageFor } from '../access.ts';
import type { Backend } from '../backend.ts';
import { textOf } from '../json.ts';
import { may } from '../permissions.ts';
import { problem } from '../problems.ts';
import { NOTHING, ok, type Answer, type Call, type Route } from '../route.ts';
import { channelJson, guildJson, memberJson, roleJson, userJson } from '../wire.ts';
import type { Channel, ChannelType } from '../world.ts';

/** The channel of two, made when somebody first speaks in it. */
export function directChannel({ world }: Backend, userId: string): Channel {
  const known = [...world.channels.values()].find(({ type, recipientIds }) => type === 1 && recipientIds.includes(userId));
  if (known !== undefined) return known;
  return addChannel(world, { type: 1, name: 'direct', recipientIds: [world.bot.id, userId] });
}

interface NewChannel {
  readonly type: ChannelType;
  readonly name: string;
  readonly guildId?: string;
  readonly parentId?: string;
  readonly recipientIds?: readonly string[];
  readonly ownerId?: string;
  readonly id?: string;
}

export function addChannel(world: Backend['world'], wanted: NewChannel): Channel {
  const channel: Channel = {
    id: wanted.id ?? world.newId(),
    type: wanted.type,
    name: wanted.name,
    guildId: wanted.guildId,
    parentId: wanted.parentId,
    recipientIds: wanted.recipientIds ?? [],
    memberIds: new Set(),
    overwrites: new Map(),
    ownerId: wanted.ownerId,
    nsfw: false,
    slowmodeSeconds: 0,
    archived: false,
    locked: false,
    archiveMinutes: 1440,
    messageCount: 0,
    lastMessageId: undefined,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

function announceThread(backend: Backend, name: string, thread: Channel, extra: Readonly<Record<string, boolean>> = {}): void {
  const shown = { ...channelJson(backend, thread), ...extra };
  backend.publish({ name, guildId: thread.guildId, channelId: thread.id, data: () => shown });
  backend.changed();
}

function openThread(call: Call, parent: Channel, type: 11 | 12, id: string | undefined): Channel {
  const { backend, body } = call;
  const { world } = backend;
  const thread = addChannel(world, {
    type,
    name: textOf(body['name']),
    parentId: parent.id,
    ownerId: world.bot.id,
    ...(parent.guildId !== undefined && { guildId: parent.guildId }),
    ...(id !== undefined && { id }),
  });
  thread.memberIds.add(world.bot.id);
  thread.nsfw = parent.nsfw;
  const minutes = body['auto_archive_duration'];
  if (typeof minutes === 'number') thread.archiveMinutes = minutes;
  backend.story.told(parent.id, `${world.bot.name} opens the thread “${thread.name}”`);
  announceThread(backend, 'THREAD_CREATE', thread, { newly_created: true });
  return thread;
}

function demandThreads(channel: Channel): void {
  if (channel.type !== 0) throw problem(50024);
}

function threadFromMessage(call: Call): Answer {
  const { backend, params } = call;
  const channel = channelFor(backend, params['channel']);
  demandThreads(channel);
  const message = messageFor(backend, channel, params['message']);
  demand(backend, channel, ['CREATE_PUBLIC_THREADS', 'READ_MESSAGE_HISTORY']);
  if (message.threadId !== undefined) throw problem(160004);
  const thread = openThread(call, channel, 11, message.id);
  message.threadId = thread.id;
  message.flags |= 1 << 5;
  return { status: 201, body: channelJson(backend, thread) };
}

function threadAlone(call: Call): Answer {
  const { backend, params, body } = call;
  const channel = channelFor(backend, params['channel']);
  demandThreads(channel);
  // Without a type Discord makes a private thread.
  const type = body['type'] === 11 ? 11 : 12;
  demand(backend, channel, [type === 11 ? 'CREATE_PUBLIC_THREADS' : 'CREATE_PRIVATE_THREADS']);
  return { status: 201, body: channelJson(backend, openThread(call, channel, type, undefined)) };
}

function changeThread(call: Call): Answer {
  const { backend, params, body } = call;
  const thread = channelFor(backend, params['channel']);
  if (thread.parentId === undefined) throw problem(50024);
  const isOwn = thread.ownerId === backend.world.bot.id;
  const isMod = may(backend.world, thread, backend.world.bot.id, 'MANAGE_THREADS');
  if (!isMod && (!isOwn || thread.locked || body['locked'] !== undefined)) throw problem(50013);
  if (thread.archived && body['archived'] !== false) throw problem(50083);
  if (typeof body['archived'] === 'boolean') thread.archived = body['archived'];
  if (typeof body['locked'] === 'boolean') thread.locked = body['locked'];
  announceThread(backend, 'THREAD_UPDATE', thread);
  return ok(channelJson(backend, thread));
}

function typing({ backend, params }: Call): Answer {
  const channel = channelFor(backend, params['channel']);
  if (channel.guildId !== undefined)
    demand(backend, channel, [channel.parentId === undefined ? 'SEND_MESSAGES' : 'SEND_MESSAGES_IN_THREADS']);
  backend.story.told(channel.id, `${backend.world.bot.name} is typing`);
  backend.changed();
  return NOTHING;
}

function openDirect({ backend, body }: Call): Answer {
  const user = backend.world.users.get(idFrom(textOf(body['recipient_id']), 'recipient_id'));
  if (user === undefined || user.isBot) throw problem(50033);
  return ok(channelJson(backend, directChannel(backend, user.id)));
}

function readMember({ backend, params }: Call): Answer {
  const guild = guildFor(backend, params['guild']);
  const user = backend.world.users.get(idFrom(params['user'], 'user_id'));
  if (user === undefined) throw problem(10013);
  if (!guild.members.has(user.id)) throw problem(10007);
  return ok(memberJson(guild, user));
}

function readUser({ backend, params }: Call): Answer {
  const found = backend.world.users.get(idFrom(params['user'], 'user_id'));
  if (found === undefined) throw problem(10013);
  return ok(userJson(found));
}

function joinThread({ backend, params }: Call): Answer {
  const thread = channelFor(backend, params['channel']);
  if (thread.parentId === undefined) throw problem(50024);
  if (thread.archived) throw problem(50083);
  thread.memberIds.add(params['user'] === '@me' ? backend.world.bot.id : idFrom(params['user'], 'user_id'));
  return NOTHING;
}

export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    auth: 'bot',
    handle: ({ backend, params }) => ok(channelJson(backend, channelFor(backend, params['channel']))),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel',
    auth: 'bot',
    takes: 'UpdateThreadRequestPartialSchema',
    gives: 'ThreadResponseSchema',
    handle: changeThread,
  },
  { method: 'POST', path: '/channels/:channel/typing', auth: 'bot', handle: typing },
  {
    method: 'POST',
    path: '/channels/:channel/messages/:message/threads',
    auth: 'bot',
    takes: 'CreateTextThreadWithMessageRequestSchema',
    overlooks: ['type'],
    gives: 'ThreadResponseSchema',
    handle: threadFromMessage,
  },
  {
    method: 'POST',
    path: '/channels/:channel/threads',
    auth: 'bot',
    takes: 'CreateTextThreadWithoutMessageRequestSchema',
    gives: 'ThreadResponseSchema',
    handle: threadAlone,
  },
  { method: 'PUT', path: '/channels/:channel/thread-members/:user', auth: 'bot', handle: joinThread },
  {
    method: 'POST',
    path: '/users/@me/channels',
    auth: 'bot',
    takes: 'CreatePrivateChannelRequestSchema',
    gives: 'PrivateChannelResponseSchema',
    handle: openDirect,
  },
  { method: 'GET', path: '/users/:user', auth: 'bot', handle: readUser },
  {
    method: 'GET',
    path: '/guilds/:guild',
    auth: 'bot',
    asks: ['with_counts'],
    handle: ({ backend, params }) => ok(guildJson(backend, guildFor(backend, params['guild']))),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    auth: 'bot',
    handle: ({ backend, params }) => {
      const guild = guildFor(backend, params['guild']);
      const channels = [...backend.world.channels.values()].filter(
        ({ guildId, parentId }) => guildId === guild.id && parentId === undefined,
      );
      return ok(channels.map((channel) => channelJson(backend, channel)));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    auth: 'bot',
    handle: ({ backend, params }) => ok([...guildFor(backend, params['guild']).roles.values()].map(roleJson)),
  },
  { method: 'GET', path: '/guilds/:guild/members/:user', auth: 'bot', gives: 'GuildMemberResponseSchema', handle: readMember },
];
