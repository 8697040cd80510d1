import { listenForHealth } from './health.ts';
import { openModels } from './models.ts';
import { handleFor } from './painting.ts';
import { openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { connectServices, openMode } from './outside.ts';
import { start } from './start.ts';
import { clipNotices } from './screen.ts';
import { startSweeping } from './sweeping.ts';
import { opening } from './trouble.ts';
import { startWatching } from './watching.ts';

/** The half that paints: takes jobs from the queue, listens to nobody. */
await start(async (asked, opened) => {
  const queue = openSharedQueue(asked, opened);
  if ('cannotStart' in queue) return queue;
  const settled = await openMode(asked);
  if ('cannotStart' in settled) return settled;
  const { mode, config } = settled;
  const services = await connectServices(config, mode, opened);
  const store = await openStore(config, opened);
  const models = openModels(config, opened.log);
  opened.defer(startWatching(models, services, store.cabinet, opened.log), 'first');
  const platforms = await platformsFor(store, mode, config, opened, { models });
  opened.defer(await queue.work(handleFor(store, services, platforms, opened)), 'first');
  opened.defer(startSweeping(store.ledger, queue, opened.log), 'first');
  const checks = [store.check, queue.check];
  if (config.healthPort > 0) opened.defer(await opening('health', config.dataDir, async () => listenForHealth(config.healthPort, checks)));
  for (const line of clipNotices(config, services)) opened.log.info('notice', { line });
  opened.log.info('worker-ready', { concurrency: config.concurrency, mode: mode.kind });
  return 'ready';
});
