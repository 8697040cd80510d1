import type { Files } from './files.ts';
import type { Interaction } from './interactions.ts';
import type { JsonObject } from './json.ts';
import type { Story } from './story.ts';
import type { Message, World } from './world.ts';

/** Something the gateway tells whoever is connected and asked for it. */
export interface GatewayEvent {
  readonly name: string;
  /** Decides the shard: none goes to the first. */
  readonly guildId: string | undefined;
  /** The bot must be able to see this channel; none for what needs no channel. */
  readonly channelId: string | undefined;
  /** What the event holds for a session that may, or may not, read what people write. */
  readonly data: (readsContent: boolean) => JsonObject;
}

/** What a test may set before or while the product runs. */
export interface Settings {
  /** The privileged intent was switched on in the portal. */
  messageContent: boolean;
  /** How long an enforced nonce finds its message again: "the past few minutes". */
  nonceWindowMs: number;
  /** How long a person's client waits for the first answer to an interaction. */
  responseMs: number;
  /** How long an interaction's token works. */
  tokenLifeMs: number;
  /** Bytes a file may have where neither boost nor Nitro raises it. */
  fileBytesMax: number;
  requestBytesMax: number;
  /** An interaction that waits for a session to come back is replayed with the rest. Reports about Discord contradict each other. */
  replaysInteractions: boolean;
}

/** All that routes, gateway and people work on. */
export interface Backend {
  readonly world: World;
  readonly files: Files;
  readonly story: Story;
  readonly settings: Settings;
  /** By id, and by token as well. */
  readonly interactions: Map<string, Interaction>;
  readonly commands: Map<string, JsonObject>;
  /** Messages by author and nonce, for whoever enforces it. */
  readonly nonces: Map<string, { readonly at: number; readonly message: Promise<Message> }>;
  publish(event: GatewayEvent): void;
  /** Something that people could see is different now. */
  changed(): void;
  violate(what: string): void;
}
