import type { Platforms } from '#adapters/catalogue.ts';
import type { WebRoom } from '#adapters/web/house.ts';
import type { Config } from '../config.ts';
import { createDesk } from '../core/desk.ts';
import { createIntake } from '../core/intake.ts';
import type { ModelWatch } from '../core/model-watch.ts';
import type { Desk } from '../core/platform.ts';
import type { Queue } from '../core/queue.ts';
import { openLedger, type OpenedLedger } from '../ledger/open.ts';
import type { BullQueue } from '../queue/bullmq.ts';
import { chatsFor } from './chats.ts';
import { checkOf, checksFor } from './checks.ts';
import type { Opened } from './run.ts';
import { makeDataFolder, makeLedgerFile } from './data-folder.ts';
import type { Mode } from './mode.ts';
import { openModels } from './models.ts';
import { openPictures, type Pictures } from './pictures.ts';
import { promptReserveMicros } from './prompt-reserve.ts';
import { opening } from './trouble.ts';

/** What is remembered, whichever half of the product looks at it. */
export interface Store extends Omit<OpenedLedger, 'close'>, Pictures {}

const now = (): number => Date.now();

/** Opens ledger and blobs. Throws when the database cannot be opened: a product that cannot remember must not start. */
export async function openStore(config: Config, opened: Opened): Promise<Store> {
  const { databaseUrl, dataDir, queueLimit, dailyBudgetMicros, concurrency, clipsAtOnce, s3 } = config;
  const { close, ...remembered } = await opening('ledger', dataDir, async () => {
    if (databaseUrl === undefined || s3 === undefined) await makeDataFolder(dataDir);
    return openLedger({
      database:
        databaseUrl === undefined ? { kind: 'sqlite', file: await makeLedgerFile(dataDir) } : { kind: 'postgres', url: databaseUrl },
      maxUnfinished: queueLimit,
      dailyBudgetMicros,
      parallel: concurrency,
      clipsAtOnce,
      now,
    });
  });
  opened.defer(close, 'last');
  return { ...remembered, ...openPictures(config, opened) };
}

/** The way in: what the adapters hand in what people want. */
export function deskFor(store: Store, queue: Queue, config: Config, { log }: Opened, models: ModelWatch = openModels(config, log)): Desk {
  const { ledger, archive, retractions, preferences, cabinet, blobs } = store;
  const { patienceMs, confirmAboveMicros } = config;
  // The list itself, whose cards are kept up to date for as long as it is held.
  const known = models.cards;
  const limits = { patienceMs, confirmAboveMicros, promptReserveMicros: promptReserveMicros(config) };
  const intake = createIntake({ ledger, queue, cards: known, log, now, ...limits });
  return createDesk({ intake, archive, retractions, preferences, cabinet, blobs, cards: known, log, now });
}

/** Opens every platform. */
export async function listen({ all }: Platforms, desk: Desk, { dataDir }: Config, opened: Opened): Promise<void> {
  for (const platform of all) opened.defer(await opening('platform', dataDir, async () => platform.listen(desk)), 'first');
}

/**
 * What is behind the platforms beside the store. The shell and a worker have no queue to be asked about; `sandboxUrl`: see `checksFor`; `models`:
 * those that are watched, where somebody does.
 */
interface Behind {
  readonly models?: ModelWatch;
  readonly queue?: Pick<BullQueue, 'check'>;
  readonly sandboxUrl?: string | undefined;
}

/** The platforms, none of them listening yet. */
export async function platformsFor(
  store: Store,
  mode: Mode,
  config: Config,
  { log }: Opened,
  { queue, sandboxUrl, models = openModels(config, log) }: Behind = {},
): Promise<Platforms> {
  const { host, hostNames: names, port } = config;
  const { blobs, clips, archive, cabinet, thumbnails } = store;
  // The list itself: what is offered below a result follows what the models are by then.
  const { cards } = models;
  const place = { host, names, port, cards, sandbox: mode.kind === 'sandbox' };
  const checks = checksFor(store.check, { mode, config }, queue, sandboxUrl);
  const check = queue === undefined ? store.check : checkFor(store, queue);
  const marking = mode.kind === 'sandbox' ? 'algorithmicMedia' : 'trainedAlgorithmicMedia';
  const thumbnail: WebRoom['thumbnail'] = (key, width) => thumbnails.get(key, width, marking);
  const { createPlatforms } = await import('#adapters/catalogue.ts');
  return createPlatforms(
    { ...place, blobs, clips, archive, cabinet, thumbnail, check, checks, log, now },
    chatsFor(store, cards, config, log, marking),
  );
}

/** Resolves when ledger and queue both answer, so that a balancer can leave this process alone while they do not. */
export function checkFor(store: Pick<Store, 'check'>, queue: Pick<BullQueue, 'check'>): Store['check'] {
  return async () => {
    await store.check();
    await checkOf(queue)();
  };
}
