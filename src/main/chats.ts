import type { ChatRooms } from '#adapters/catalogue.ts';
import type { DiscordRoom } from '#adapters/discord/room.ts';
import type { SlackRoom } from '#adapters/slack/office.ts';
import type { Marking } from '#workers/images/grid.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { ModelCard } from '../core/model.ts';
import type { OpenedLedger } from '../ledger/open.ts';
import type { Pictures } from './pictures.ts';
import { readSecret } from './secret.ts';

const now = (): number => Date.now();

type Remembered = Pick<OpenedLedger, 'archive' | 'notes' | 'cabinet' | 'preferences'> & Pick<Pictures, 'clips'>;

/** What the chats that are connected work with. `marking`: what a picture that is made lighter says of its origin. */
export function chatsFor(remembered: Remembered, cards: readonly ModelCard[], config: Config, log: Log, marking: Marking): ChatRooms {
  const { archive, notes, cabinet, preferences, clips } = remembered;
  const { language } = config;
  const room = { archive, notes, cabinet, preferences, clips, cards, language, log, now };
  const notices: string[] = [];
  const notice = (line: string): void => {
    notices.push(line);
    log.info('notice', { line });
  };
  return { slack: slackRoom(room, config), discord: discordRoom({ ...room, notice }, config, marking), notices };
}

function slackRoom(room: Omit<SlackRoom, 'slack' | 'secret'>, { slack, host, dataDir, secret: own }: Config): SlackRoom | undefined {
  if (slack === undefined) return undefined;
  const { connection, access } = slack;
  const place = { ...slack, connection: connection.kind === 'http' ? { ...connection, host } : connection };
  const secret = access.kind === 'many-workspaces' ? readSecret(own, dataDir) : '';
  return { ...room, slack: place, secret };
}

function discordRoom(room: Omit<DiscordRoom, 'config' | 'lighten'>, { discord, host }: Config, marking: Marking): DiscordRoom | undefined {
  return discord === undefined ? undefined : { ...room, config: { ...discord, host }, lighten: lateLighten(marking) };
}

/** Nearly every picture is light enough, and whoever only takes requests makes none lighter. */
function lateLighten(marking: Marking): DiscordRoom['lighten'] {
  let opened: Promise<DiscordRoom['lighten']> | undefined;
  return async (media, bytesMax) => {
    opened ??= import('#workers/images/lighten.ts').then(({ createLighten }) => createLighten(marking));
    return (await opened)(media, bytesMax);
  };
}
