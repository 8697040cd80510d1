import type { MessageKey } from '#src/core/messages.ts';

/** What the app asks a workspace for, each with its reason: the manifest asks for exactly this. */
export const SCOPES = {
  commands: 'slack-purpose-commands',
  'chat:write': 'slack-purpose-write',
  'files:write': 'slack-purpose-upload',
  'files:read': 'slack-purpose-read-files',
  'app_mentions:read': 'slack-purpose-mentions',
  'im:history': 'slack-purpose-history',
  'mpim:history': 'slack-purpose-history',
  'channels:history': 'slack-purpose-history',
  'groups:history': 'slack-purpose-history',
} as const satisfies Record<string, MessageKey>;

/** What a workspace may leave out, each with what goes without it. */
export const OPTIONAL_SCOPES = {
  'channels:join': 'slack-purpose-join',
  'im:write': 'slack-purpose-direct',
  'users:read': 'slack-purpose-people',
} as const satisfies Record<string, MessageKey>;
