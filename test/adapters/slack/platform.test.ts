import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, vi } from 'vitest';
import type { SlackConfig } from '#adapters/slack/config.ts';
import { createSlackPlatform } from '#adapters/slack/platform.ts';
import type { Answer } from '#src/core/answer.ts';
import { sayRefusal } from '#src/core/messages.ts';
import type { AskFunction, Stop } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { createMemoryLedger } from '#test/adapters/web/room.ts';
import { describePlatform, type PlatformBench, type Said } from '#test/contracts/platform.ts';
import { openSlackEmulator } from '#test/emulators/slack/emulator.ts';
import { messageObject } from '#test/emulators/slack/message-object.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';
import { deskOf } from '../desk.ts';
import { HTTP_MANIFEST, SOCKET_MANIFEST } from './manifests.ts';
import { createMemories } from './memory.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A workspace where Lan speaks to the bot, and the platform beside it with everything behind it in memory. */
async function openBench(mode: 'socket' | 'http'): Promise<PlatformBench> {
  const slack = await openSlackEmulator({ manifest: mode === 'socket' ? SOCKET_MANIFEST : HTTP_MANIFEST });
  const port = mode === 'http' ? await freePort() : 0;
  slack.listensAt(`http://127.0.0.1:${port}/slack/events`);
  const config: SlackConfig = {
    apiUrl: slack.apiUrl,
    access: { kind: 'one-workspace', botToken: slack.botToken() },
    connection:
      mode === 'socket'
        ? { kind: 'socket', appToken: slack.appToken }
        : { kind: 'http', signingSecret: slack.signingSecret, host: '127.0.0.1', port },
  };
  const ledger = createMemoryLedger();
  const { lines: _, ...log } = createMemoryLog();
  const room = {
    slack: config,
    secret: 's',
    archive: ledger.archive,
    clips: { link: async () => undefined },
    ...createMemories(),
    cards: [],
    language: 'en',
    log,
    now: Date.now,
  } as const;
  const lan = slack.person('lan');
  const posted = new Map<string, Message>();
  const stops: Stop[] = [];
  const bots = (): Message[] => slack.parts.messages.all().filter(({ botId }) => botId !== undefined);

  async function post({ key, text, picture }: Said): Promise<boolean> {
    const known = posted.get(key);
    if (known === undefined) {
      const files = picture === undefined ? [] : [{ name: 'boat.png', bytes: Buffer.from(picture) }];
      const { message, deliveries } = await lan.posts(`@hoami ${text}`, { in: 'general', files, lost: 'app_mention' });
      posted.set(key, message);
      return deliveries.every(({ acknowledged }) => acknowledged);
    }
    const { channel } = slack.channel('general');
    const again = await slack.parts.events.tellMessage(channel, (team) => ({
      ...messageObject(known, slack.parts, team),
      type: 'message',
      channel: channel.id,
    }));
    return again.every(({ acknowledged }) => acknowledged);
  }

  return {
    create: () => {
      const platform = createSlackPlatform(room);
      return {
        ...platform,
        listen: async (desk) => {
          const ask: AskFunction = async (command) => {
            const told = await desk.ask(command);
            if (told.receipt.kind === 'accepted') await ledger.ask(command);
            return told;
          };
          const stop = await platform.listen(deskOf(ask));
          stops.push(stop);
          return stop;
        },
      };
    },
    say: async (said) => {
      const isAgain = posted.has(said.key);
      const before = bots().length;
      if (!(await post(said))) throw new Error('nobody listens');
      if (!isAgain) await vi.waitFor(() => expect(bots().length).toBeGreaterThan(before), { timeout: 5000, interval: 5 });
      return JSON.stringify(bots().at(-1)?.blocks ?? []);
    },
    seen: async (_request: GenerationRequest, answer: Answer) => {
      const sentence = answer.kind === 'refused' ? sayRefusal('vi', answer.code, answer.details) : '';
      return bots().filter(({ fileIds, blocks }) =>
        answer.kind === 'made' ? fileIds.length > 0 : JSON.stringify(blocks).includes(sentence),
      ).length;
    },
    close: async () => {
      for (const stop of stops) await stop();
      const { violations } = slack;
      await slack.close();
      if (violations.length > 0) throw new Error(`what Slack would hold against it: ${JSON.stringify(violations)}`);
    },
  };
}

describePlatform('slack in Socket Mode', async () => openBench('socket'));
describePlatform('slack over HTTP', async () => openBench('http'));
