import type { Platform } from '#src/core/platform.ts';
import { createShellPlatform } from './cli/platform.ts';
import type { DiscordRoom } from './discord/room.ts';
import type { SlackRoom } from './slack/office.ts';
import type { WebRoom } from './web/house.ts';
import { createWebPlatform } from './web/platform.ts';

export interface Platforms {
  readonly all: readonly Platform[];
  /** Where the page is, once it listens. */
  readonly pageUrl: () => string;
  /** What the operator has to know of the chats, once they are open. */
  readonly notices: () => readonly string[];
}

/** What the chats work with; a chat that nobody has connected has no room. */
export interface ChatRooms {
  readonly slack: SlackRoom | undefined;
  readonly discord: DiscordRoom | undefined;
  /** Filled while they are opened. */
  readonly notices: readonly string[];
}

/** Every platform, one line each. Creating them opens nothing; what a chat is built on takes its memory only where that chat is connected. */
export async function createPlatforms(room: WebRoom, { slack, discord, notices }: ChatRooms): Promise<Platforms> {
  const web = createWebPlatform(room);
  const chats = [
    slack && (await import('./slack/platform.ts')).createSlackPlatform(slack),
    discord && (await import('./discord/platform.ts')).createDiscordPlatform(discord),
  ];
  const all = [web, createShellPlatform(room.blobs), ...chats.filter((chat) => chat !== undefined)];
  return { all, pageUrl: () => web.url(), notices: () => notices };
}
