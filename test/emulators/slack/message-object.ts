import { fileObject } from './file-object.ts';
import { compact, type JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';

function threadOf(message: Message, { messages }: Parts): JsonObject {
  if (message.threadTs !== undefined) {
    return { thread_ts: message.threadTs, parent_user_id: messages.find(message.channelId, message.threadTs)?.userId };
  }
  const replies = messages.replies(message.channelId, message.ts).filter(({ onlyFor }) => onlyFor === undefined);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map(({ userId }) => userId))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)?.ts,
    is_locked: false,
    subscribed: false,
  };
}

/** The message as `conversations.replies`, events and interactions show it to a workspace. */
export function messageObject(message: Message, parts: Parts, forTeamId: string, withMetadata = false): JsonObject {
  const { world, files } = parts;
  const person = world.people.get(message.userId);
  const shown = message.fileIds.flatMap((id) => files.all.get(id) ?? []);
  const reactions = [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }));
  return compact({
    type: 'message',
    subtype: message.subtype,
    user: message.userId,
    text: message.text,
    ts: message.ts,
    // Slack leaves the workspace away from messages that carry files.
    team: shown.length > 0 ? undefined : person?.teamId,
    bot_id: message.botId,
    app_id: message.botId === undefined ? undefined : world.appId,
    blocks: message.blocks.length === 0 ? undefined : message.blocks,
    files:
      shown.length === 0
        ? undefined
        : shown.map((file) => (file.isDeleted ? { id: file.id, mode: 'tombstone' } : fileObject(file, parts, forTeamId))),
    upload: shown.length === 0 ? undefined : false,
    display_as_bot: shown.length === 0 ? undefined : false,
    edited: message.edited === undefined ? undefined : { user: message.edited.userId, ts: message.edited.ts },
    reactions: reactions.length === 0 ? undefined : reactions,
    metadata: withMetadata ? message.metadata : undefined,
    ...threadOf(message, parts),
  });
}
