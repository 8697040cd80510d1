import { z } from 'zod';
import { isObject, type JsonObject } from '../json.ts';
import { messageObject } from '../message-object.ts';
import type { Message } from '../messages.ts';
import { refuse } from '../refusal.ts';
import { takeBlocks, takeText } from '../surfaces.ts';
import { flag, json, method, name, ok, text, timestamp, type Caller, type Desk } from './method.ts';
import { directChannel, ownMessage, seenChannel, threadRoot, writableChannel } from './places.ts';

const METADATA_BYTES_MAX = 8000;
const UPDATE_TEXT_MAX = 4000;

const metadata = json(z.strictObject({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) })).optional();
const said = {
  channel: name,
  text: text.optional(),
  blocks: text.optional(),
  parse: z.enum(['none', 'full', 'mrkdwn', 'false']).optional(),
  link_names: flag.optional(),
};
const posted = { ...said, mrkdwn: flag.optional(), unfurl_links: flag.optional(), unfurl_media: flag.optional(), metadata };

interface Words {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

function takeWords(
  desk: Desk,
  caller: Caller,
  args: {
    text?: string | undefined;
    blocks?: string | undefined;
    parse?: string | undefined;
    link_names?: boolean | undefined;
    metadata?: unknown;
  },
): Words {
  const { where, team } = caller;
  if (args.metadata !== undefined && Buffer.byteLength(JSON.stringify(args.metadata)) > METADATA_BYTES_MAX) refuse('metadata_too_large');
  const links = args.parse === 'full' || args.link_names === true;
  const words = takeText(desk, args.text ?? '', where, links);
  const blocks = args.blocks === undefined ? [] : takeBlocks(desk, args.blocks, { teamId: team.id, where });
  if (words === '' && blocks.length === 0) refuse('no_text');
  if (words === '') desk.record.violate('no fallback text', `${where}: blocks without text say nothing to a notification or a reader`);
  return { text: words, blocks };
}

const metadataOf = (value: unknown): JsonObject | undefined => (isObject(value) ? value : undefined);

const shown = (desk: Desk, caller: Caller, message: Message): JsonObject => messageObject(message, desk, caller.team.id, true);

const postMessage = method({
  name: 'chat.postMessage',
  tier: 'special',
  scopes: ['chat:write'],
  args: {
    ...posted,
    thread_ts: timestamp.optional(),
    reply_broadcast: flag.optional(),
    // Not documented. Taken, and of no effect: whoever relies on it posts twice.
    client_msg_id: z.guid().optional(),
  },
  run(args, desk, caller) {
    const channel = directChannel(desk, caller, args.channel) ?? writableChannel(desk, caller, args.channel, 'chat:write.public');
    const threadTs = threadRoot(desk, caller, channel, args.thread_ts);
    const { message } = desk.posting.post(channel, {
      ...takeWords(desk, caller, args),
      userId: caller.app.botUserId,
      botId: caller.app.botId,
      threadTs,
      alsoInChannel: args.reply_broadcast,
      metadata: metadataOf(args.metadata),
    });
    return ok({ channel: channel.id, ts: message.ts, message: shown(desk, caller, message) });
  },
});

const update = method({
  name: 'chat.update',
  tier: 3,
  scopes: ['chat:write'],
  args: { ...said, ts: timestamp, metadata, reply_broadcast: flag.optional() },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    const message = ownMessage(desk, caller, channel, args.ts, 'cant_update_message');
    if (channel.isArchived) refuse('is_inactive');
    if ((args.text ?? '').length > UPDATE_TEXT_MAX) {
      desk.record.violate('text too long', `${caller.where}: ${args.text?.length} characters`);
      refuse('msg_too_long');
    }
    const words = takeWords(desk, caller, args);
    const keepsKind = words.blocks.length === 0 || words.blocks.some(({ type }) => type === 'rich_text');
    if (message.isRichText && !keepsKind) refuse('block_mismatch');
    // Text without blocks takes the blocks away; blocks without text keep the text.
    const change = { text: args.text === undefined ? message.text : words.text, blocks: words.blocks };
    const metadataChange = args.metadata === undefined ? {} : { metadata: metadataOf(args.metadata) };
    desk.posting.edit(channel, message, { ...change, ...metadataChange }, caller.app.botUserId);
    return ok({ channel: channel.id, ts: message.ts, text: message.text, message: shown(desk, caller, message) });
  },
});

const remove = method({
  name: 'chat.delete',
  tier: 3,
  scopes: ['chat:write'],
  args: { channel: name, ts: timestamp },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    desk.posting.remove(channel, ownMessage(desk, caller, channel, args.ts, 'cant_delete_message'));
    return ok({ channel: channel.id, ts: args.ts });
  },
});

const postEphemeral = method({
  name: 'chat.postEphemeral',
  tier: 4,
  scopes: ['chat:write'],
  args: { ...said, user: name, thread_ts: timestamp.optional() },
  run(args, desk, caller) {
    // There is no posting to a channel from outside for these.
    const channel = writableChannel(desk, caller, args.channel, undefined);
    if (!channel.memberIds.has(args.user)) refuse('user_not_in_channel');
    const threadTs = threadRoot(desk, caller, channel, args.thread_ts);
    const { app } = caller;
    const words = takeWords(desk, caller, args);
    const { message } = desk.posting.post(channel, { ...words, userId: app.botUserId, botId: app.botId, onlyFor: args.user, threadTs });
    return ok({ message_ts: message.ts });
  },
});

const getPermalink = method({
  name: 'chat.getPermalink',
  tier: 'special',
  args: { channel: name, message_ts: timestamp },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel);
    const message = desk.messages.find(channel.id, args.message_ts) ?? refuse('message_not_found');
    const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    return ok({ channel: channel.id, permalink: `https://${caller.team.name}.slack.example${path}${thread}` });
  },
});

const addReaction = method({
  name: 'reactions.add',
  tier: 3,
  scopes: ['reactions:write'],
  args: { channel: name, timestamp, name: z.string().regex(/^[a-z0-9_+'-]+$/) },
  run(args, desk, caller) {
    const channel = writableChannel(desk, caller, args.channel, undefined);
    const message = desk.messages.find(channel.id, args.timestamp) ?? refuse('message_not_found');
    const users = message.reactions.get(args.name) ?? new Set();
    if (users.has(caller.app.botUserId)) refuse('already_reacted');
    message.reactions.set(args.name, users.add(caller.app.botUserId));
    desk.record.changed();
    return ok();
  },
});

const setStatus = method({
  name: 'assistant.threads.setStatus',
  tier: 'special',
  scopes: ['chat:write', 'assistant:write'],
  args: {
    channel_id: name,
    thread_ts: timestamp,
    status: text.max(500),
    loading_messages: json(z.array(z.string().min(1)).min(1).max(10)).optional(),
    icon_emoji: text.optional(),
    icon_url: text.optional(),
    username: text.optional(),
  },
  run(args, desk, caller) {
    const channel = seenChannel(desk, caller, args.channel_id);
    if (!channel.memberIds.has(caller.app.botUserId)) refuse('channel_not_found');
    const root = desk.messages.find(channel.id, args.thread_ts);
    if (root === undefined || root.threadTs !== undefined) refuse('invalid_thread_ts');
    desk.messages.setStatus(channel.id, args.thread_ts, { text: args.status, loadingMessages: args.loading_messages ?? [] });
    return ok();
  },
});

export const chatMethods = [postMessage, update, remove, postEphemeral, getPermalink, addReaction, setStatus];
