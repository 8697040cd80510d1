import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { StoredFile } from './files.ts';
import { createIds } from './ids.ts';
import type { Json, JsonObject } from './json.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  locale: string;
  /** Closed: nobody without a shared past may write to them, bots included. */
  dmsOpen: boolean;
  /** They installed the application for themselves, everywhere they are. */
  installedApp: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Member {
  readonly roleIds: string[];
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  locale: string;
  premiumTier: 0 | 1 | 2 | 3;
  /** The application was added to the server, so its commands are there; the bot need not be. */
  installedApp: boolean;
}

/** 0 text, 1 direct, 3 a group's own, 11 and 12 public and private thread. */
export type ChannelType = 0 | 1 | 3 | 11 | 12;

export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  readonly name: string;
  readonly guildId: string | undefined;
  /** The channel a thread hangs on. */
  readonly parentId: string | undefined;
  readonly recipientIds: readonly string[];
  /** Of a thread: who was added or has written. */
  readonly memberIds: Set<string>;
  readonly overwrites: Map<string, { allow: bigint; deny: bigint }>;
  readonly ownerId: string | undefined;
  nsfw: boolean;
  slowmodeSeconds: number;
  archived: boolean;
  locked: boolean;
  archiveMinutes: number;
  messageCount: number;
  lastMessageId: string | undefined;
}

export interface Reference {
  readonly messageId: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
}

/** What made a message, when it was an interaction. */
export interface Origin {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly userId: string;
  readonly owners: Readonly<Record<string, string>>;
  readonly targetMessageId: string | undefined;
  readonly sourceMessageId: string | undefined;
}

export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly authorId: string;
  /** 0 ordinary, 19 reply, 20 answer to a slash command, 21 a thread's first, 23 answer to a menu command. */
  readonly type: number;
  readonly createdAt: number;
  readonly nonce: string | number | undefined;
  readonly reference: Reference | undefined;
  readonly origin: Origin | undefined;
  /** Set when only this person sees it. */
  readonly ephemeralFor: string | undefined;
  /** What a forward carries of other messages. */
  readonly snapshots: readonly JsonObject[];
  readonly reactions: Map<string, Set<string>>;
  content: string;
  embeds: readonly JsonObject[];
  components: readonly JsonObject[];
  poll: Json | undefined;
  files: readonly StoredFile[];
  flags: number;
  mentionIds: readonly string[];
  mentionRoleIds: readonly string[];
  mentionsEveryone: boolean;
  editedAt: number | undefined;
  deleted: boolean;
  threadId: string | undefined;
  /** How often it was edited more than an hour after it was made. */
  lateEdits: number;
}

export interface World {
  readonly clock: Clock;
  readonly applicationId: string;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message>;
  newId(): string;
  newToken(): string;
}

export const LOADING = 1 << 7;
export const EPHEMERAL = 1 << 6;
export const SUPPRESS_EMBEDS = 1 << 2;
export const SUPPRESS_NOTIFICATIONS = 1 << 12;
export const COMPONENTS_V2 = 1 << 15;

/** A Discord with nobody in it but the application's bot. */
export function createWorld(clock: Clock): World {
  const newId = createIds(clock);
  const applicationId = newId();
  const bot: User = { id: applicationId, name: 'Họa Mi', isBot: true, locale: 'en-US', dmsOpen: true, installedApp: false };
  return {
    clock,
    applicationId,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    newId,
    // Real ones are long and hold nothing that would have to be escaped in a path.
    newToken: () => randomBytes(72).toString('base64url'),
  };
}

/** A channel's messages that are still there, oldest first. */
export const messagesIn = (world: World, channelId: string): readonly Message[] =>
  [...world.messages.values()].filter((message) => message.channelId === channelId && !message.deleted);
