/** Slack's own words for why not, sorted by what can be done about it. */
const THREAD_GONE = [
  'thread_not_found',
  'cannot_reply_to_message',
  'message_not_found',
  'invalid_thread_ts',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
];
const PLACE_CLOSED = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'posting_to_channel_denied',
  'posting_to_general_channel_denied',
  'cannot_post_in_channel',
  'access_denied',
  'no_permission',
  'team_access_not_granted_to_channel',
];

/** The message that began the thread is not there any more: the channel is. */
export const isThreadGone = (error: string): boolean => THREAD_GONE.includes(error);
/** Nothing can be written there, or not any more. */
export const isPlaceClosed = (error: string): boolean =>
  PLACE_CLOSED.includes(error) || (error.startsWith('restricted_action') && !isThreadGone(error));

/** Errors that say the token is dead: no call of this workspace will ever do better. */
export const DEAD_TOKEN: readonly string[] = [
  'not_installed',
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'app_uninstalled',
  'team_access_not_granted',
  'org_login_required',
];
