import type { Order } from './program.ts';

/** How a person asks: with the platform's command, which comes once, or with a message, which is sent again until somebody takes it. */
export type Way = 'command' | 'message';

/** A chat platform as the proofs see it: a stand-in with people in it, and the product behind it. Rooms are numbered from 1 on. */
export interface Scene {
  /** What connects the product to it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Under which name the ledger keeps what is asked here. */
  readonly tenant: string;
  /** The product's calls that are places to die. */
  readonly wire: Order['wire'];
  /** Resolves when somebody is there to take what people do. */
  connected(): Promise<void>;
  /** One of several people asks. Resolves when the platform has done what it does at once. */
  ask(room: number, way: Way, words: string, person?: number): Promise<Heard>;
  /** Puts the platform's clock forward until whatever nobody has taken has been sent again. */
  sendAgain(): void;
  /** How much the platform has sent as often as it does, and nobody has taken: that is lost, and whoever is served by it cannot know. */
  givenUp(): number;
  /** What platforms do every few hours: connections are renewed or break, and what was said on them is lost. `turn`: one of several such things. */
  stir(turn: number): void;
  /** Every call that posts, changes or takes away something that people see, or prepares that, with the way of asking that leads to it. */
  readonly losable: readonly { readonly way: Way; readonly call: string }[];
  /** The next such call is done, and whoever made it hears nothing, or that something went wrong. */
  lose(call: string, hears: 'nothing' | 'an error'): void;
  /** Everything that the bot shows to everybody. */
  shown(): Promise<readonly Shown[]>;
  /** How many messages without pictures the bot has ever shown to everybody in a room, whatever became of them. */
  announced(room: number): number;
  /** What the product did that it must never do. */
  violations(): readonly string[];
  /** What happened, for whoever looks for the reason of a failure. */
  story(): string;
  close(): Promise<void>;
}

/** What somebody who asked heard of it. */
export interface Heard {
  /** The platform saw it taken: whoever used a command reads otherwise that nobody did. */
  readonly taken: boolean;
  /** Whether they have read by now that it will not be done. */
  wasRefused(): boolean;
}

/** One message of the bot as people see it. */
export interface Shown {
  readonly room: number;
  /** The request it belongs to, where the message says so: by its buttons, or by what is written into it unseen. */
  readonly request: string | undefined;
  /** Its pictures: the keys under which those very bytes are stored, with spaces between them. Empty without pictures. */
  readonly pictures: string;
  /** It still says that a picture is on its way. */
  readonly isWaiting: boolean;
  readonly words: string;
}
