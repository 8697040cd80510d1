import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscordConfig } from '#adapters/discord/config.ts';
import { createDiscordPlatform } from '#adapters/discord/platform.ts';
import type { DiscordRoom } from '#adapters/discord/room.ts';
import type { Answer, News } from '#src/core/answer.ts';
import type { ClipShelf } from '#src/core/clips.ts';
import type { ModelCard } from '#src/core/model.ts';
import { createDesk } from '#src/core/desk.ts';
import { createIntake, type IntakeOptions } from '#src/core/intake.ts';
import type { Log } from '#src/core/log.ts';
import type { Media } from '#src/core/media.ts';
import type { Desk, Platform, Stop } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { PNG } from '#test/contracts/platform.ts';
import { openDiscordEmulator, type DiscordEmulator, type EmulatorOptions } from '#test/emulators/discord/emulator.ts';
import { made } from '#test/ledger/asked.ts';
import { specs } from '#workers/models/catalogue.ts';

export interface DiscordBench {
  readonly discord: DiscordEmulator;
  readonly ledger: OpenedLedger;
  /** What the operator was told. */
  readonly notices: string[];
  /** Everything that was logged, as text: no secret may be in it. */
  readonly logged: string[];
  /** The desk that the real product has, over a queue that nobody works on. */
  readonly desk: Desk;
  /** A platform as another process would have it. Settings go over those of the bench. */
  create(config?: Partial<DiscordConfig>, room?: Partial<DiscordRoom>): Platform;
  /** Listens until the bench closes, or until it is told to stop. */
  listen(platform?: Platform, desk?: Desk): Promise<Stop>;
  request(id: string): Promise<GenerationRequest>;
  /** What a worker does when a request is answered: shows it and closes the request. */
  deliver(id: string, answer?: Answer, platform?: Platform): Promise<void>;
  /** Rejects when something was sent that a correct program never sends. */
  close(): Promise<void>;
}

/** What an operator has who has set nothing but where Discord is, and the token. */
export const SETTINGS: Omit<DiscordConfig, 'token' | 'apiUrl' | 'cdnUrl'> = {
  publicKey: undefined,
  host: '127.0.0.1',
  port: 0,
  gateway: true,
  shardCount: undefined,
  shardIds: undefined,
  messageContent: false,
  threads: new Set<string>(),
  ageRestricted: false,
  userInstall: true,
  requestsPerSecond: 50,
};

export const newsOf = (answer: Answer, media: Media = { bytes: PNG, type: 'image/png' }, clips?: ClipShelf): News => ({
  kind: 'answer',
  answer,
  open: () => Promise.resolve(media),
  ...(clips === undefined ? {} : { clips }),
});

/** An emulated Discord, a real ledger in a folder of its own, and as many platforms over both as a test wants. */
export async function openDiscordBench(
  options: EmulatorOptions = {},
  more: readonly ModelCard[] = [],
  prices: Pick<IntakeOptions, 'confirmAboveMicros'> = {},
): Promise<DiscordBench> {
  const directory = await mkdtemp(join(tmpdir(), 'hoami-discord-'));
  const discord = await openDiscordEmulator({ warm: true, ...options });
  const now = (): number => discord.clock.now();
  const ledger = await openLedger({
    database: { kind: 'sqlite', file: join(directory, 'ledger.db') },
    maxUnfinished: 100,
    dailyBudgetMicros: undefined,
    parallel: 4,
    now,
  });
  const notices: string[] = [];
  const logged: string[] = [];
  const line =
    (level: string) =>
    (...said: readonly unknown[]): void =>
      void logged.push(`${level} ${said.map((one) => (one instanceof Error ? String(one.stack) : JSON.stringify(one))).join(' ')}`);
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
  const cards = [...more, ...specs.map(({ card }) => card)];
  const intake = createIntake({
    ledger: ledger.ledger,
    queue: { waiting: () => Promise.resolve(0), add: () => Promise.resolve(), work: () => Promise.reject(new Error('nobody works')) },
    cards,
    log,
    now,
    patienceMs: 3_600_000,
    ...prices,
  });
  const desk = createDesk({ ...ledger, intake, blobs: { remove: () => Promise.resolve() }, cards, log, now });
  const stops: Stop[] = [];

  const create: DiscordBench['create'] = (config = {}, room = {}) =>
    createDiscordPlatform({
      config: {
        token: discord.token,
        ...SETTINGS,
        apiUrl: discord.apiUrl,
        cdnUrl: discord.cdnUrl,
        ...config,
      },
      ...ledger,
      clips: { link: () => Promise.resolve(undefined) },
      cards,
      lighten: (media) => Promise.resolve(media),
      notice: (text) => void notices.push(text),
      language: 'en',
      log,
      now,
      ...room,
    });

  return {
    discord,
    ledger,
    notices,
    logged,
    desk,
    create,
    async listen(platform = create(), at = desk) {
      const stop = await platform.listen(at);
      stops.push(stop);
      return stop;
    },
    async request(id) {
      const entry = await ledger.archive.find(id);
      if (entry === undefined) throw new Error(`nobody asked for ${id}`);
      return entry.request;
    },
    async deliver(id, answer = made(), platform = create()) {
      const journal = await ledger.ledger.open(id);
      if (journal === undefined) throw new Error(`nobody asked for ${id}`);
      await platform.deliver(journal.request, newsOf(answer), journal.page('deliver'));
      await journal.close(answer);
    },
    async close() {
      for (const stop of stops) await stop();
      await discord.close();
      await ledger.close();
      await rm(directory, { recursive: true, force: true });
      if (discord.violations.length > 0) throw new Error(`what Discord never wants to see:\n${discord.violations.join('\n')}`);
    },
  };
}
