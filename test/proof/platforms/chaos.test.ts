import { describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { renderReport } from '../chaos/report.ts';
import { rageInChat } from './chat-rage.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');

/** Of Redis' numbered databases those that no other test uses. */
const CHATS = [
  { chat: 'slack', redis: 5 },
  { chat: 'discord', redis: 6 },
] as const;
const SEED = 7;

/** `npm run chaos -- --platform slack` runs as many kills as one likes, and freezes workers too. */
describe.skipIf(redisUrl === undefined || postgresUrl === undefined).concurrent('two gateways and three workers, killed at random,', () => {
  it.each(CHATS)('lose nothing that was asked in $chat and show nothing twice', { timeout: 300_000 }, async ({ chat, redis }) => {
    const database = await freshDatabase(postgresUrl ?? '');
    const plan = { chat, databaseUrl: database.url, redisUrl: `${redisUrl ?? ''}/${redis}`, seed: SEED, kills: 6, freezes: false };
    const { outcome, violations } = await rageInChat(plan);
    await database.drop();
    expect(violations, renderReport(outcome, violations)).toEqual([]);
  });
});
