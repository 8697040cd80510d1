import type { ChatRooms } from '#adapters/catalogue.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { ModelCard } from '../core/model.ts';
import type { OpenedLedger } from '../ledger/open.ts';
import { readSecret } from './secret.ts';

const now = (): number => Date.now();

type Remembered = Pick<OpenedLedger, 'archive' | 'notes' | 'cabinet' | 'preferences'>;

/** What the chats that are connected work with. */
export function chatsFor(remembered: Remembered, cards: readonly ModelCard[], config: Config, log: Log): ChatRooms {
  const { archive, notes, cabinet, preferences } = remembered;
  const { slack, host, language, dataDir } = config;
  if (slack === undefined) return { slack };
  const { connection, access } = slack;
  const place = { ...slack, connection: connection.kind === 'http' ? { ...connection, host } : connection };
  const secret = access.kind === 'many-workspaces' ? readSecret(config.secret, dataDir) : '';
  return { slack: { slack: place, secret, archive, notes, cabinet, preferences, cards, language, log, now } };
}
