import { z } from 'zod';
import { compact, type JsonObject } from '../json.ts';
import { messageObject } from '../message-object.ts';
import type { Message } from '../messages.ts';
import { refuse } from '../refusal.ts';
import type { Channel } from '../world.ts';
import { count, flag, method, name, ok, text, timestamp, type Caller, type Desk } from './method.ts';
import { seenChannel } from './places.ts';

const READ_SCOPES = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY_SCOPES = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const SCOPE_PREFIX = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;
const PAGE = 100;
const SLOW_PAGE = 15;

/** The scope for this kind of conversation, not just for any. */
function demand({ app }: Caller, channel: Channel, right: 'read' | 'history'): void {
  const needed = `${SCOPE_PREFIX[channel.kind]}:${right}`;
  if (!app.scopes.has(needed)) refuse('missing_scope', { needed, provided: [...app.scopes].join(',') });
}

function channelObject(channel: Channel, { team, app }: Caller): JsonObject {
  const { kind, memberIds } = channel;
  const isDirect = kind === 'im';
  return compact({
    id: channel.id,
    name: isDirect ? undefined : channel.name,
    user: isDirect ? [...memberIds].find((id) => id !== app.botUserId) : undefined,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: isDirect,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_member: isDirect ? undefined : memberIds.has(app.botUserId),
    is_shared: channel.sharedWith.size > 0,
    is_ext_shared: channel.sharedWith.size > 0,
    is_org_shared: false,
    is_read_only: channel.isReadOnly || undefined,
    context_team_id: team.id,
    shared_team_ids: [channel.teamId, ...channel.sharedWith],
    created: 1_700_000_000,
    creator: 'U0',
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  });
}

const open = method({
  name: 'conversations.open',
  tier: 3,
  scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
  args: { channel: name.optional(), users: text.optional(), return_im: flag.optional(), prevent_creation: flag.optional() },
  run(args, desk, caller) {
    if (args.channel !== undefined) return ok({ channel: channelObject(seenChannel(desk, caller, args.channel), caller) });
    const userIds = (args.users ?? refuse('users_list_not_supplied')).split(',');
    const needed = userIds.length === 1 ? 'im:write' : 'mpim:write';
    if (!caller.app.scopes.has(needed)) refuse('missing_scope', { needed, provided: [...caller.app.scopes].join(',') });
    if (userIds.length > 8) refuse('too_many_users');
    for (const id of userIds) {
      const person = desk.world.people.get(id);
      if (person === undefined) refuse('user_not_found');
      else if (person.isDeactivated) refuse('user_disabled');
      else if (person.teamId !== caller.team.id) refuse('user_not_visible');
    }
    const channel = desk.world.openDirect(caller.team, [...userIds, caller.app.botUserId]);
    return ok({ channel: args.return_im === true ? channelObject(channel, caller) : { id: channel.id } });
  },
});

const join = method({
  name: 'conversations.join',
  tier: 3,
  scopes: ['channels:join'],
  args: { channel: name },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    if (channel.kind !== 'public') refuse('method_not_supported_for_channel_type');
    if (channel.isArchived) refuse('is_archived');
    const already = channel.memberIds.has(caller.app.botUserId);
    if (!already) {
      channel.memberIds.add(caller.app.botUserId);
      const userId = caller.app.botUserId;
      desk.posting.post(channel, { userId, subtype: 'channel_join', text: `<@${userId}> has joined the channel` });
    }
    return ok({
      channel: channelObject(channel, caller),
      ...(already && { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }),
    });
  },
});

const info = method({
  name: 'conversations.info',
  tier: 3,
  scopes: READ_SCOPES,
  args: { channel: name, include_locale: flag.optional(), include_num_members: flag.optional() },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    demand(caller, channel, 'read');
    const members = args.include_num_members === true ? { num_members: channel.memberIds.size } : {};
    return ok({ channel: { ...channelObject(channel, caller), ...members } });
  },
});

const paging = {
  channel: name,
  cursor: text.optional(),
  include_all_metadata: flag.optional(),
  inclusive: flag.optional(),
  latest: text.optional(),
  oldest: text.optional(),
  limit: count(1000).optional(),
};

interface Paging {
  readonly cursor?: string | undefined;
  readonly include_all_metadata?: boolean | undefined;
  readonly inclusive?: boolean | undefined;
  readonly latest?: string | undefined;
  readonly oldest?: string | undefined;
  readonly limit?: number | undefined;
}

/** One page; the cursor is the number of what comes next. `always` is shown on every page: the message that began a thread. */
function page(desk: Desk, caller: Caller, found: readonly Message[], args: Paging, always?: Message): JsonObject {
  const { oldest = '0', latest = '9999999999.999999', inclusive = false } = args;
  if (args.cursor !== undefined && !/^next-\d+$/.test(args.cursor)) refuse('invalid_cursor');
  const inside = found.filter(({ ts }) => (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest)));
  const most = desk.options.readsSlowly === true ? SLOW_PAGE : 1000;
  const from = Number(args.cursor?.slice('next-'.length) ?? 0);
  const until = from + Math.min(args.limit ?? PAGE, most);
  const hasMore = until < inside.length;
  const shown = [...(always === undefined ? [] : [always]), ...inside.slice(from, until)];
  return {
    messages: shown.map((message) => messageObject(message, desk, caller.team.id, args.include_all_metadata === true)),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: `next-${until}` } }),
  };
}

const isForAll = ({ onlyFor }: Message): boolean => onlyFor === undefined;

const replies = method({
  name: 'conversations.replies',
  tier: 3,
  scopes: HISTORY_SCOPES,
  args: { ...paging, ts: timestamp },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    demand(caller, channel, 'history');
    if (!channel.memberIds.has(caller.app.botUserId)) refuse('not_in_channel');
    const named = desk.messages.find(channel.id, args.ts) ?? refuse('thread_not_found');
    const root = named.threadTs === undefined ? named : desk.messages.find(channel.id, named.threadTs);
    const found = desk.messages.replies(channel.id, root?.ts ?? args.ts).filter(isForAll);
    return ok(page(desk, caller, found, args, root));
  },
});

const history = method({
  name: 'conversations.history',
  tier: 3,
  scopes: HISTORY_SCOPES,
  args: paging,
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    demand(caller, channel, 'history');
    if (!channel.memberIds.has(caller.app.botUserId)) refuse('not_in_channel');
    const found = desk.messages.inChannel(channel.id).filter((message) => isForAll(message) && !message.isDeleted);
    return ok(page(desk, caller, found.toReversed(), args));
  },
});

const KINDS = { public_channel: 'public', private_channel: 'private', im: 'im', mpim: 'mpim' } as const;

const mine = method({
  name: 'users.conversations',
  tier: 3,
  scopes: READ_SCOPES,
  args: {
    user: name.optional(),
    cursor: text.optional(),
    limit: count(999).optional(),
    exclude_archived: flag.optional(),
    types: text
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(['public_channel', 'private_channel', 'im', 'mpim'])))
      .optional(),
  },
  run(args, desk, caller) {
    const kinds = (args.types ?? ['public_channel']).map((type) => KINDS[type]);
    const userId = args.user ?? caller.app.botUserId;
    const found = [...desk.world.channels.values()].filter(
      (channel) =>
        desk.world.sees(caller.team.id, channel) &&
        channel.memberIds.has(userId) &&
        kinds.includes(channel.kind) &&
        !(args.exclude_archived === true && channel.isArchived) &&
        (channel.kind === 'public' || channel.memberIds.has(caller.app.botUserId)),
    );
    for (const kind of new Set(kinds)) {
      const needed = `${SCOPE_PREFIX[kind]}:read`;
      if (!caller.app.scopes.has(needed)) refuse('missing_scope', { needed, provided: [...caller.app.scopes].join(',') });
    }
    return ok({ channels: found.map((channel) => channelObject(channel, caller)), response_metadata: { next_cursor: '' } });
  },
});

export const conversationMethods = [open, join, info, replies, history, mine];
