import type { Archive } from '#src/core/archive.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { Clips } from '#src/core/clips.ts';
import type { Log } from '#src/core/log.ts';
import type { Media } from '#src/core/media.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Notes } from '#src/core/notes.ts';
import type { Desk } from '#src/core/platform.ts';
import type { Address } from './address.ts';
import type { DiscordConfig } from './config.ts';
import type { MessageBody } from './render.ts';

/** What the adapter is handed by whoever puts the product together. */
export interface DiscordRoom {
  readonly config: DiscordConfig;
  readonly archive: Pick<Archive, 'find' | 'history'>;
  readonly clips: Pick<Clips, 'link'>;
  readonly notes: Notes;
  readonly cabinet: Cabinet;
  readonly cards: readonly ModelCard[];
  /** The same picture in at most so many bytes, still marked as made by a machine. One that is light enough is left as it is. */
  readonly lighten: (media: Media, bytesMax: number) => Promise<Media>;
  /** Where the operator reads what has to be done, and the link that invites the bot. */
  readonly notice: (line: string) => void;
  readonly language: 'vi' | 'en';
  readonly log: Log;
  readonly now: () => number;
}

/** What is needed to take what people do with commands, buttons and forms. */
export type InteractionRoom = Pick<DiscordRoom, 'archive' | 'cabinet' | 'cards' | 'clips' | 'config' | 'notes' | 'log' | 'now'> & {
  readonly desk: Desk;
  /** Takes a message of the bot's own away. False where Discord does not let it. */
  readonly remove: (channelId: string, messageId: string) => Promise<boolean>;
  /** Puts something else in place of what was answered to an interaction, or of the message whose button was pressed. */
  readonly revise: (address: Address, body: MessageBody) => Promise<void>;
};
