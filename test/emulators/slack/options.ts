import type { ChannelPlan, TeamPlan } from './world.ts';

/** How often a method may be called: `true` for the published tiers, or own numbers a minute by method. */
export type Limits = boolean | Readonly<Partial<{ readonly [method: string]: number }>>;

/** What nobody has been able to measure at Slack, set to the answer that is worse for the product. Run a story with both. */
export interface Unconfirmed {
  /** A second `completeUploadExternal` of one file: another message, or `file_not_found`. */
  readonly secondCompletion: 'posts-again' | 'file_not_found';
  /** `files.info` before the upload was completed. */
  readonly uncompletedFile: 'visible' | 'file_not_found';
  /** A reply to a message that was deleted. */
  readonly deletedThread: 'thread_not_found' | 'cannot_reply_to_message' | 'posts';
  /** Files in public channels that the app is not in. */
  readonly filesOfOtherChannels: 'hidden' | 'visible';
}

export interface SlackOptions {
  /** The product's manifest file, parsed from JSON: scopes, commands, shortcuts, events and the mode come from it. */
  readonly manifest: unknown;
  /** Workspaces; without them one, with a channel of every kind (see HOUSE in world.ts). */
  readonly teams?: readonly TeamPlan[];
  /** Channels to add to the first workspace. */
  readonly channels?: readonly ChannelPlan[];
  /** HTTP mode: where the product listens. Can be set later with `listensAt`. */
  readonly requestUrl?: string;
  /** False for a clock that moves only by `clock.advance`. */
  readonly clockRuns?: boolean;
  readonly limits?: Limits;
  /** From the end of an upload until the message appears. */
  readonly shareDelayMs?: number;
  /** From the end of an upload until its type and its small pictures are known. */
  readonly processingDelayMs?: number;
  /** A Marketplace app is not exempt: `conversations.history` and `replies` once a minute, 15 messages. */
  readonly readsSlowly?: boolean;
  readonly unconfirmed?: Partial<Unconfirmed>;
  readonly port?: number;
}

export const WORST_CASE: Unconfirmed = {
  secondCompletion: 'posts-again',
  uncompletedFile: 'visible',
  deletedThread: 'thread_not_found',
  filesOfOtherChannels: 'hidden',
};
