import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { JsonObject } from './json.ts';

const STATUS_MS = 2 * 60 * 1000;

export interface Message {
  readonly channelId: string;
  readonly ts: string;
  /** The ts of the message that began the thread; undefined for one that stands in the channel itself. */
  readonly threadTs: string | undefined;
  readonly userId: string;
  /** The app's bot, when an app wrote it. */
  readonly botId: string | undefined;
  readonly subtype: string | undefined;
  /** The one person who sees it. */
  readonly onlyFor: string | undefined;
  readonly alsoInChannel: boolean;
  text: string;
  blocks: readonly JsonObject[];
  fileIds: readonly string[];
  metadata: JsonObject | undefined;
  edited: { readonly ts: string; readonly userId: string } | undefined;
  isDeleted: boolean;
  /** Written by Slack's own editor: it cannot be replaced by blocks of another kind. */
  readonly isRichText: boolean;
  readonly reactions: Map<string, Set<string>>;
  /** What stood there before each edit. */
  readonly earlier: { readonly text: string; readonly blocks: readonly JsonObject[] }[];
}

export interface Draft {
  readonly channelId: string;
  readonly userId: string;
  readonly botId?: string | undefined;
  readonly threadTs?: string | undefined;
  readonly subtype?: string | undefined;
  readonly onlyFor?: string | undefined;
  readonly alsoInChannel?: boolean | undefined;
  readonly text?: string | undefined;
  readonly blocks?: readonly JsonObject[] | undefined;
  readonly fileIds?: readonly string[] | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly isRichText?: boolean | undefined;
  /** Slack lost the event that tells of it. */
  readonly isSilent?: boolean | undefined;
}

export interface Status {
  readonly text: string;
  readonly loadingMessages: readonly string[];
}

export interface Messages {
  post(draft: Draft): Message;
  /** Deleted ones are not found. Ephemeral ones only when asked for. */
  find(channelId: string, ts: string, alsoEphemeral?: boolean): Message | undefined;
  edit(message: Message, change: Partial<Pick<Message, 'text' | 'blocks' | 'fileIds' | 'metadata'>>, userId: string): void;
  remove(message: Message): void;
  /** What stands in the channel itself, ephemeral messages included. */
  inChannel(channelId: string): readonly Message[];
  /** The replies, without the message that began the thread. */
  replies(channelId: string, threadTs: string): readonly Message[];
  all(): readonly Message[];
  setStatus(channelId: string, threadTs: string, status: Status): void;
  status(channelId: string, threadTs: string): Status | undefined;
}

export function createMessages(ids: Ids, clock: Clock, changed: () => void): Messages {
  const all: Message[] = [];
  const statuses = new Map<string, { readonly status: Status; readonly endsMs: number }>();
  const shown = (message: Message): boolean => !message.isDeleted;

  return {
    post(draft) {
      const message: Message = {
        channelId: draft.channelId,
        ts: ids.timestamp(),
        threadTs: draft.threadTs,
        userId: draft.userId,
        botId: draft.botId,
        subtype: draft.subtype,
        onlyFor: draft.onlyFor,
        alsoInChannel: draft.alsoInChannel ?? false,
        text: draft.text ?? '',
        blocks: draft.blocks ?? [],
        fileIds: draft.fileIds ?? [],
        metadata: draft.metadata,
        edited: undefined,
        isDeleted: false,
        isRichText: draft.isRichText ?? false,
        reactions: new Map(),
        earlier: [],
      };
      all.push(message);
      // A reply of the app ends what it said it was doing.
      if (message.botId !== undefined && message.threadTs !== undefined) statuses.delete(`${message.channelId} ${message.threadTs}`);
      changed();
      return message;
    },
    find(channelId, ts, alsoEphemeral = false) {
      return all.find(
        (message) =>
          message.channelId === channelId && message.ts === ts && shown(message) && (alsoEphemeral || message.onlyFor === undefined),
      );
    },
    edit(message, change, userId) {
      message.earlier.push({ text: message.text, blocks: message.blocks });
      Object.assign(message, change);
      message.edited = { ts: ids.timestamp(), userId };
      changed();
    },
    remove(message) {
      message.isDeleted = true;
      changed();
    },
    inChannel: (channelId) =>
      all.filter((message) => message.channelId === channelId && message.threadTs === undefined && (shown(message) || hasReplies(message))),
    replies: (channelId, threadTs) =>
      all.filter((message) => message.channelId === channelId && message.threadTs === threadTs && shown(message)),
    all: () => all.filter(shown),
    setStatus(channelId, threadTs, status) {
      const key = `${channelId} ${threadTs}`;
      if (status.text === '') statuses.delete(key);
      else statuses.set(key, { status, endsMs: clock.nowMs() + STATUS_MS });
      changed();
    },
    status(channelId, threadTs) {
      const kept = statuses.get(`${channelId} ${threadTs}`);
      return kept === undefined || kept.endsMs <= clock.nowMs() ? undefined : kept.status;
    },
  };

  function hasReplies(root: Message): boolean {
    return all.some((message) => message.channelId === root.channelId && message.threadTs === root.ts && shown(message));
  }
}
