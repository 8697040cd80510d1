/** What people ask for. */
export type Wish = 'picture' | 'clip';

/** What each is asked for by, and what its files are called like. */
export const COMMANDS = { picture: 'imagine', clip: 'video' } as const;
export const isOne = (name: string, wish: Wish): boolean => name.endsWith('.mp4') === (wish === 'clip');

/** A platform that is played: the strict stand-in, with as many people in it as are wanted. */
export interface Stage {
  /** What a bot has to be told to reach it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many connections of the bot are open. */
  connections(): number;
  /** Somebody asks for it in a room. Resolves with whether it was taken, when that is known. */
  ask(person: number, room: number, words: string, wish: Wish): Promise<boolean>;
  /** How many messages of the bot in this room show one. */
  shown(room: number, wish: Wish): number;
  onChange(listener: () => void): () => void;
  violations(): readonly string[];
}

export const PEOPLE = 100;
