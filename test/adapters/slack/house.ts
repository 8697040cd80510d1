import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { SlackConfig } from '#adapters/slack/config.ts';
import type { SlackRoom } from '#adapters/slack/office.ts';
import { createSlackPlatform } from '#adapters/slack/platform.ts';
import type { Blobs } from '#src/core/blobs.ts';
import { createDesk } from '#src/core/desk.ts';
import { createIntake } from '#src/core/intake.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { Platform, Stop } from '#src/core/platform.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { createMemoryBlobs } from '#test/adapters/web/room.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { SlackOptions } from '#test/emulators/slack/options.ts';
import { createMemoryLog, type LogLine } from '#test/queue/rooms.ts';
import { specs } from '#workers/models/catalogue.ts';
import { HTTP_MANIFEST, SOCKET_MANIFEST } from './manifests.ts';
import { createShelf, filmCard, type Shelf } from './films.ts';
import { createPainter, type Painter } from './painter.ts';

export interface SlackHouseOptions extends Partial<Omit<SlackOptions, 'requestUrl'>> {
  readonly mode?: 'socket' | 'http';
  readonly access?: (slack: SlackEmulator, url: string) => SlackConfig['access'];
  /** What stands between the gateway and the ledger. */
  readonly ledger?: (ledger: Ledger) => Ledger;
  /** What stands between the gateway and what it looks up. */
  readonly archive?: (archive: SlackRoom['archive']) => SlackRoom['archive'];
  /** False: nobody listens yet. */
  readonly listens?: boolean;
}

/** A workspace, the platform in front of a real ledger, and a painter behind it. */
export interface SlackHouse {
  readonly slack: SlackEmulator;
  readonly store: OpenedLedger;
  readonly blobs: Blobs;
  readonly painter: Painter;
  /** Where clips are kept. */
  readonly shelf: Shelf;
  readonly room: SlackRoom;
  readonly lines: readonly LogLine[];
  /** Where HTTP mode listens. */
  readonly url: string;
  /** Puts the product's clock forward. */
  skip(byMs: number): void;
  /** Another process of the same product. */
  platform(): Platform;
  listen(): Promise<Stop>;
  /** Everything has come to its end: nothing in hand, nothing on its way. */
  settled(): Promise<void>;
  /** The story so far, and nothing that Slack would hold against the product. */
  text(channel: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export const SECRET = 'a secret of thirty-two characters or more';

export async function openSlackHouse(options: SlackHouseOptions = {}): Promise<SlackHouse> {
  const { mode = 'socket', access, ledger = (plain) => plain, archive: look = (plain) => plain, listens = true, ...world } = options;
  const directory = await mkdtemp(join(tmpdir(), 'slack-house-'));
  const slack = await openSlackEmulator({ manifest: mode === 'socket' ? SOCKET_MANIFEST : HTTP_MANIFEST, ...world });
  const port = mode === 'http' ? await freePort() : 0;
  const url = `http://127.0.0.1:${port}`;
  slack.listensAt(`${url}/slack/events`);
  const clock = { skippedMs: 0 };
  const now = (): number => Date.now() + clock.skippedMs;
  const store = await openLedger({
    database: { kind: 'sqlite', file: join(directory, 'ledger.sqlite') },
    maxUnfinished: 100,
    dailyBudgetMicros: undefined,
    parallel: 2,
    now,
  });
  const blobs = createMemoryBlobs();
  const log = createMemoryLog();
  const pictureCards = specs.map(({ card }) => card).filter(({ filming }) => filming === undefined);
  const cards = [...pictureCards, ...pictureCards.slice(0, 1).map(filmCard)];
  const shelf = createShelf();
  const { archive, notes, cabinet, preferences, retractions } = store;
  const slackConfig: SlackConfig = {
    apiUrl: slack.apiUrl,
    access: access?.(slack, url) ?? { kind: 'one-workspace', botToken: slack.botToken() },
    connection:
      mode === 'socket'
        ? { kind: 'socket', appToken: slack.appToken }
        : { kind: 'http', signingSecret: slack.signingSecret, host: '127.0.0.1', port },
  };
  const room: SlackRoom = {
    slack: slackConfig,
    secret: SECRET,
    archive: look(archive),
    notes,
    cabinet,
    preferences,
    clips: shelf,
    cards,
    language: 'en',
    log,
    now,
  };
  const worker = createSlackPlatform(room);
  const painter = createPainter({ store, blobs, platform: () => worker, shelf });
  const queue = { add: painter.add, waiting: async () => 0, work: async () => async () => {} };
  const intake = createIntake({ ledger: ledger(store.ledger), queue, cards, log, now, patienceMs: 3_600_000 });
  const desk = createDesk({ intake, archive, retractions, preferences, cabinet, blobs, cards, log, now });
  const stops: Stop[] = [];
  const platform = (): Platform => createSlackPlatform(room);
  const listen = async (): Promise<Stop> => {
    const stop = await platform().listen(desk);
    stops.push(stop);
    return stop;
  };
  if (listens) await listen();

  return {
    slack,
    store,
    blobs,
    painter,
    shelf,
    room,
    lines: log.lines,
    url,
    skip: (byMs) => {
      clock.skippedMs += byMs;
    },
    platform,
    listen,
    settled: async () => {
      await painter.idle();
      await quiet(slack);
      await painter.idle();
    },
    text: (channel) => {
      expect(slack.violations).toEqual([]);
      return slack.channel(channel).text();
    },
    [Symbol.asyncDispose]: async () => {
      for (const stop of stops) await stop();
      await slack.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const QUIET_MS = 250;

/** Waits until the product has not called Slack for a moment. */
async function quiet(slack: SlackEmulator): Promise<void> {
  let seen = -1;
  await vi.waitFor(
    async () => {
      const { length } = slack.calls;
      const isRunning = slack.calls.some(({ status, outcome }) => status === 0 && outcome === 'running');
      const isQuiet = length === seen && !isRunning;
      seen = length;
      if (!isQuiet) throw new Error('still busy');
    },
    { timeout: 15_000, interval: QUIET_MS },
  );
}
