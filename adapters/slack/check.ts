import { say } from '#src/core/messages.ts';
import type { InstallationStore } from './client.ts';
import type { SlackOffice } from './office.ts';
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts';

/** Something that only the operator can put right; `sentence` is all they need. */
function startTrouble(sentence: string): Error {
  return Object.assign(new Error('Slack cannot be connected'), { sentence });
}

/**
 * Looks at the tokens before anybody can ask. Each scope that is missing is one line in the log; what does not need it works.
 * Throws what `startTrouble` makes for a token that Slack does not take. When Slack is away it is not known, and the start goes on.
 */
export async function checkBefore(office: SlackOffice): Promise<void> {
  const { slack } = office;
  if (slack.access.kind === 'one-workspace') await checkBotToken(office, slack.access.botToken);
  else await checkInstallations(office);
  if (slack.connection.kind === 'socket') await checkAppToken(office, slack.connection.appToken);
}

async function checkBotToken({ call, log, language }: SlackOffice, botToken: string): Promise<void> {
  const reply = await call(botToken, 'auth.test', {});
  if (reply.kind === 'refused') throw startTrouble(say(language, 'slack-token-rejected', { reason: reply.error }));
  if (reply.kind === 'unknown') return log.warn('slack-unreachable', {});
  tellMissing({ log, language }, reply.scopes, {});
}

/**
 * The same of every workspace that installed the app: what each of them gave stands in its installation, so that nobody has to be asked. Until the
 * ledger can be read it is not known, and the start goes on.
 */
async function checkInstallations({ installations, log, language }: SlackOffice): Promise<void> {
  try {
    for (const { team, scopes } of await installations.scopes()) tellMissing({ log, language }, scopes, { team });
  } catch (error) {
    log.warn('slack-installations-unread', {}, error);
  }
}

/** Where installations are saved, with a line for what a new one did not give. */
export function checkedStore({ installations, log, language }: SlackOffice): InstallationStore {
  return {
    save: async (team, installation) => {
      await installations.save(team, installation);
      const kept = await installations.find(team);
      if (kept !== undefined) tellMissing({ log, language }, kept.bot.scopes, { team });
    },
  };
}

/** One line for each scope that is missing. A workspace of many that left an optional one out has chosen to. */
function tellMissing({ log, language }: Pick<SlackOffice, 'log' | 'language'>, scopes: readonly string[], of: { readonly team?: string }) {
  for (const [scope, purpose] of Object.entries(SCOPES)) {
    if (scopes.includes(scope)) continue;
    const sentence = say(language, 'slack-scope-missing', { scope, purpose: say(language, purpose) });
    log.warn('slack-scope-missing', { ...of, scope, sentence });
  }
  if (of.team !== undefined) return;
  for (const [scope, purpose] of Object.entries(OPTIONAL_SCOPES)) {
    if (scopes.includes(scope)) continue;
    const sentence = say(language, 'slack-scope-optional', { scope, purpose: say(language, purpose) });
    log.info('slack-scope-optional', { scope, sentence });
  }
}

/** The SDK goes on asking for ever with a token that can never be right, so it is tried once by itself: the connection it would give is not taken. */
async function checkAppToken({ call, log, language }: SlackOffice, appToken: string): Promise<void> {
  const reply = await call(appToken, 'apps.connections.open', {});
  if (reply.kind === 'refused') throw startTrouble(say(language, 'slack-app-token-rejected', { reason: reply.error }));
  if (reply.kind === 'unknown') log.warn('slack-unreachable', {});
}
