import type { Message } from '../messages.ts';
import { refuse } from '../refusal.ts';
import type { Channel } from '../world.ts';
import type { Caller, Desk } from './method.ts';

/** A conversation that the app can see: its own, public ones, shared ones. Refuses `channel_not_found`. */
export function seenChannel(desk: Desk, { team, app }: Caller, id: string): Channel {
  const channel = desk.world.channels.get(id);
  if (channel === undefined || !desk.world.sees(team.id, channel)) return refuse('channel_not_found');
  if (channel.kind !== 'public' && !channel.memberIds.has(app.botUserId)) return refuse('channel_not_found');
  return channel;
}

/** A conversation that the app may write to. `withoutMembership` names the scope that replaces being in it; `chat:write.public` does so for text alone. */
export function writableChannel(desk: Desk, caller: Caller, id: string, withoutMembership: 'chat:write.public' | undefined): Channel {
  const channel = seenChannel(desk, caller, id);
  const isMember = channel.memberIds.has(caller.app.botUserId);
  const mayAnyway = withoutMembership !== undefined && caller.app.scopes.has(withoutMembership);
  if (!isMember && !mayAnyway) return refuse('not_in_channel');
  if (channel.isArchived) return refuse('is_archived');
  if (channel.isReadOnly) return refuse('restricted_action_read_only_channel');
  return channel;
}

/** The parent that a reply goes to. */
export function threadRoot(desk: Desk, { where }: Caller, channel: Channel, ts: string | undefined): string | undefined {
  if (ts === undefined) return undefined;
  const message = desk.messages.find(channel.id, ts);
  if (message === undefined) {
    const { deletedThread } = desk.unconfirmed;
    return deletedThread === 'posts' ? ts : refuse(deletedThread);
  }
  if (message.threadTs === undefined) return ts;
  desk.record.violate('thread_ts', `${where}: the ts of a reply, not of the message that began the thread`);
  return message.threadTs;
}

/** A person's id in the place of a channel's is the direct conversation with them; only for text. */
export function directChannel({ world }: Desk, { team, app }: Caller, id: string): Channel | undefined {
  const person = world.people.get(id);
  return person === undefined || person.teamId !== team.id || person.isBot ? undefined : world.openDirect(team, [person.id, app.botUserId]);
}

/** A message that the app itself wrote. */
export function ownMessage(desk: Desk, caller: Caller, channel: Channel, ts: string, otherwise: string): Message {
  const message = desk.messages.find(channel.id, ts) ?? refuse('message_not_found');
  return message.botId === caller.app.botId ? message : refuse(otherwise);
}
