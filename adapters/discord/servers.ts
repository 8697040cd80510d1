import { z } from 'zod';
import { say, type MessageKey } from '#src/core/messages.ts';
import type { Language } from '#src/core/request.ts';
import type { DiscordApi } from './client.ts';
import type { DiscordConfig } from './config.ts';
import { plain } from './escape.ts';
import { lacking, type Right } from './rights.ts';
import type { DiscordRoom } from './room.ts';

const NEEDED = ['view', 'send', 'threads', 'files', 'history'] as const satisfies readonly Right[];
type Needed = (typeof NEEDED)[number] | 'openThreads';

/** What the bot does in a server, and nothing else. `history`: without it nothing can be replied to. */
export const neededRights = (wantsThreads: boolean): readonly Needed[] => (wantsThreads ? [...NEEDED, 'openThreads'] : NEEDED);

const NAMES: Readonly<Record<Needed, MessageKey & `discord-right-${string}`>> = {
  view: 'discord-right-view',
  send: 'discord-right-send',
  threads: 'discord-right-threads',
  files: 'discord-right-files',
  history: 'discord-right-history',
  openThreads: 'discord-right-open-threads',
};

const serverSchema = z.object({ id: z.string(), name: z.string(), permissions: z.string() });
const pageSchema = z.array(serverSchema);
type Server = z.infer<typeof serverSchema>;

const PAGE_LENGTH = 200;
/** A bot in more servers than that is looked after by somebody who has other means. */
const PAGES_MAX = 5;
const LINES_MAX = 10;
const NAME_LENGTH = 60;

/**
 * One line for each server in which the bot lacks a right that it needs, and one for all that are too many. What its roles allow in the whole server:
 * single channels may say otherwise, and an answer that meets that takes the next best way. Throws TryLater when Discord does not answer.
 */
export async function lackingRights(
  api: Pick<DiscordApi, 'bot'>,
  { config: { threads }, language }: { readonly config: Pick<DiscordConfig, 'threads'>; readonly language: DiscordRoom['language'] },
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const server of await serversOf(api)) {
    const missing = lacking(server.permissions, neededRights(threads === 'all' || threads.has(server.id)));
    if (missing.length > 0) lines.push(lineFor(server, missing, language));
  }
  const more = lines.length - LINES_MAX;
  return more <= 0 ? lines : [...lines.slice(0, LINES_MAX), say(language, 'start-discord-rights-more', { count: more })];
}

function lineFor({ name }: Server, missing: readonly Needed[], language: Language): string {
  const rights = missing.map((right) => say(language, NAMES[right])).join(', ');
  return say(language, 'start-discord-rights', { server: plain(name, NAME_LENGTH), rights });
}

async function serversOf(api: Pick<DiscordApi, 'bot'>): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const last = servers.at(-1);
    const query = { limit: String(PAGE_LENGTH), ...(last === undefined ? {} : { after: last.id }) };
    const reply = await api.bot({ method: 'get', path: '/users/@me/guilds', query });
    const next = reply.kind === 'done' ? (pageSchema.safeParse(reply.body).data ?? []) : [];
    servers.push(...next);
    if (next.length < PAGE_LENGTH) break;
  }
  return servers;
}
