import { say } from '#src/core/messages.ts';
import type { SlackOffice } from './office.ts';
import { SCOPES } from './scopes.ts';

/** Something that only the operator can put right; `sentence` is all they need. */
export function startTrouble(sentence: string, cause?: unknown): Error {
  return Object.assign(new Error('Slack cannot be connected', { cause }), { sentence });
}

/**
 * Looks at the token before anybody can ask. Each scope that is missing is one line in the log; what does not need it works.
 * Throws what `startTrouble` makes for a token that Slack does not take. When Slack is away it is not known, and the start goes on.
 */
export async function checkBefore({ slack, call, log, language }: SlackOffice): Promise<void> {
  if (slack.access.kind !== 'one-workspace') return;
  const reply = await call(slack.access.botToken, 'auth.test', {});
  if (reply.kind === 'refused') throw startTrouble(say(language, 'slack-token-rejected', { reason: reply.error }));
  if (reply.kind === 'unknown') return log.warn('slack-unreachable', {});
  for (const [scope, purpose] of Object.entries(SCOPES)) {
    if (reply.scopes.includes(scope)) continue;
    log.warn('slack-scope-missing', { scope, sentence: say(language, 'slack-scope-missing', { scope, purpose: say(language, purpose) }) });
  }
}
