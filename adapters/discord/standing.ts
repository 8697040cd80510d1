import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import { say } from '#src/core/messages.ts';
import type { DiscordApi } from './client.ts';
import type { DiscordConfig } from './config.ts';
import { RIGHTS } from './rights.ts';
import type { DiscordRoom } from './room.ts';
import { neededRights } from './servers.ts';

const applicationSchema = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.int().default(0),
  verify_key: z.string().optional(),
  interactions_endpoint_url: z.string().nullish(),
  integration_types_config: z.record(z.string(), z.unknown()).optional(),
});
const userSchema = z.object({ id: z.string() });

/** Who the bot is, and what of the configuration Discord lets it do. */
export interface Standing {
  readonly applicationId: string;
  readonly botId: string;
  readonly messageContent: boolean;
  readonly userInstall: boolean;
}

/** Flags of an application: the Message Content Intent, as large and as small applications have it. */
const MESSAGE_CONTENT = (1 << 18) | (1 << 19);
const USER_INSTALL = '1';
/**
 * Looks at the application as it is set up, and tells the operator what is missing and how to invite the bot. Undefined when the token is not
 * accepted. Throws TryLater when Discord does not answer.
 */
export async function checkStanding(
  api: DiscordApi,
  { config, notice, language }: Pick<DiscordRoom, 'config' | 'notice' | 'language'>,
): Promise<Standing | undefined> {
  try {
    const [application, user] = [
      await api.bot({ method: 'get', path: '/applications/@me' }),
      await api.bot({ method: 'get', path: '/users/@me' }),
    ];
    if (application.kind === 'refused' || user.kind === 'refused') throw new TryLater('unreachable', 5000);
    const about = applicationSchema.parse(application.body);
    const standing = {
      applicationId: about.id,
      botId: userSchema.parse(user.body).id,
      messageContent: config.messageContent && (about.flags & MESSAGE_CONTENT) !== 0,
      userInstall: config.userInstall && about.integration_types_config?.[USER_INSTALL] !== undefined,
    };
    notice(say(language, 'start-discord', { name: about.name, invite: inviteLink(about.id, config) }));
    if (config.messageContent && !standing.messageContent) notice(say(language, 'start-discord-intent'));
    if (config.userInstall && !standing.userInstall) notice(say(language, 'start-discord-install'));
    for (const line of endpointTroubles(about, { config, language })) notice(line);
    return standing;
  } catch (error) {
    if (!(error instanceof TryLater) || !api.isRejected()) throw error;
    notice(say(language, 'start-discord-token'));
    return undefined;
  }
}

function endpointTroubles(
  { verify_key: key, interactions_endpoint_url: url }: z.infer<typeof applicationSchema>,
  { config, language }: Pick<DiscordRoom, 'config' | 'language'>,
): readonly string[] {
  const isSet = typeof url === 'string' && url !== '';
  if (config.publicKey === undefined) return isSet ? [say(language, 'start-discord-endpoint-set', { url })] : [];
  const wrongKey = key !== undefined && key.toLowerCase() !== config.publicKey.toLowerCase();
  return [
    ...(wrongKey ? [say(language, 'start-discord-key')] : []),
    ...(isSet ? [] : [say(language, 'start-discord-endpoint-missing', { port: config.port })]),
  ];
}

/** Adds the bot with the permissions it needs, and no others. */
function inviteLink(applicationId: string, { threads }: Pick<DiscordConfig, 'threads'>): string {
  const wantsThreads = threads === 'all' || threads.size > 0;
  const permissions = String(neededRights(wantsThreads).reduce((bits, right) => bits | RIGHTS[right], 0n));
  const query = new URLSearchParams({ client_id: applicationId, scope: 'bot applications.commands', permissions });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
