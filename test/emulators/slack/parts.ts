import type { Clock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import type { Events } from './events.ts';
import type { Files } from './files.ts';
import type { Ids } from './ids.ts';
import type { Installs } from './installs.ts';
import type { Manifest } from './manifest.ts';
import type { Messages } from './messages.ts';
import type { Modals } from './modals.ts';
import type { SlackOptions, Unconfirmed } from './options.ts';
import type { Record } from './record.ts';
import type { Sockets } from './sockets.ts';
import type { Tokens } from './tokens.ts';
import type { Triggers } from './triggers.ts';
import type { World } from './world.ts';

/** What the app proves itself with. */
export interface AppSecrets {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
}

/** Everything that the emulator knows: the stores, and who tells the product. */
export interface Parts {
  readonly options: SlackOptions;
  readonly unconfirmed: Unconfirmed;
  readonly manifest: Manifest;
  readonly secrets: AppSecrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly record: Record;
  readonly world: World;
  readonly tokens: Tokens;
  readonly installs: Installs;
  readonly messages: Messages;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly modals: Modals;
  readonly sockets: Sockets;
  readonly deliveries: Deliveries;
  readonly events: Events;
  /** Where the emulator listens, without a slash at the end. */
  readonly origin: string;
}
