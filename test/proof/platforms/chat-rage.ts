import { checkHistory } from '../history.ts';
import { rage, type Outcome } from '../chaos/arena.ts';
import { apart } from '../chaos/fleets.ts';
import { complaintsAbout, createChatPeople } from './chat-people.ts';
import { openDiscordScene } from './discord-scene.ts';
import type { Scene } from './scene.ts';
import { openSlackScene } from './slack-scene.ts';

const CHATS = { slack: openSlackScene, discord: openDiscordScene } as const satisfies Record<string, (rooms: number) => Promise<Scene>>;

type Chat = keyof typeof CHATS;
export const CHAT_NAMES: readonly Chat[] = ['slack', 'discord'];

/** A run, and a sentence for each promise that it broke. */
export interface Judged {
  readonly outcome: Outcome;
  readonly violations: readonly string[];
}

export interface ChatRage {
  readonly chat: Chat;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly seed: number;
  readonly kills: number;
  /** Whether workers are also frozen for longer than they may hold a job. */
  readonly freezes: boolean;
}

const ROOMS = 4;
/** A gateway of a chat takes a moment longer to be there again than one of the page: to be killed it has to live. */
const KILL_EVERY_MS = 1800;

/** Two gateways and three workers serve a chat while they are killed at random; what people see there is held against what was promised. */
export async function rageInChat({ chat, databaseUrl, redisUrl, seed, kills, freezes }: ChatRage): Promise<Judged> {
  const scene = await CHATS[chat](ROOMS);
  try {
    const { programs, ...fleet } = apart(databaseUrl, redisUrl, scene.settings);
    const outcome = await rage({
      ...fleet,
      programs: programs.map((program) => ({ ...program, freezes: freezes && program.freezes === true })),
      seed,
      kills,
      killEveryMs: KILL_EVERY_MS,
      people: (arena) => createChatPeople(arena, scene, ROOMS),
    });
    return { outcome, violations: [...checkHistory(outcome.history), ...(await complaintsAbout(scene))] };
  } finally {
    await scene.close();
  }
}
