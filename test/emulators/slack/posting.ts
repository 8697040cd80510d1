import type { Delivery } from './deliveries.ts';
import { compact, type JsonObject } from './json.ts';
import { messageObject } from './message-object.ts';
import type { Draft, Message } from './messages.ts';
import { asRead } from './names.ts';
import type { Parts } from './parts.ts';
import type { Channel } from './world.ts';

export interface Posted {
  readonly message: Message;
  /** Settles when everybody who has to be told of it took it, or did not. */
  readonly told: Promise<readonly Delivery[]>;
}

/** What people and apps do to messages, with the events that follow from it. Nobody waits for those. */
export interface Posting {
  post(channel: Channel, draft: Omit<Draft, 'channelId'>): Posted;
  edit(channel: Channel, message: Message, change: Parameters<Parts['messages']['edit']>[1], userId: string): void;
  remove(channel: Channel, message: Message): void;
}

export function createPosting(parts: Parts): Posting {
  const { messages, events, record, world, ids, files } = parts;
  const place = (channel: Channel): JsonObject => ({ type: 'message', channel: channel.id });

  function tell({ userId, text, fileIds, threadTs, onlyFor }: Message, does: string, channel: Channel): void {
    const names = fileIds.flatMap((id) => files.all.get(id)?.name ?? []);
    const where = `${threadTs === undefined ? '' : 'in a thread of '}#${channel.name}`;
    const whom = onlyFor === undefined ? '' : `, for ${world.nameOf(onlyFor)} only`;
    record.tell(`${world.nameOf(userId)} ${does} ${[`“${asRead(world, text)}”`, ...names].join(' + ')} (${where}${whom})`);
  }

  return {
    post(channel, draft) {
      const message = messages.post({ ...draft, channelId: channel.id });
      tell(message, 'posts', channel);
      if (message.onlyFor !== undefined || draft.isSilent === true) return { message, told: Promise.resolve([]) };
      const told = events.tellMessage(channel, (teamId) => ({
        ...messageObject(message, parts, teamId),
        ...place(channel),
        event_ts: message.ts,
      }));
      return { message, told };
    },
    edit(channel, message, change, userId) {
      const before = new Map([...world.teams.keys()].map((teamId) => [teamId, messageObject(message, parts, teamId)]));
      messages.edit(message, change, userId);
      tell(message, 'changes the message to', channel);
      const ts = ids.timestamp();
      void events.tellMessage(channel, (teamId) => ({
        ...place(channel),
        subtype: 'message_changed',
        message: messageObject(message, parts, teamId),
        previous_message: before.get(teamId),
        hidden: true,
        ts,
        event_ts: ts,
      }));
    },
    remove(channel, message) {
      const before = new Map([...world.teams.keys()].map((teamId) => [teamId, messageObject(message, parts, teamId)]));
      messages.remove(message);
      record.tell(`(a message of ${world.nameOf(message.userId)} is gone from #${channel.name})`);
      const ts = ids.timestamp();
      void events.tellMessage(channel, (teamId) =>
        compact({
          ...place(channel),
          subtype: 'message_deleted',
          previous_message: before.get(teamId),
          deleted_ts: message.ts,
          hidden: true,
          ts,
          event_ts: ts,
        }),
      );
    },
  };
}
