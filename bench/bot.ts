import type { ChatBot, ChatOptions } from './chat/bot.ts';
import type { ChatName } from './chat/start.ts';
import type { Configuration } from './figure.ts';

/** A request that was acknowledged. Times are of this process's `performance.now()`. */
export interface Asked {
  readonly id: string;
  readonly toldAt: number;
  /** When the bot said that it was through with it. Rejects when it ended in a no, or not within minutes. */
  readonly answered: Promise<number>;
}

/** A bot that is running, whoever wrote it: the product in one of its configurations, or the control. */
export interface Bot {
  /** Its programs, the one that paints last. */
  readonly programs: readonly string[];
  /** One of a few dozen people asks for one picture. Resolves with the acknowledgement; throws on a no. */
  ask(person: number): Promise<Asked>;
  /** Looks at the answer as a person's page does; resolves with where its picture is. Throws while there is none. */
  see(id: string): Promise<string>;
  /** Gets the picture to its last byte. */
  load(picture: string): Promise<void>;
  pidOf(program: string): number;
  /** SIGKILL; resolves when the process is gone. */
  kill(program: string): Promise<void>;
  /** Starts a program that is not running; resolves with the milliseconds until it was ready for work. */
  start(program: string): Promise<number>;
  /** How many pictures it has ordered. */
  calls(): Promise<number>;
  close(): Promise<void>;
}

/** Requests that are in the ledger before the bot starts. */
export interface Rows {
  readonly finished: number;
  readonly waiting: number;
}

export interface OpenOptions {
  readonly modelTimeMs: number;
  readonly rows?: Rows;
}

/** How much is done for a figure in a chat. Tiny: so little that it means nothing, to see that the programs run. Long: what takes its time also thrice. */
export type Scale = 'tiny' | 'usual' | 'long';

/** Where a figure is taken. Every bot that it opens is new, with a ledger, a queue and a folder of its own. */
export interface Environment {
  readonly configuration: Configuration;
  open(options: OpenOptions): Promise<Bot>;
  /** The same, in a chat. */
  openChat(name: ChatName, options: ChatOptions): Promise<ChatBot>;
}
