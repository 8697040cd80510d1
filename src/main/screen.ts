import type { Config } from '../config.ts';
import { isReachable } from '#adapters/web/guard.ts';
import { say } from '../core/messages.ts';
import { tokenMessages } from '../core/messages/tokens.ts';
import { readVersion } from './home.ts';
import type { Services } from './outside.ts';

/** What the operator sees when everything is open: the mode and why, the page, where the data lies, and what is still to be set. */
export function renderScreen(config: Config, services: Services, pageUrl: string, notices: readonly string[]): string {
  const { mode, prompts } = services;
  const { language, dataDir, databaseUrl, redisUrl, claude, slack, discord } = config;
  const why = mode.kind === 'sandbox' ? say(language, `start-why-${mode.why}`) : '';
  const promptsBy = {
    anthropic: say(language, 'start-prompts-claude', { model: claude.model }),
    bedrock: say(language, 'start-prompts-bedrock', { model: claude.bedrockModel }),
    sandbox: say(language, 'start-prompts-sandbox'),
  };
  const lines = [
    say(language, 'start-title', { version: readVersion() }),
    '',
    say(language, 'start-page', { url: pageUrl }),
    mode.kind === 'sandbox' ? say(language, 'start-mode-sandbox', { why }) : say(language, 'start-mode-bedrock', { region: mode.region }),
    ...(isReachable(config.host, config.hostNames) ? [tokenMessages['start-sign-in'][language]] : []),
    say(language, 'start-prompts', { who: promptsBy[prompts] }),
    say(language, 'start-data', { place: databaseUrl === undefined ? dataDir : `PostgreSQL, ${dataDir}` }),
    say(language, 'start-queue', { where: redisUrl === undefined ? say(language, 'start-embedded') : 'Redis' }),
    ...clipNotices(config, services),
    ...(slack === undefined ? [] : [say(language, 'start-slack')]),
    ...notices,
    '',
    say(language, 'start-for-real'),
    ...(mode.kind === 'sandbox' ? [say(language, 'start-set-bedrock')] : []),
    ...(prompts === 'anthropic' ? [] : [say(language, 'start-set-claude')]),
    ...(slack === undefined ? [say(language, 'start-set-slack')] : []),
    ...(discord === undefined ? [say(language, 'start-set-discord')] : []),
    '',
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
}

/** What is missing for clips, if something is. */
export function clipNotices(
  { language, bedrock }: Pick<Config, 'language' | 'bedrock'>,
  { filming }: Pick<Services, 'filming'>,
): readonly string[] {
  if (filming.bucket === undefined) return [say(language, 'start-clips-bucket', { region: bedrock.region })];
  return filming.ffmpegPath === undefined ? [say(language, 'start-clips-ffmpeg')] : [];
}
