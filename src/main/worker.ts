import { listenForHealth } from './health.ts';
import { handleFor, openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { connectServices } from './mode.ts';
import { openMode, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** The half that paints: takes jobs from the queue, listens to nobody. */
await start(async (config, opened) => {
  const queue = openSharedQueue(config, opened);
  if ('cannotStart' in queue) return queue;
  const mode = await openMode(config);
  if ('cannotStart' in mode) return mode;
  const services = await connectServices(config, mode, opened);
  const store = await openStore(config, opened);
  const platforms = platformsFor(store, mode, config, opened);
  opened.defer(await queue.work(handleFor(store, services, platforms, opened)));
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  if (config.healthPort > 0) opened.defer(await listenForHealth(config.healthPort, [store.check, queue.check]));
  opened.log.info('worker-ready', { concurrency: config.concurrency, mode: mode.kind });
  return 'ready';
});
