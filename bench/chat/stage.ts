/** A platform that is played: the strict stand-in, with as many people in it as are wanted. */
export interface Stage {
  /** What a bot has to be told to reach it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many connections of the bot are open. */
  connections(): number;
  /** Somebody asks for a picture in a room. Resolves with whether it was taken, when that is known. */
  ask(person: number, room: number, words: string): Promise<boolean>;
  /** How many messages of the bot in this room show a picture. */
  pictures(room: number): number;
  onChange(listener: () => void): () => void;
  violations(): readonly string[];
}

export const PEOPLE = 100;
